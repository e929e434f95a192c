import { googleKind } from "../google-places.ts";
import { type Leaf, leavesOf } from "../leaves.ts";
import { textOf } from "../placement.ts";
import {
  defineRule,
  type Finding,
  fail,
  type Resource,
  type RuleContext,
  undecidable,
} from "../rule.ts";
import { orNotProven } from "../unknown.ts";
import {
  hidesOthers,
  judgeEnabledModel,
  judgeName,
  judgeTarget,
  judgeText,
  judgeVariable,
  namesServices,
} from "../vertex-calls.ts";

type Judge = (at: string, text: string, context: RuleContext) => readonly Finding[];

/** Types with one input that decides which host is reached or which model may be called. */
const DECIDING: Readonly<Record<string, { readonly property: string; readonly judge: Judge }>> = {
  "networkconnectivity/RegionalEndpoint": { property: "targetGoogleApi", judge: judgeTarget },
  "vertex/AiModelGardenEnableModel": { property: "publisherModelName", judge: judgeEnabledModel },
  "dns/ManagedZone": { property: "dnsName", judge: judgeZone },
  "dns/RecordSet": { property: "name", judge: judgeName },
  "dns/ResponsePolicyRule": { property: "dnsName", judge: judgeName },
};
/** Inputs of DNS types that lead a name to another one. */
const ANSWERS: ReadonlySet<string> = new Set(["rrdatas", "routingPolicy", "localData"]);
/** Records that answer nobody who looks for an address. */
const NO_ADDRESS: ReadonlySet<string> = new Set(["TXT", "NS", "SOA", "CAA", "MX", "DS", "DNSKEY"]);

/** Inputs that programs are configured by. */
const PROGRAM_INPUT =
  /(?:^|\.)(?:env|envs|environmentVariables|metadata|metadataStartupScript|sourceContents|args|commands)(?:\.|$)/;
/** Words about a resource, which nothing acts on. */
const PROSE =
  /(?:^|\.)(?:description|displayName|labels|effectiveLabels|pulumiLabels|annotations)(?:\.|$)/;

/** Claude is called on Google only through hosts and models that stay in the zone. */
export const vertexIsCalledInsideTheZone = defineRule({
  name: "vertex-is-called-inside-the-zone",
  description:
    "Google hosts, names, paths and models through which Claude is called stay in the zone.",
  remediation:
    "Use a host that `lz verdict` calls inside, for example aiplatform.eu.rep.googleapis.com, a DNS zone named exactly for it with a record at the apex, and a model the zone accepts.",
  scope: "resource",
  appliesTo: (type) => {
    const kind = googleKind(type);
    return type.startsWith("gcp:") && (Object.hasOwn(DECIDING, kind) || !namesServices(kind));
  },
  judge(resource, context) {
    const kind = googleKind(resource.type);
    const deciding = Object.hasOwn(DECIDING, kind) ? DECIDING[kind] : undefined;
    if (deciding === undefined) return judgeConfiguration(resource, context);
    if (kind.startsWith("dns/") && answersNobody(resource)) return [];
    const { property, judge } = deciding;
    return [
      ...orNotProven(() => {
        const text = textOf(resource.props[property]);
        const at = `\`${property}\``;
        return text === undefined ? [undecidable(`${at} is absent`)] : judge(at, text, context);
      }),
      ...leavesOf(resource.props)
        .filter(({ path }) => ANSWERS.has(path.split(".")[0] ?? ""))
        .flatMap((leaf) => judgeAnswer(resource, leaf, context)),
    ];
  },
});

/** An address that is not known yet leads to no other name; an alias may. */
function judgeAnswer(
  { props }: Resource,
  { path, text }: Leaf,
  context: RuleContext,
): readonly Finding[] {
  if (text !== undefined) return judgeText(`\`${path}\``, text, context);
  return props.type === "A" || props.type === "AAAA" ? [] : [notKnownYet(path)];
}

function judgeZone(at: string, name: string, context: RuleContext): readonly Finding[] {
  if (!hidesOthers(name)) return judgeName(at, name, context);
  return [
    fail(
      `${at} ${name} hides every other host under it: name the zone exactly for the host, with a record at its apex`,
    ),
  ];
}

/** Text records and rules that step aside lead no call anywhere. */
function answersNobody({ props }: Resource): boolean {
  const type = textOf(props.type);
  if (type !== undefined && NO_ADDRESS.has(type.toUpperCase())) return true;
  return props.behavior === "bypassResponsePolicy";
}

function judgeConfiguration(resource: Resource, context: RuleContext): readonly Finding[] {
  const leaves = leavesOf(resource.props).filter(({ path }) => !PROSE.test(path));
  const names = new Map(leaves.map(({ path, text }) => [path, text]));
  return leaves.flatMap((leaf) => {
    const { path, text } = leaf;
    if (text === undefined) {
      // Elsewhere a text that is not known yet is searched at `up`, when it is.
      return PROGRAM_INPUT.test(path) ? [notKnownYet(path)] : [];
    }
    const at = `\`${path}\``;
    const variable = variableOf(leaf, names);
    return [
      ...judgeText(at, text, context),
      ...(variable === undefined ? [] : judgeVariable(at, variable, text, context)),
    ];
  });
}

function notKnownYet(path: string): Finding {
  return { status: "not-proven", message: `\`${path}\` is not known yet` };
}

/** `{ name: NAME, value }` in lists, `{ NAME: value }` in maps. */
function variableOf(
  { path }: Leaf,
  names: ReadonlyMap<string, string | undefined>,
): string | undefined {
  const last = path.slice(path.lastIndexOf(".") + 1);
  return last === "value" ? names.get(`${path.slice(0, -"value".length)}name`) : last;
}
