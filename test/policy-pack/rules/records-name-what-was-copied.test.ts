import { type PolicyResource, unknownCheckingProxy } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { recordsNameWhatWasCopied } from "../../../policy-pack/rules/records-name-what-was-copied.ts";
import type { ProfileRecords } from "../../../residency/types.ts";
import { unknownText } from "../../support/run-rule.ts";

const arn = "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/abc";
const opus = "eu.anthropic.claude-opus-5-5";
const opusArn = `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${opus}`;
const sonnet = "eu.anthropic.claude-sonnet-5-5";

const resource = (type: string, name: string, props: Record<string, unknown>): PolicyResource => ({
  type,
  name,
  urn: `urn:pulumi:eu::test::${type}::${name}`,
  props: unknownCheckingProxy(props),
  opts: {
    protect: false,
    ignoreChanges: [],
    aliases: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    additionalSecretOutputs: [],
  },
  dependencies: [],
  propertyDependencies: {},
  isType: () => false,
  asType: () => undefined,
});
const profile = (props: Record<string, unknown> = {}) =>
  resource("aws:bedrock/inferenceProfile:InferenceProfile", "team", {
    arn,
    modelSource: { copyFrom: opusArn },
    ...props,
  });
const grant = (statement: Record<string, unknown> = {}) =>
  resource("aws:iam/rolePolicy:RolePolicy", "use", {
    policy: {
      Statement: { Effect: "Allow", Action: "bedrock:InvokeModel", Resource: arn, ...statement },
    },
  });
const recorded = (source: string): ProfileRecords => ({ [arn]: { source, date: "2026-11-20" } });

async function reports(resources: PolicyResource[], records?: ProfileRecords): Promise<string[]> {
  const found: string[] = [];
  const around = records === undefined ? {} : { profileSources: records };
  await recordsNameWhatWasCopied(() => around).validateStack(
    {
      resources,
      stackTags: new Map(),
      getConfig: <T extends object>() => ({}) as T,
      notApplicable: () => {
        throw new Error("not used");
      },
    },
    (message, urn) => found.push(`${urn?.split("::").at(-1)}: ${message}`),
  );
  return found;
}

const differs = (record: string) =>
  `use: \`policy\` statement 1 names "${arn}", which team copies from "${opusArn}", but the compliance file records "${record}"`;

describe("records-name-what-was-copied", () => {
  it.each([
    sonnet,
    "us.anthropic.claude-opus-5-5",
    "global.anthropic.claude-opus-5-5",
    `arn:aws:bedrock:eu-west-1:111122223333:inference-profile/${opus}`,
    "anthropic.claude-opus-5-5",
    "",
  ])('fails a grant on a copy that is recorded as "%s"', async (record) => {
    expect(await reports([profile(), grant()], recorded(record))).toEqual([differs(record)]);
    // The order of a stack's resources is not the program's.
    expect(await reports([grant(), profile()], recorded(record))).toEqual([differs(record)]);
  });

  it.each([opus, opusArn])("passes one recorded as %s", async (record) => {
    expect(await reports([profile(), grant()], recorded(record))).toEqual([]);
  });

  it("finds the ARN among others and behind every kind of pattern for the action", async () => {
    const other = `${arn}d`;
    const many = grant({ Action: ["s3:GetObject", "bedrock:Invoke*"], Resource: [other, arn] });
    expect(await reports([profile(), many], recorded(sonnet))).toEqual([differs(sonnet)]);
  });

  it.each([
    ["denies it", [profile(), grant({ Effect: "Deny" })]],
    ["does not call it", [profile(), grant({ Action: "bedrock:GetInferenceProfile" })]],
    ["names a profile made elsewhere", [profile({ arn: `${arn}0` }), grant()]],
    ["names it while no profile is in the stack", [grant()]],
    ["names a profile whose ARN is not known yet", [profile({ arn: unknownText }), grant()]],
    ["is not known yet itself", [profile(), grant({ Resource: unknownText })]],
    ["names one without an ARN", [profile({ arn: undefined }), grant()]],
    ["names one without a source", [profile({ modelSource: undefined }), grant()]],
  ] as const)("says nothing where a statement %s", async (_when, resources) => {
    expect(await reports([...resources], recorded(sonnet))).toEqual([]);
  });

  it("leaves a grant without a record to the rule that refuses it", async () => {
    expect(await reports([profile(), grant()])).toEqual([]);
    expect(await reports([profile(), grant()], {})).toEqual([]);
  });
});
