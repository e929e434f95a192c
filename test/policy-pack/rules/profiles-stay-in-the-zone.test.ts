import { describe, expect, it } from "vitest";
import { profilesStayInTheZone as rule } from "../../../policy-pack/rules/profiles-stay-in-the-zone.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const opus = (region: string, prefix: string) =>
  `arn:aws:bedrock:${region}:111122223333:inference-profile/${prefix}.anthropic.claude-opus-5-5`;
const grant = (resource: unknown, effect = "Allow", action = "bedrock:InvokeModel"): Candidate => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  props: { policy: { Statement: { Effect: effect, Action: action, Resource: resource } } },
});
const profile = (props: Record<string, unknown>): Candidate => ({
  type: "aws:bedrock/inferenceProfile:InferenceProfile",
  props,
  provider: { region: "eu-central-1" },
});
const guardrail = (config: unknown, region: string | undefined = "eu-central-1"): Candidate => ({
  type: "aws:bedrock/guardrail:Guardrail",
  props: { name: "g", crossRegionConfig: config, region },
});
const standard = (guardrailProfileIdentifier: string, region?: string) =>
  guardrail({ guardrailProfileIdentifier }, region);
const guardrailArn = (region: string, id: string) =>
  `arn:aws:bedrock:${region}:111122223333:guardrail-profile/${id}`;
const identifier = "`crossRegionConfig.guardrailProfileIdentifier`";

describe("profiles-stay-in-the-zone", () => {
  it.each([
    { when: "the EU profile from Frankfurt", candidate: grant(opus("eu-central-1", "eu")) },
    {
      when: "a destination's model in the zone",
      candidate: grant("arn:aws:bedrock:eu-west-3::foundation-model/anthropic.claude-opus-5-5"),
    },
    {
      when: "a denial of global profiles",
      candidate: grant(opus("eu-central-1", "global"), "Deny"),
    },
    { when: "a grant of something else", candidate: grant("*", "Allow", "s3:GetObject") },
    {
      when: "an application profile copied from the EU profile",
      candidate: profile({ modelSource: { copyFrom: opus("eu-central-1", "eu") } }),
    },
    { when: "a guardrail that stays in its region", candidate: guardrail(undefined) },
    {
      when: "a guardrail whose profile checks in the zone only",
      candidate: standard("eu.guardrail.v1:0"),
    },
    {
      when: "such a profile by ARN",
      candidate: standard(guardrailArn("eu-central-1", "eu.guardrail.v1:0")),
    },
    {
      when: "a guardrail whose region is its provider's",
      candidate: {
        type: "aws:bedrock/guardrail:Guardrail",
        props: { crossRegionConfig: { guardrailProfileIdentifier: "eu.guardrail.v1:0" } },
        provider: { region: "eu-central-1" },
      },
    },
  ])("passes $when", async ({ candidate }) => {
    expect(await reportsOf(rule, candidate)).toEqual([]);
  });

  it.each([
    {
      when: "a global profile",
      candidate: grant(opus("eu-central-1", "global")),
      says: `\`policy\` statement 1 names the global profile "${opus("eu-central-1", "global")}"`,
    },
    {
      when: "a global profile behind a wildcard account",
      candidate: grant("arn:aws:bedrock:*:*:inference-profile/global.*"),
      says: '`policy` statement 1 names the global profile "arn:aws:bedrock:*:*:inference-profile/global.*"',
    },
    {
      when: "any profile",
      candidate: grant("arn:aws:bedrock:eu-central-1:111122223333:inference-profile/*"),
      says: '`policy` statement 1 names the profile pattern "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/*", which covers global profiles',
    },
    {
      when: "the right to copy a global profile",
      candidate: grant(opus("eu-central-1", "global"), "Allow", "bedrock:CreateInferenceProfile"),
      says: `\`policy\` statement 1 names the global profile "${opus("eu-central-1", "global")}"`,
    },
    ...["bedrock:CreateInferenceProfile", "bedrock:CreatePromptRouter"].map((action) => ({
      when: `${action} on everything`,
      candidate: grant("*", "Allow", action),
      says: `\`policy\` statement 1 grants ${action} on "*": any profile`,
    })),
    {
      when: "a router between global profiles",
      candidate: grant(opus("eu-central-1", "global"), "Allow", "bedrock:CreatePromptRouter"),
      says: `\`policy\` statement 1 names the global profile "${opus("eu-central-1", "global")}"`,
    },
    {
      when: "a destination outside the zone",
      candidate: grant("arn:aws:bedrock:eu-west-2::foundation-model/anthropic.claude-opus-5-5"),
      says: '`policy` statement 1: "arn:aws:bedrock:eu-west-2::foundation-model/anthropic.claude-opus-5-5" is eu-west-2: eu-west-2 is in GB, outside zone eu',
    },
    {
      when: "the EU profile from London",
      candidate: grant(opus("eu-west-2", "eu")),
      says: `\`policy\` statement 1 "${opus("eu-west-2", "eu")}": the request is sent to eu-west-2: eu-west-2 is in GB, outside zone eu`,
    },
    {
      when: "a guardrail with a global profile",
      candidate: standard("global.guardrail.v1:0"),
      says: `${identifier} "global.guardrail.v1:0": global.guardrail.v1:0 may check text in any commercial region`,
    },
    {
      when: "a guardrail with a profile of another geography",
      candidate: standard("us.guardrail.v1:0"),
      says: `${identifier} "us.guardrail.v1:0": us.guardrail.v1:0 is not known to be usable from eu-central-1, and wherever it is used it leaves zone eu`,
    },
    {
      when: "the EU guardrail profile from London",
      candidate: standard("eu.guardrail.v1:0", "eu-west-2"),
      says: `${identifier} "eu.guardrail.v1:0": the guardrail rests in eu-west-2: eu-west-2 is in GB, outside zone eu`,
    },
    {
      when: "a guardrail profile's ARN of another partition",
      candidate: standard(
        "arn:aws-us-gov:bedrock:eu-central-1:111122223333:guardrail-profile/eu.guardrail.v1:0",
      ),
      says: `${identifier} "arn:aws-us-gov:bedrock:eu-central-1:111122223333:guardrail-profile/eu.guardrail.v1:0": the profile ARN is of partition aws-us-gov; zone eu is served by aws`,
    },
  ])("fails $when", async ({ candidate, says }) => {
    expect(await reportsOf(rule, candidate)).toEqual([`blocks: ${says}`]);
  });

  const global = "global.anthropic.claude-opus-5-5";
  const callers: readonly [string, string, (model: string) => Record<string, unknown>][] = [
    ["aws:bedrock/agentAgent:AgentAgent", "foundationModel", (m) => ({ foundationModel: m })],
    [
      "aws:bedrock/agentPrompt:AgentPrompt",
      "variants.0.modelId",
      (m) => ({ variants: [{ modelId: m }] }),
    ],
    ["aws:bedrockmodel/invocationJob:InvocationJob", "modelId", (m) => ({ modelId: m })],
    [
      "aws:bedrock/evaluationJob:EvaluationJob",
      "inferenceConfig.models.0.bedrockModel.modelIdentifier",
      (m) => ({ inferenceConfig: { models: [{ bedrockModel: { modelIdentifier: m } }] } }),
    ],
  ];
  it.each(callers)("judges the model %s names as %s", async (type, at, props) => {
    const calls = (model: string) => ({
      type,
      props: props(model),
      provider: { region: "eu-central-1" },
    });
    expect(await reportsOf(rule, calls("eu.anthropic.claude-opus-5-5"))).toEqual([]);
    expect(await reportsOf(rule, calls(global))).toEqual([
      `blocks: \`${at}\` "${global}": ${global} may be processed in any commercial region`,
    ]);
    expect(await reportsOf(rule, calls("gemini-pro"))).toEqual([
      `blocks: undecidable: \`${at}\` "gemini-pro": "gemini-pro" is no Bedrock model id, profile id or ARN the catalogue can read`,
    ]);
    expect(await reportsOf(rule, calls(unknownText))).toEqual([
      `advises: not proven, decided at up: \`${at}\` is not known yet`,
    ]);
    expect(await reportsOf(rule, calls(unknownText), { phase: "up" })).toEqual([
      `blocks: undecidable: \`${at}\` is not known yet`,
    ]);
    expect(await reportsOf(rule, { type, props: props(global), provider: {} })).toEqual([
      `blocks: undecidable: the region \`${at}\` is called from is absent`,
    ]);
  });

  it("fails a copy of a profile of another geography", async () => {
    const candidate = profile({ modelSource: { copyFrom: opus("eu-central-1", "us") } });
    expect(await reportsOf(rule, candidate)).toEqual([
      `blocks: \`modelSource.copyFrom\` "${opus("eu-central-1", "us")}": us.anthropic.claude-opus-5-5 is not known to be callable from eu-central-1, and wherever it is called from it leaves zone eu`,
    ]);
  });

  const application = "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/abc";
  it.each([
    {
      when: "an application profile's ARN",
      candidate: grant(application),
      says: `\`policy\` statement 1 "${application}": ${application} does not say which profile it was copied from`,
    },
    ...[
      "prompt-router/a1b2c3",
      "default-prompt-router/anthropic.claude:1",
      "custom-model-deployment/a1b2c3",
      "marketplace/model-endpoint/all-access",
    ].map((kind) => ({
      when: `a grant on ${kind}, which names no model`,
      candidate: grant(`arn:aws:bedrock:eu-central-1:111122223333:${kind}`),
      says: `\`policy\` statement 1: "arn:aws:bedrock:eu-central-1:111122223333:${kind}" does not say which models it hands the prompt to`,
    })),
    {
      when: "a profile without a source",
      candidate: profile({}),
      says: "`modelSource.copyFrom` is absent",
    },
    {
      when: "a guardrail profile the catalogue does not list",
      candidate: standard("de.guardrail.v1:0"),
      says: `${identifier} "de.guardrail.v1:0": "de.guardrail.v1:0" is not a guardrail profile the catalogue lists; it lists apac.guardrail.v1:0, au.guardrail.v1:0, ca.guardrail.v1:0, eu.guardrail.v1:0, uk.guardrail.v1:0, us.guardrail.v1:0, us-gov.guardrail.v1:0`,
    },
    {
      when: "a guardrail profile's ARN of another region",
      candidate: standard(guardrailArn("eu-west-1", "eu.guardrail.v1:0")),
      says: `${identifier} "${guardrailArn("eu-west-1", "eu.guardrail.v1:0")}": the profile ARN is of region "eu-west-1", but the guardrail rests in eu-central-1`,
    },
    {
      when: "a guardrail profile on weak evidence",
      candidate: standard("eu.guardrail.v1:0", "eu-west-1"),
      says: `${identifier} "eu.guardrail.v1:0": eu.guardrail.v1:0 from eu-west-1 rests on weak evidence (guardrail-page-one-copy: AWS table of guardrail profiles; one copy of the page shows the row in full); use tier "classic", or have compliance accept it by name with a date from 2026-11-21 to today`,
    },
    {
      when: "a guardrail with a profile and no region",
      candidate: standard("eu.guardrail.v1:0", ""),
      says: "the guardrail's region is absent",
    },
    {
      when: "a cross-region setting without a profile",
      candidate: guardrail({}),
      says: "`crossRegionConfig.guardrailProfileIdentifier` is absent",
    },
  ])("cannot judge $when", async ({ candidate, says }) => {
    expect(await reportsOf(rule, candidate)).toEqual([`blocks: undecidable: ${says}`]);
  });

  it("passes a grant on an application profile that compliance recorded as copied inside the zone", async () => {
    const profileSources = {
      [application]: { source: "eu.anthropic.claude-opus-5-5", date: "2026-11-20" },
    };
    expect(await reportsOf(rule, grant(application), { phase: "up", profileSources })).toEqual([]);
  });

  it.each([
    {
      source: "global.anthropic.claude-opus-5-5",
      says: "global.anthropic.claude-opus-5-5 may be processed in any commercial region",
    },
    {
      source: "us.anthropic.claude-opus-5-5",
      says: "us.anthropic.claude-opus-5-5 is not known to be callable from eu-central-1, and wherever it is called from it leaves zone eu",
    },
  ])("fails a grant on an application profile recorded as $source", async ({ source, says }) => {
    const profileSources = { [application]: { source, date: "2026-11-20" } };
    expect(await reportsOf(rule, grant(application), { phase: "up", profileSources })).toEqual([
      `blocks: \`policy\` statement 1 "${application}": ${says}`,
    ]);
  });

  it.each([
    { phase: "preview", says: "advises: not proven, decided at up" },
    { phase: "up", says: "blocks: undecidable" },
  ] as const)("answers for an unknown guardrail profile at $phase", async ({ phase, says }) => {
    expect(await reportsOf(rule, standard(unknownText), { phase })).toEqual([
      `${says}: \`crossRegionConfig.guardrailProfileIdentifier\` is not known yet`,
    ]);
  });

  it.each([
    { phase: "preview", says: "advises: not proven, decided at up" },
    { phase: "up", says: "blocks: undecidable" },
  ] as const)("answers for an unknown source at $phase", async ({ phase, says }) => {
    const candidate = profile({ modelSource: { copyFrom: unknownText } });
    expect(await reportsOf(rule, candidate, { phase })).toEqual([
      `${says}: \`modelSource.copyFrom\` is not known yet`,
    ]);
  });
});
