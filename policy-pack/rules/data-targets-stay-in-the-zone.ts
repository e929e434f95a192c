import { arnParts } from "../../residency/arn.ts";
import {
  bucketTypes,
  type DataTarget,
  dataTargets,
  requiredTargets,
  spreadSwitches,
  targetTypes,
} from "../data-targets.ts";
import { sentBy } from "../log-policy.ts";
import { judgeRegion, regionOf } from "../placement.ts";
import { type Found, findByName, judgeEach } from "../references.ts";
import {
  defineRule,
  type Finding,
  fail,
  type Resource,
  type RuleContext,
  undecidable,
} from "../rule.ts";
import { orNotProven } from "../unknown.ts";

/** Logs, keys, copies and replicas go to places inside the zone only. */
export const dataTargetsStayInTheZone = defineRule({
  name: "data-targets-stay-in-the-zone",
  description: "Log targets, keys, buckets, replicas and trails send nothing out of the zone.",
  remediation:
    "Point the property at a bucket, key or log group inside the zone. A bucket must belong to the stack and be created first.",
  scope: "stack",
  appliesTo: (type) => Object.hasOwn(dataTargets, type) || Object.hasOwn(spreadSwitches, type),
  judge(resource, context) {
    const targets = dataTargets[resource.type] ?? [];
    const missing = (requiredTargets[resource.type] ?? []).filter(
      (property) => !Object.hasOwn(resource.props, property),
    );
    return [
      ...missing.map((property) => undecidable(`\`${property}\` is absent`)),
      ...orNotProven(() => judgeSwitch(resource)),
      ...targets.flatMap((target) =>
        judgeEach(
          resource,
          target.path,
          target.kind === "bucket" ? bucketTypes : targetTypes,
          (found) => judgeFound(target, found, context),
        ),
      ),
    ];
  },
});

function judgeSwitch({ type, props }: Resource): readonly Finding[] {
  const spread = spreadSwitches[type];
  if (spread === undefined) return [];
  const value = props[spread.property] ?? spread.absentMeansOn;
  return value === false || value === "false"
    ? []
    : [fail(`\`${spread.property}\` is ${value}: copies may be kept in any region`)];
}

function judgeFound(
  { kind }: DataTarget,
  { path, value, sources }: Found,
  context: RuleContext,
): readonly Finding[] {
  return judgePlace(kind, `\`${path}\``, value, sources, context);
}

function judgePlace(
  kind: DataTarget["kind"],
  at: string,
  value: unknown,
  sources: readonly Resource[],
  context: RuleContext,
): readonly Finding[] {
  if (sources.length > 0) return sources.flatMap((source) => judgeHolder(at, source, context));
  if (typeof value !== "string") return [undecidable(`${at} is not text`)];
  if (kind === "region") return judgeRegion(context.zone, value, at);
  if (kind === "address") return judgeAddress(at, value, context);
  if (kind === "log policy") {
    return (
      sentBy(value)?.flatMap((sent) =>
        judgePlace(sent.kind, `${at} ${sent.path}`, sent.value, [], context),
      ) ?? [undecidable(`${at} is not JSON`)]
    );
  }

  const arn = arnParts(value);
  if (arn === undefined) {
    if (kind === "bucket") return judgeBucket(at, value, context);
    if (kind === "key" && !value.startsWith("arn")) return [];
    return [undecidable(`${at} "${value}" is not an ARN`)];
  }
  if (arn.region !== "") return judgeRegion(context.zone, arn.region, `${at}: the target's region`);
  return arn.service === "s3"
    ? judgeBucket(at, arn.resource.split("/")[0] ?? "", context)
    : [undecidable(`${at} "${value}" names no region`)];
}

/** The host must stand at the front: text after it, or before an `@`, is anybody's choice. */
const AWS_HOST =
  /^(?:https:\/\/|jdbc:redshift:\/\/)?(?:[a-z0-9-]+\.)+([a-z]{2,}(?:-[a-z]+)+-\d)\.(?:es|aoss|redshift|redshift-serverless)\.amazonaws\.com(?::\d+)?(?:\/[^@]*)?$/;

function judgeAddress(at: string, address: string, { zone }: RuleContext): readonly Finding[] {
  const region = AWS_HOST.exec(address)?.[1];
  return region === undefined
    ? [undecidable(`${at} is "${address}": where that address is cannot be seen`)]
    : judgeRegion(zone, region, `${at}: the address's region`);
}

/** A bucket's name says nothing about its region: only the bucket itself does. */
function judgeBucket(at: string, name: string, context: RuleContext): readonly Finding[] {
  const bucket = findByName(context, bucketTypes, "bucket", name);
  return bucket === undefined
    ? [
        undecidable(
          `${at} "${name}" is a bucket this stack has not created, so its region is not seen`,
        ),
      ]
    : judgeHolder(at, bucket, context);
}

function judgeHolder(at: string, holder: Resource, { zone }: RuleContext): readonly Finding[] {
  const region = regionOf(holder);
  return region === undefined
    ? [undecidable(`${at} is ${holder.name}, whose region is absent`)]
    : judgeRegion(zone, region, `${at} is ${holder.name}, whose region`);
}
