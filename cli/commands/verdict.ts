import { didYouMean, nearestName } from "../../residency/nearest.ts";
import { countryOf, regionsOf } from "../../residency/regions.ts";
import type { Verdict, Zone } from "../../residency/types.ts";
import { judgedProviders, verdict } from "../../residency/verdict.ts";
import { readCompliance } from "../compliance-file.ts";
import { type ExitCode, type Io, Refusal } from "../io.ts";

export interface VerdictOptions {
  readonly zone: string;
  readonly provider: string;
  /** With every provider but `anthropic`. */
  readonly region?: string;
  readonly model?: string;
  /** Foundry only; what is left out is undecidable. */
  readonly modelVersion?: string;
  readonly sku?: string;
  readonly json?: boolean;
}

/** `lz verdict`: one verdict with places, reason and source. Exit code 0 only for `inside`. */
export function verdictCommand(options: VerdictOptions, io: Io): ExitCode {
  const provider = judgedProviders.find((known) => known === options.provider);
  const { zones, profileSources } = readCompliance(io);
  const zone = Object.hasOwn(zones, options.zone) ? zones[options.zone] : undefined;
  if (provider === undefined || zone === undefined) {
    const wrong = [
      ...(provider === undefined ? [unknownProvider(options.provider)] : []),
      ...(zone === undefined ? [unknownZone(options.zone, Object.keys(zones))] : []),
    ];
    throw new Refusal(wrong.join("\n"), 2);
  }
  const { region = "", model = "", modelVersion: version, sku } = options;
  const asked = { zone, region, model, today: io.today };
  const result = verdict(
    provider === "bedrock"
      ? { ...asked, provider, profileSources }
      : provider === "foundry"
        ? { ...asked, provider, version, sku }
        : { ...asked, provider },
  );
  if (options.json) {
    const given = provider === "foundry" ? { region, model, version, sku } : { region, model };
    const question = provider === "anthropic" ? {} : given;
    io.out(JSON.stringify({ zone: zone.id, provider, ...question, ...result }));
  } else {
    for (const line of describe(result)) io.out(line);
    const meant = provider === "bedrock" ? meantRegion(zone, region) : undefined;
    if (meant !== undefined) io.out(`  did you mean     ${meant}`);
  }
  return result.status === "inside" ? 0 : 1;
}

function unknownProvider(given: string): string {
  const meant = didYouMean(given, judgedProviders);
  if (given === "gateway") {
    return "--provider: a gateway is as good as its upstreams; ask for each of them, or preview a stack that declares them";
  }
  return `--provider: "${given}" has no verdicts; use ${judgedProviders.join(", ")}${meant}`;
}

function unknownZone(given: string, known: readonly string[]): string {
  return `--zone: "${given}" is no zone: use one of ${known.join(", ")}${didYouMean(given, known)}`;
}

/** The region of the zone that a name no source knows was probably meant to be. */
function meantRegion(zone: Zone, region: string): string | undefined {
  return countryOf(region) === undefined ? nearestName(region, regionsOf(zone)) : undefined;
}

function describe(result: Verdict): string[] {
  const places = result.places.map(({ region, country }) => `${region} (${country ?? "unknown"})`);
  return [
    result.status,
    `  reason           ${result.reason}`,
    `  processed in     ${places.join(", ") || "not known"}`,
    `  Anthropic sees   ${result.anthropicSees}`,
    `  source           ${result.source.url} (${result.source.date})`,
    ...(result.caveats ?? []).map((caveat) => `  not promised     ${caveat}`),
    ...(result.alternative ? [`  would be inside  ${result.alternative}`] : []),
  ];
}
