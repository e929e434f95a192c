import { arnParts } from "../../residency/arn.ts";
import { guardrailVerdict } from "../../residency/guardrail-profiles.ts";
import type { Status } from "../../residency/types.ts";
import { verdict } from "../../residency/verdict.ts";
import { carriesGrants, grantsOf, type Placed } from "../documents.ts";
import { covered, hasWildcard, invokeActions, profileActions } from "../iam-actions.ts";
import { leavesOf } from "../leaves.ts";
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

/** Agents, prompts, flows, jobs and whatever else may come: all of them can name a model or a profile. */
const CALLERS = /^aws:bedrock(model)?\//;
/** `foundationModel`, `variants.0.modelId`, `inferenceConfig.models.0.bedrockModel.modelIdentifier`, ... */
const MODEL_NAME = /(^|\.)\w*[mM]odel(Id|Arn|Identifier)?$/;

/** No document, profile, guardrail or agent lets a prompt be processed outside the zone. */
export const profilesStayInTheZone = defineRule({
  name: "profiles-stay-in-the-zone",
  description:
    "Grants, inference profiles, guardrails and whatever calls a model use only profiles whose destinations are in the zone.",
  remediation: "Use a profile that `lz verdict` calls inside for this zone and source region.",
  scope: "resource",
  appliesTo: (type) => carriesGrants(type) || CALLERS.test(type),
  judge(resource, context) {
    if (resource.type === PROFILE) return judgeProfile(resource, context);
    if (resource.type === GUARDRAIL) return judgeGuardrail(resource, context);
    if (CALLERS.test(resource.type)) return judgeNamedModels(resource, context);
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

function judgeNamedModels(resource: Resource, context: RuleContext): readonly Finding[] {
  return leavesOf(resource.props)
    .filter(({ path }) => MODEL_NAME.test(path))
    .flatMap(({ path, text }) => {
      if (text === undefined) return [notKnown(path)];
      const region = regionOf(resource);
      return region === undefined
        ? [undecidable(`the region \`${path}\` is called from is absent`)]
        : judgeModel(`\`${path}\``, text, region, context);
    });
}

function notKnown(path: string): Finding {
  return { status: "not-proven", message: `\`${path}\` is not known yet` };
}

function judgeGuardrail(resource: Resource, { zone, today }: RuleContext): readonly Finding[] {
  const config = resource.props.crossRegionConfig;
  if (config === undefined) return [];
  const profile =
    typeof config === "object" && config !== null && "guardrailProfileIdentifier" in config
      ? textOf(config.guardrailProfileIdentifier)
      : undefined;
  const at = "`crossRegionConfig.guardrailProfileIdentifier`";
  if (profile === undefined) return [undecidable(`${at} is absent`)];
  const region = regionOf(resource);
  if (region === undefined) return [undecidable("the guardrail's region is absent")];
  const { status, reason } = guardrailVerdict({ zone, region, profile, today });
  return findingsOf(status, `${at} "${profile}": ${reason}`);
}

function judgeGrant({ path, statement }: Placed, context: RuleContext): readonly Finding[] {
  if (statement.effect === "Deny") return [];
  const relevant = statement.actions.some(
    (action) => covered(action, [...invokeActions, ...profileActions]).length > 0,
  );
  if (!relevant) return [];
  const at = `\`${path}\` ${statement.label}`;
  const [copied] = statement.actions.flatMap((action) => covered(action, profileActions));
  return statement.resources.flatMap((resource) => {
    if (/(^|[/:])global\./.test(resource)) {
      return [fail(`${at} names the global profile "${resource}"`)];
    }
    const arn = arnParts(resource);
    if (hasWildcard(resource) || arn === undefined) {
      // Named as a pattern by invoke-grants-are-exact; a profile pattern hides its destinations too.
      if (/inference-profile\//.test(resource)) {
        return [
          fail(`${at} names the profile pattern "${resource}", which covers global profiles`),
        ];
      }
      return copied === undefined
        ? []
        : [fail(`${at} grants ${copied} on "${resource}": any profile`)];
    }
    if (/^(application-)?inference-profile\//.test(arn.resource)) {
      return judgeModel(at, resource, arn.region, context);
    }
    // A router, a deployment or an endpoint passes the prompt on to models that its ARN does not name.
    if (arn.service === "bedrock" && !/^(foundation-model|guardrail)\//.test(arn.resource)) {
      return [undecidable(`${at}: "${resource}" does not say which models it hands the prompt to`)];
    }
    return arn.region === "" ? [] : judgeRegion(context.zone, arn.region, `${at}: "${resource}"`);
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
  return findingsOf(status, `${at} "${model}": ${reason}`);
}

function findingsOf(status: Status, message: string): readonly Finding[] {
  if (status === "inside") return [];
  return [status === "outside" ? fail(message) : undecidable(message)];
}
