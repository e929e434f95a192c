import { findVertexModel, gcpCatalogue, type VertexModel } from "../../residency/gcp/vertex.ts";
import { vertexVerdict } from "../../residency/gcp/vertex-verdict.ts";
import {
  type ConstraintRule,
  constraintOf,
  inForce,
  setsConstraint,
} from "../gcp-organization-policy.ts";
import { defineRule, type Finding, fail, type RuleContext, undecidable } from "../rule.ts";

const MODELS = "vertexai.allowedModels";
const FEATURES = "vertexai.allowedPartnerModelFeatures";

/** No organization policy opens a model or a feature that hands content to somebody else. */
export const vertexContentIsNotShared = defineRule({
  name: "vertex-content-is-not-shared",
  description:
    "Organization policies allow no model that shares its content and no feature that sends it on.",
  remediation:
    "List the models of the route as publishers/anthropic/models/MODEL:predict, and keep web_search denied.",
  scope: "resource",
  appliesTo: setsConstraint,
  judge(resource, context) {
    const constraint = constraintOf(resource);
    if (constraint === undefined) return [undecidable("the constraint it sets is absent")];
    if (constraint !== MODELS && constraint !== FEATURES) return [];
    const policy = inForce(resource);
    if (policy === undefined) return [];
    if (constraint === MODELS && policy.reset) {
      return [fail(`${MODELS} is set back to the default, which allows every model`)];
    }
    return policy.rules.flatMap((rule) =>
      constraint === MODELS ? judgeModels(rule, context) : judgeFeatures(rule, policy.inherits),
    );
  },
});

function judgeModels(rule: ConstraintRule, context: RuleContext): readonly Finding[] {
  const { path, allowAll, allowed } = rule;
  if (allowAll) return [fail(`\`${path}\` allows every model, those that share content too`)];
  return allowed.flatMap((value) => {
    const at = `\`${path}\` allows "${value}"`;
    const read = readValue(value);
    if (read === undefined) return [undecidable(`${at}, which this rule cannot read`)];
    if (!read.anthropic) return [];
    if (read.model === undefined) return [fail(`${at}: every model of Anthropic`)];
    return read.model === "count-tokens" ? [] : judgeModel(at, read.model, context);
  });
}

function judgeModel(at: string, id: string, { zone, today }: RuleContext): readonly Finding[] {
  // The policy's own page names models without their date.
  const model =
    findVertexModel(id) ?? gcpCatalogue.models.find(({ modelId }) => modelId.startsWith(`${id}@`));
  if (model === undefined) {
    return [undecidable(`${at}, and what is kept of its content is not known`)];
  }
  return model.retention === "ordinary" || isInsideSomewhere(model, { zone, today })
    ? []
    : [fail(`${at}, whose content is kept or shared, and zone ${zone.id} does not accept it`)];
}

function isInsideSomewhere(
  { modelId, locations }: VertexModel,
  { zone, today }: Pick<RuleContext, "zone" | "today">,
): boolean {
  return Object.keys(locations).some(
    (region) =>
      vertexVerdict({ zone, provider: "vertex", region, model: modelId, today }).status ===
      "inside",
  );
}

function judgeFeatures(rule: ConstraintRule, inherits: boolean): readonly Finding[] {
  const { path, allowAll, denyAll, allowed, denied } = rule;
  if (allowAll) return [fail(`\`${path}\` allows every feature, web_search too`)];
  if (!denyAll && allowed.length === 0 && denied.length > 0 && !inherits) {
    return [fail(`\`${path}\` lists denied features only: every other one is allowed`)];
  }
  return allowed.flatMap((value) => {
    const at = `\`${path}\` allows "${value}"`;
    const read = readValue(value);
    if (read === undefined) return [undecidable(`${at}, which this rule cannot read`)];
    if (!read.anthropic) return [];
    switch (read.feature) {
      case undefined:
        return [fail(`${at}: every feature, web_search too`)];
      case "web_search":
        return [fail(`${at}: queries leave for a third party`)];
      case "structured_outputs":
        return [];
      default:
        return [undecidable(`${at}, a feature this rule does not know`)];
    }
  });
}

/**
 * `publishers/P`, `publishers/P/models/M` or `publishers/P/models/M:SUFFIX`; a pattern stands for all.
 * https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/control-model-access (2026-08)
 */
function readValue(
  value: string,
): { readonly anthropic: boolean; readonly model?: string; readonly feature?: string } | undefined {
  const parts = /^(?:is:)?publishers\/([^/:]+)(?:\/models\/([^/:]+)(?::([^/:]+))?)?$/.exec(value);
  if (parts === null) return undefined;
  const [, publisher = "", model, feature] = parts;
  const named = (part: string | undefined) => (part?.includes("*") ? undefined : part);
  const [namedModel, namedFeature] = [named(model), named(feature)];
  return {
    anthropic: publisher === "anthropic" || publisher.includes("*"),
    ...(namedModel === undefined ? {} : { model: namedModel }),
    ...(namedFeature === undefined ? {} : { feature: namedFeature }),
  };
}
