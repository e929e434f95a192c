import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as aws from "@pulumi/aws";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackRun } from "../../offline/engine/run-stack.ts";
import { startAwsProvider } from "../../offline/providers/aws.ts";
import { stand, temporaryFolder } from "./support.ts";

const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
let provider: Awaited<ReturnType<typeof startAwsProvider>>;

beforeAll(async () => {
  provider = await startAwsProvider();
});
afterAll(() => provider.close());

const PROFILE = "aws:bedrock/inferenceProfile:InferenceProfile";
const POLICY = "aws:iam/policy:Policy";

/** Somebody else's stack, our pack on; the compliance file can be rewritten between runs. */
function foreignStack() {
  const compliance = join(temporaryFolder(), "zones.yaml");
  const record = (entries: Record<string, { source: string; date?: string }>) => {
    const lines = Object.entries(entries).map(
      ([arn, { source, date = "2026-11-20" }]) =>
        `  - { arn: "${arn}", source: ${source}, date: ${date}, reason: looked up }\n`,
    );
    const list = lines.length === 0 ? "" : `applicationProfiles:\n${lines.join("")}`;
    writeFileSync(compliance, `stacks: { eu: eu }\n${list}`);
  };
  record({});
  const { run } = stand({
    policyPack,
    config: { "aws:region": "eu-central-1" },
    env: { PULUMI_DEBUG_PROVIDERS: `aws:${provider.port}`, COWORK_COMPLIANCE_FILE: compliance },
  });
  return { run, record };
}

const copyOf = (name: string, prefix: string, model: string) =>
  new aws.bedrock.InferenceProfile(name, {
    modelSource: {
      copyFrom: `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${prefix}.anthropic.${model}`,
    },
  });
const grantOn = (arn: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "bedrock:InvokeModel", Resource: arn }],
  });

const created = ({ steps }: StackRun, type: string) =>
  steps.filter((step) => step.op === "create" && step.type === type).length;
/** What a run was refused for: rule and last line of its message. */
const refusals = ({ policyMessages }: StackRun) =>
  policyMessages
    .filter(({ level }) => level === "mandatory")
    .map(({ rule, message }) => `${rule}: ${message.split("\n").at(-1)}`);

const arn = "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/a1b2c3d4e5f6";

describe("a program that makes application profiles of its own", () => {
  test.each(["us", "global"])(
    "creates none from a %s. profile, whatever the compliance file records",
    async (prefix) => {
      const { run, record } = foreignStack();
      record({ [arn]: { source: "eu.anthropic.claude-opus-5-5" } });
      for (const operation of ["preview", "up"] as const) {
        const result = await run(operation, async () => {
          copyOf("team", prefix, "claude-opus-5-5");
          new aws.iam.Policy("use", { policy: grantOn(arn) });
        });
        expect(result.ok).toBe(false);
        const [refusal, ...more] = refusals(result);
        expect(more).toEqual([]);
        expect(refusal).toMatch(
          new RegExp(`^profiles-stay-in-the-zone: .*inference-profile/${prefix}\\.anthropic`),
        );
        if (operation === "up") expect(created(result, PROFILE)).toBe(0);
      }
    },
  );

  test("is refused a grant whose record names another source than the profile of the same stack", async () => {
    const { run, record } = foreignStack();
    let made = "";
    const profileOnly: PulumiFn = async () => ({
      arn: copyOf("team", "eu", "claude-sonnet-5-5").arn,
    });
    const first = await run("up", profileOnly);
    expect(first.problems).toEqual([]);
    made = String(first.outputs.arn);
    expect(made).toMatch(/:application-inference-profile\/[a-z0-9]+$/);

    record({ [made]: { source: "eu.anthropic.claude-opus-5-5" } });
    const granting: PulumiFn = async () => {
      const team = copyOf("team", "eu", "claude-sonnet-5-5");
      new aws.iam.Policy("use", { policy: team.arn.apply(grantOn) });
    };
    const why = `records-name-what-was-copied: \`policy\` statement 1 names "${made}", which team copies from "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-sonnet-5-5", but the compliance file records "eu.anthropic.claude-opus-5-5"`;
    const preview = await run("preview", granting);
    expect(preview.ok).toBe(false);
    expect(refusals(preview)).toEqual([why]);
    const up = await run("up", granting);
    expect(up.ok).toBe(false);
    expect(refusals(up)).toEqual([why]);

    record({ [made]: { source: "eu.anthropic.claude-sonnet-5-5" } });
    const corrected = await run("up", granting);
    expect(corrected.problems).toEqual([]);
    expect(corrected.policyMessages).toEqual([]);
  });
});

describe("a grant on an application profile made elsewhere", () => {
  test.each([
    ["another region", arn.replace("eu-central-1", "eu-west-1")],
    ["another account", arn.replace("111122223333", "444455556666")],
    ["another partition", arn.replace("arn:aws:", "arn:aws-us-gov:")],
  ])("is refused when it is of %s than the recorded one", async (_what, named) => {
    const { run, record } = foreignStack();
    record({ [arn]: { source: "eu.anthropic.claude-opus-5-5" } });
    const result = await run("up", async () => {
      new aws.iam.Policy("use", { policy: grantOn(named) });
    });
    expect(result.ok).toBe(false);
    expect(created(result, POLICY)).toBe(0);
    expect(refusals(result)).toEqual([
      `profiles-stay-in-the-zone: undecidable: \`policy\` statement 1 "${named}": ${named} does not say which profile it was copied from`,
    ]);
  });

  test("is refused while its record is dated later, and passes once the date is right", async () => {
    const { run, record } = foreignStack();
    const program: PulumiFn = async () => {
      new aws.iam.Policy("use", { policy: grantOn(arn) });
    };
    record({ [arn]: { source: "eu.anthropic.claude-opus-5-5", date: "9999-12-31" } });
    const early = await run("up", program);
    expect(early.ok).toBe(false);
    expect(created(early, POLICY)).toBe(0);
    expect(refusals(early).join()).toMatch(
      /^profiles-stay-in-the-zone: undecidable: .* is dated 9999-12-31, after \d{4}-\d{2}-\d{2}: it does not count; set its date in applicationProfiles to the day of the look-up$/,
    );

    record({ [arn]: { source: "eu.anthropic.claude-opus-5-5" } });
    const now = await run("up", program);
    expect(now.problems).toEqual([]);
  });
});
