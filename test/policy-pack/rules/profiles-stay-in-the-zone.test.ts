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
const guardrail = (config: unknown): Candidate => ({
  type: "aws:bedrock/guardrail:Guardrail",
  props: { name: "g", crossRegionConfig: config },
});

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
      candidate: guardrail({ guardrailProfileIdentifier: "global.guardrail.v1:0" }),
      says: '`crossRegionConfig.guardrailProfileIdentifier` "global.guardrail.v1:0" may be processed anywhere, outside zone eu',
    },
  ])("fails $when", async ({ candidate, says }) => {
    expect(await reportsOf(rule, candidate)).toEqual([`blocks: ${says}`]);
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
    {
      when: "a profile without a source",
      candidate: profile({}),
      says: "`modelSource.copyFrom` is absent",
    },
    {
      when: "a guardrail profile the catalogue does not list",
      candidate: guardrail({ guardrailProfileIdentifier: "eu.guardrail.v1:0" }),
      says: '`crossRegionConfig.guardrailProfileIdentifier` "eu.guardrail.v1:0" is a profile whose destinations the catalogue does not list',
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
  ] as const)("answers for an unknown source at $phase", async ({ phase, says }) => {
    const candidate = profile({ modelSource: { copyFrom: unknownText } });
    expect(await reportsOf(rule, candidate, { phase })).toEqual([
      `${says}: \`modelSource.copyFrom\` is not known yet`,
    ]);
  });
});
