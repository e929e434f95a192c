import { arnParts } from "../../residency/arn.ts";
import type { Zone } from "../../residency/types.ts";
import { verdict } from "../../residency/verdict.ts";
import { carriesGrants, grantsOf, type Placed } from "../documents.ts";
import { covered, hasWildcard, invokeActions, profileActions } from "../iam-actions.ts";
import { judgeRegion, regionOf, textOf } from "../placement.ts";
import {
  defineRule,
  type Finding,
  fail,
  type Resource,
  type RuleContext,
  undecidable,
} from "../rule.ts";

const PROFILE = "aws:bedrock/inferenceProfile:InferenceProfile";
const GUARDRAIL = "aws:bedrock/guardrail:Guardrail";

/** No document, profile or guardrail lets a prompt be processed outside the zone. */
export const profilesStayInTheZone = defineRule({
  name: "profiles-stay-in-the-zone",
  description:
    "Grants, inference profiles and guardrails use only profiles whose destinations are in the zone.",
  remediation: "Use a profile that `lz verdict` calls inside for this zone and source region.",
  scope: "resource",
  appliesTo: (type) => carriesGrants(type) || type === PROFILE || type === GUARDRAIL,
  judge(resource, context) {
    if (resource.type === PROFILE) return judgeProfile(resource, context);
    if (resource.type === GUARDRAIL) return judgeGuardrail(resource, context.zone);
    // A document that cannot be read is reported by invoke-grants-are-exact.
    return grantsOf(resource).placed.flatMap((placed) => judgeGrant(placed, context));
  },
});

function judgeProfile(resource: Resource, context: RuleContext): readonly Finding[] {
  const source = resource.props.modelSource;
  const copyFrom =
    typeof source === "object" && source !== null && "copyFrom" in source
      ? textOf(source.copyFrom)
      : undefined;
  if (copyFrom === undefined) return [undecidable("`modelSource.copyFrom` is absent")];
  const region = regionOf(resource);
  return region === undefined
    ? [undecidable("the profile's source region is absent")]
    : judgeModel("`modelSource.copyFrom`", copyFrom, region, context);
}

function judgeGuardrail(resource: Resource, zone: Zone): readonly Finding[] {
  const config = resource.props.crossRegionConfig;
  if (config === undefined) return [];
  const id =
    typeof config === "object" && config !== null && "guardrailProfileIdentifier" in config
      ? textOf(config.guardrailProfileIdentifier)
      : undefined;
  if (id === undefined) {
    return [undecidable("`crossRegionConfig.guardrailProfileIdentifier` is absent")];
  }
  const at = "`crossRegionConfig.guardrailProfileIdentifier`";
  const prefix = id.slice(id.lastIndexOf("/") + 1).split(".")[0];
  return prefix === "global"
    ? [fail(`${at} "${id}" may be processed anywhere, outside zone ${zone.id}`)]
    : [undecidable(`${at} "${id}" is a profile whose destinations the catalogue does not list`)];
}

function judgeGrant({ path, statement }: Placed, context: RuleContext): readonly Finding[] {
  if (statement.effect === "Deny") return [];
  const relevant = statement.actions.some(
    (action) => covered(action, [...invokeActions, ...profileActions]).length > 0,
  );
  if (!relevant) return [];
  const at = `\`${path}\` ${statement.label}`;
  return statement.resources.flatMap((resource) => {
    if (/(^|[/:])global\./.test(resource)) {
      return [fail(`${at} names the global profile "${resource}"`)];
    }
    const arn = arnParts(resource);
    if (hasWildcard(resource) || arn === undefined) {
      // Named as a pattern by invoke-grants-are-exact; a profile pattern hides its destinations too.
      return /inference-profile\//.test(resource)
        ? [fail(`${at} names the profile pattern "${resource}", which covers global profiles`)]
        : [];
    }
    if (!/^(application-)?inference-profile\//.test(arn.resource)) {
      return arn.region === "" ? [] : judgeRegion(context.zone, arn.region, `${at}: "${resource}"`);
    }
    return judgeModel(at, resource, arn.region, context);
  });
}

function judgeModel(
  at: string,
  model: string,
  region: string,
  { zone, today, profileSources }: RuleContext,
): readonly Finding[] {
  const { status, reason } = verdict({
    zone,
    provider: "bedrock",
    region,
    model,
    today,
    profileSources,
  });
  if (status === "inside") return [];
  const message = `${at} "${model}": ${reason}`;
  return [status === "outside" ? fail(message) : undecidable(message)];
}
