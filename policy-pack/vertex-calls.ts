import { vertexHost, vertexHostVerdict } from "../residency/gcp/hosts.ts";
import { googlePlaceVerdict } from "../residency/gcp/resting-places.ts";
import { findVertexModel, gcpCatalogue } from "../residency/gcp/vertex.ts";
import { verdict } from "../residency/verdict.ts";
import { findingsOf } from "./google-placement.ts";
import { isPlaceless } from "./google-places.ts";
import { type Finding, fail, type RuleContext, undecidable } from "./rule.ts";

type Context = Pick<RuleContext, "zone" | "today">;

const GOOGLE = /googleapis\.com(?![\w-])/gi;
/** Longest name DNS knows. */
const LONGEST_NAME = 253;
const PUBLISHER_PATH = /locations\/([^/\s"]+)\/publishers\/anthropic(?:\/models\/([\w@.-]+))?/g;
/** Variables by which Claude Code chooses its location (https://code.claude.com/docs/en/google-vertex-ai, 2026). */
const REGION_VARIABLE = /^(?:CLOUD_ML_REGION|VERTEX_REGION_\w+)$/;
/**
 * The same variables where a script, JSON or YAML sets them: `NAME=x`, `"NAME": "x"`, `NAME:-x`, `name: NAME, value: x`.
 * Repeats are bounded, as the text is foreign.
 */
const SET_IN_TEXT =
  /(?<!\w)(CLOUD_ML_REGION|VERTEX_REGION_\w+)[\\"']{0,9}\s{0,99}(?:=|:-?|,?\s{0,99}[\\"']{0,9}value[\\"']{0,9}\s{0,99}:)\s{0,99}[\\"']{0,9}([\w$%<{(][^\s"'\\,;]*)/g;

/** Types whose texts name services (filters, permissions, constraints), not hosts that are called. */
export function namesServices(kind: string): boolean {
  return isPlaceless(kind) || kind.startsWith("logging/") || kind === "bigquery/Table";
}

/** Whether a Google host serves Agent Platform, under any of its spellings. */
function servesModels(host: string): boolean {
  return /(?:^|[.-])aiplatform[.-]/.test(host);
}

/** Findings for calls of Claude that a text asks for: hosts, paths of publisher models, and where a script calls. */
export function judgeText(at: string, text: string, context: Context): readonly Finding[] {
  const hosts = googleHostsIn(text).filter(servesModels);
  return [
    ...hosts.flatMap((host) => findingsOf(at, vertexHostVerdict(context.zone, host))),
    ...[...text.matchAll(PUBLISHER_PATH)].flatMap(([, region = "", model]) =>
      model === undefined
        ? judgeLocation(at, region, context)
        : findingsOf(at, verdict({ ...context, provider: "vertex", region, model })),
    ),
    ...[...text.matchAll(SET_IN_TEXT)].flatMap(([, name = "", value = ""]) =>
      // The default in `${NAME:-x}` ends with its brace.
      judgeVariable(at, name, /^[\w-]+(?=\}$)/.exec(value)?.[0] ?? value, context),
    ),
  ];
}

/** Walks back from each end of a host: a pattern that looks for starts could take very long on foreign text. */
function googleHostsIn(text: string): readonly string[] {
  return [...text.matchAll(GOOGLE)].map(({ 0: end, index }) => {
    const before = text.slice(Math.max(0, index - LONGEST_NAME), index);
    return `${/[\w.*-]*$/.exec(before)?.[0] ?? ""}${end}`.toLowerCase();
  });
}

/** Findings for an environment variable that chooses where Claude is called. */
export function judgeVariable(
  at: string,
  name: string,
  value: string,
  context: Context,
): readonly Finding[] {
  return REGION_VARIABLE.test(name) ? judgeLocation(`${at} (${name})`, value, context) : [];
}

/** Findings for the target of a private endpoint; only regional hosts of Google's services are known. */
export function judgeTarget(at: string, target: string, { zone }: Context): readonly Finding[] {
  const host = plain(target);
  if (servesModels(host)) return findingsOf(at, vertexHostVerdict(zone, host));
  const location = regionalLocation(host);
  return location === undefined
    ? [undecidable(`${at} "${target}" is not a regional host of a Google service`)]
    : findingsOf(`${at} is ${host}`, googlePlaceVerdict(zone, location));
}

/** Findings for a name that a record or a policy answers for. */
export function judgeName(at: string, name: string, { zone }: Context): readonly Finding[] {
  const host = plain(name);
  if (host.startsWith("*.")) {
    const outside = Object.values(gcpCatalogue.locations)
      .map((location) => location.host)
      .filter((one) => one.endsWith(host.slice(1)))
      .filter((one) => vertexHostVerdict(zone, one).status !== "inside");
    return outside.length === 0
      ? []
      : [
          fail(
            `${at} ${name} also answers for ${outside.join(", ")}, outside zone ${zone.id}: name each host`,
          ),
        ];
  }
  if (servesModels(host)) return findingsOf(at, vertexHostVerdict(zone, host));
  const location = regionalLocation(host);
  return location === undefined
    ? []
    : findingsOf(`${at} is ${host}`, googlePlaceVerdict(zone, location));
}

/** A zone above a host hides every other name under it. */
export function hidesOthers(zoneName: string): boolean {
  return /^(?:[a-z0-9-]+\.)?rep\.googleapis\.com$/.test(plain(zoneName));
}

/** Findings for a publisher model somebody enables; it has no location, so every one inside the zone is tried. */
export function judgeEnabledModel(at: string, name: string, context: Context): readonly Finding[] {
  const [, publisher, model] = /^publishers\/([^/]+)\/models\/([^/]+)$/.exec(name) ?? [];
  if (model === undefined) return [undecidable(`${at} "${name}" is not publishers/P/models/M`)];
  if (publisher !== "anthropic") {
    return [undecidable(`${at}: no rule knows what becomes of prompts to models of ${publisher}`)];
  }
  const regions = Object.entries(gcpCatalogue.locations)
    .filter(([, { host }]) => vertexHostVerdict(context.zone, host).status === "inside")
    .map(([region]) => region);
  const ask = (region: string) => verdict({ ...context, provider: "vertex", region, model });
  if (regions.some((region) => ask(region).status === "inside")) return [];
  const served = Object.keys(findVertexModel(model)?.locations ?? {});
  // Where it is served, the reason is about the model; elsewhere only that it is not served.
  const region = regions.find((one) => served.includes(one)) ?? regions[0];
  return region === undefined
    ? [fail(`${at}: Google calls Claude nowhere inside zone ${context.zone.id}`)]
    : findingsOf(at, ask(region));
}

function judgeLocation(at: string, location: string, { zone }: Context): readonly Finding[] {
  const host = vertexHost(location);
  return host === undefined
    ? [undecidable(`${at}: Google lists no Claude endpoint at "${location}"`)]
    : findingsOf(at, vertexHostVerdict(zone, host));
}

/** `eu` of `kms.eu.rep.googleapis.com`. */
function regionalLocation(host: string): string | undefined {
  return /^[a-z0-9-]+\.([a-z0-9-]+)\.rep\.googleapis\.com$/.exec(host)?.[1];
}

/** A host as it is compared: lower case, without the dot that ends a full DNS name. */
function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
