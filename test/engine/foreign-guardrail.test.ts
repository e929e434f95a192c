import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as aws from "@pulumi/aws";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startAwsProvider } from "../../offline/providers/aws.ts";
import { stand, temporaryFolder } from "./support.ts";

const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
const guardrailType = "aws:bedrock/guardrail:Guardrail";
let provider: Awaited<ReturnType<typeof startAwsProvider>>;

beforeAll(async () => {
  provider = await startAwsProvider();
});
afterAll(() => provider.close());

/** Somebody else's plain guardrail, which no component of ours checks, with our pack on. */
async function up(region: string, profile: string) {
  const compliance = join(temporaryFolder(), "zones.yaml");
  writeFileSync(compliance, "stacks: { eu: eu }\n");
  const engine = stand({
    policyPack,
    config: { "aws:region": "eu-central-1" },
    env: { PULUMI_DEBUG_PROVIDERS: `aws:${provider.port}`, COWORK_COMPLIANCE_FILE: compliance },
  });
  const result = await engine.run("up", async () => {
    const guardrailProfileIdentifier = `arn:aws:bedrock:${region}:111122223333:guardrail-profile/${profile}`;
    new aws.bedrock.Guardrail("plain", {
      blockedInputMessaging: "no",
      blockedOutputsMessaging: "no",
      crossRegionConfig: { guardrailProfileIdentifier },
    });
  });
  const rules = result.policyMessages
    .filter(({ level }) => level === "mandatory")
    .map(({ rule }) => rule);
  const created = result.steps.some(({ op, type }) => op === "create" && type === guardrailType);
  return { ...result, rules, created };
}

describe("a plain guardrail of somebody else's program", () => {
  test("is created when its profile checks in the zone only", async () => {
    const { problems, rules, created } = await up("eu-central-1", "eu.guardrail.v1:0");
    expect(problems).toEqual([]);
    expect(rules).toEqual([]);
    expect(created).toBe(true);
  });

  test.each([
    {
      region: "eu-central-1",
      profile: "us.guardrail.v1:0",
      says: "us.guardrail.v1:0 is not known to be usable from eu-central-1, and wherever it is used it leaves zone eu",
    },
    {
      region: "eu-west-1",
      profile: "eu.guardrail.v1:0",
      says: 'the profile ARN is of region "eu-west-1", but the guardrail rests in eu-central-1',
    },
  ])("is stopped before it is created with $profile of $region", async (one) => {
    const { ok, rules, created, policyMessages } = await up(one.region, one.profile);
    expect(ok).toBe(false);
    expect(rules).toEqual(["profiles-stay-in-the-zone"]);
    expect(policyMessages.map(({ message }) => message).join("\n")).toContain(one.says);
    expect(created).toBe(false);
  });
});
