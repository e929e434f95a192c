import { describe, expect, it } from "vitest";
import { vertexContentIsNotShared as rule } from "../../../policy-pack/rules/vertex-content-is-not-shared.ts";
import { euZone, reportsOf, unknownText } from "../../support/run-rule.ts";

const allow = (...allowedValues: string[]) => ({ rules: [{ values: { allowedValues } }] });
const policy = (constraint: string, spec: unknown) => ({
  type: "gcp:orgpolicy/policy:Policy",
  props: { name: `folders/1/policies/${constraint}`, parent: "folders/1", spec },
  provider: { project: "cowork-eu" },
});
const models = (spec: unknown, run = {}) =>
  reportsOf(rule, policy("vertexai.allowedModels", spec), run);
const features = (spec: unknown) =>
  reportsOf(rule, policy("vertexai.allowedPartnerModelFeatures", spec));
const claude = "publishers/anthropic/models";

describe("vertex-content-is-not-shared", () => {
  it.each([
    ["models that share nothing", allow(`${claude}/claude-opus-5-5:predict`)],
    ["a model with its date", allow(`${claude}/claude-haiku-4-5@20251001:predict`)],
    ["a model without its date", allow(`${claude}/claude-haiku-4-5:predict`)],
    ["token counting", allow(`${claude}/count-tokens:predict`)],
    ["models of somebody else", allow("publishers/google/models/gemini-3-pro:predict")],
    ["nothing", { rules: [{ denyAll: "TRUE" }] }],
    ["all but some", { rules: [{ values: { deniedValues: ["publishers/meta"] } }] }],
    ["nothing in force", undefined],
  ])("passes a policy that allows %s", async (_, spec) => {
    expect(await models(spec)).toEqual([]);
  });

  it.each([
    [
      "every model",
      { rules: [{ allowAll: "TRUE" }] },
      "blocks: `spec.rules.0` allows every model, those that share content too",
    ],
    [
      "Google's default",
      { reset: true },
      "blocks: vertexai.allowedModels is set back to the default, which allows every model",
    ],
    [
      "every model of Anthropic",
      allow("publishers/anthropic"),
      'blocks: `spec.rules.0` allows "publishers/anthropic": every model of Anthropic',
    ],
    [
      "every publisher",
      allow("publishers/*"),
      'blocks: `spec.rules.0` allows "publishers/*": every model of Anthropic',
    ],
    [
      "a pattern",
      allow(`is:${claude}/*`),
      'blocks: `spec.rules.0` allows "is:publishers/anthropic/models/*": every model of Anthropic',
    ],
    [
      "a model that shares its content, behind one that does not",
      allow(`${claude}/claude-opus-5-5:predict`, `${claude}/claude-fable-5-1:predict`),
      'blocks: `spec.rules.0` allows "publishers/anthropic/models/claude-fable-5-1:predict", whose content is kept or shared, and zone eu does not accept it',
    ],
    [
      "a model nobody knows",
      allow(`${claude}/claude-next-9:predict`),
      'blocks: undecidable: `spec.rules.0` allows "publishers/anthropic/models/claude-next-9:predict", and what is kept of its content is not known',
    ],
    [
      "a value in another form",
      allow("in:partner-models"),
      'blocks: undecidable: `spec.rules.0` allows "in:partner-models", which this rule cannot read',
    ],
    [
      "a value that is not known yet",
      allow(unknownText),
      "advises: not proven, decided at up: `spec.rules.0.values.allowedValues.0` is not known yet",
    ],
  ])("refuses a policy that allows %s", async (_, spec, report) => {
    expect(await models(spec)).toEqual([report]);
  });

  it("passes a model that shares its content where compliance accepted it by name", async () => {
    const spec = allow(`${claude}/claude-fable-5-1:predict`);
    const zone = { ...euZone, id: "us", countries: ["US"] };
    const accepted = (date: string) => ({
      zone: { ...zone, acceptances: [{ id: "claude-fable-5-1", date, reason: "test" }] },
    });
    const refused =
      'blocks: `spec.rules.0` allows "publishers/anthropic/models/claude-fable-5-1:predict", whose content is kept or shared, and zone us does not accept it';
    expect(await models(spec, accepted("2026-11-20"))).toEqual([]);
    expect(await models(spec, accepted("2026-11-21"))).toEqual([refused]);
    expect(await models(spec, { zone })).toEqual([refused]);
  });

  it.each([
    ["no feature", { rules: [{ denyAll: "TRUE" }] }],
    ["Google's default, which denies", { reset: true }],
    ["structured outputs", allow(`${claude}/claude-opus-5-5:structured_outputs`)],
    ["features of somebody else", allow("publishers/mistral/models/large:web_search")],
    [
      "what the level above allows, less something",
      { inheritFromParent: true, rules: [{ values: { deniedValues: ["publishers/anthropic"] } }] },
    ],
  ])("passes a policy that allows %s", async (_, spec) => {
    expect(await features(spec)).toEqual([]);
  });

  it.each([
    [
      "web search",
      allow(`${claude}/claude-opus-5-5:web_search`),
      'blocks: `spec.rules.0` allows "publishers/anthropic/models/claude-opus-5-5:web_search": queries leave for a third party',
    ],
    [
      "every feature",
      { rules: [{ allowAll: "TRUE" }] },
      "blocks: `spec.rules.0` allows every feature, web_search too",
    ],
    [
      "every feature of Anthropic",
      allow("publishers/anthropic"),
      'blocks: `spec.rules.0` allows "publishers/anthropic": every feature, web_search too',
    ],
    [
      "every feature but one",
      { rules: [{ values: { deniedValues: [`${claude}/claude-opus-5-5:web_search`] } }] },
      "blocks: `spec.rules.0` lists denied features only: every other one is allowed",
    ],
    [
      "a feature nobody knows",
      allow(`${claude}/claude-opus-5-5:telepathy`),
      'blocks: undecidable: `spec.rules.0` allows "publishers/anthropic/models/claude-opus-5-5:telepathy", a feature this rule does not know',
    ],
  ])("refuses a policy that allows %s", async (_, spec, report) => {
    expect(await features(spec)).toEqual([report]);
  });

  it("judges the older form of a policy too", async () => {
    const type = "gcp:projects/organizationPolicy:OrganizationPolicy";
    const listPolicy = { allow: { all: true } };
    const props = { constraint: "constraints/vertexai.allowedModels", listPolicy };
    expect(await reportsOf(rule, { type, props })).toEqual([
      "blocks: `listPolicy` allows every model, those that share content too",
    ]);
  });

  it("leaves other constraints alone, and cannot judge one without a name", async () => {
    expect(await reportsOf(rule, policy("gcp.resourceLocations", { reset: true }))).toEqual([]);
    expect(await reportsOf(rule, { ...policy("", {}), props: {} })).toEqual([
      "blocks: undecidable: the constraint it sets is absent",
    ]);
  });
});
