import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { tokenServiceConfig } from "../../contract/token-service-config.ts";
import { trustPolicy } from "../../contract/trust-policy.ts";
import {
  freshSeconds,
  retrySeconds,
  staleSeconds,
  unknownKeyCooldownSeconds,
} from "../../token-service/identity/key-set.ts";
import { compileTrustPolicy } from "../../token-service/policy/compile.ts";
import { decide } from "../../token-service/policy/decide.ts";
import { make } from "../token-service/identity/certificate-rig.ts";
import { identity } from "../token-service/policy/policy-rig.ts";

const page = readFileSync(new URL("../../docs/trust-policy.md", import.meta.url), "utf8");
const schema = readFileSync(
  new URL("../../token-service/trust-policy.schema.json", import.meta.url),
  "utf8",
);
const [example = ""] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);

const models = [{ id: "claude-opus-5-5" }, { id: "claude-sonnet-5-5" }];
const service = tokenServiceConfig.parse({
  configVersion: 1,
  geography: "eu",
  publicUrl: "https://tokens.eu.example.com",
  clientCertificate: { from: "tls" },
  routes: [
    {
      name: "frankfurt",
      provider: "bedrock",
      partition: "aws",
      region: "eu-central-1",
      exchange: { kind: "assume-role", roleArn: "arn:aws:iam::123456789012:role/cowork" },
      models,
    },
    {
      name: "gateway",
      provider: "gateway",
      audience: "https://gateway.eu.example.com",
      exchange: { kind: "jwt" },
      models,
    },
  ],
  trustPolicy: { file: "/run/cowork/trust-policy.yaml" },
});

/** The page's example with a real authority in place of the words that stand for one. */
async function shown() {
  const body = (await make()).pem.split("\n").slice(1, -2).join("\n      ");
  return parse(example.replace("<the authority's certificate>", body));
}

describe("the example of a trust policy", () => {
  it("compiles without a note, and the published schema accepts it", async () => {
    const given = await shown();
    expect(z.fromJSONSchema(JSON.parse(schema)).safeParse(given).success).toBe(true);
    expect(compileTrustPolicy(trustPolicy.parse(given), service)).toMatchObject({ notes: [] });
  });

  it("decides as the page says", async () => {
    const result = compileTrustPolicy(trustPolicy.parse(await shown()), service);
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    const outcome = (claims: Record<string, readonly string[]>, from: string, route: string) => {
      const decision = decide(result.compiled, identity(claims, { from }), {
        geography: "eu",
        route,
      });
      return decision.decision === "allow"
        ? `${decision.policy}: ${decision.models ?? "all models"} for ${decision.sessionSeconds} s`
        : `${decision.code} (${decision.wouldAllow})`;
    };
    const engineer = { groups: ["33333333-3333-4333-8333-333333333333"] };
    expect(outcome(engineer, "entra", "frankfurt")).toBe("engineering: all models for 3600 s");
    const kiosk = { device: ["k1"], organization: ["Example Corp"], organizationalUnit: ["Labs"] };
    expect(outcome(kiosk, "laptops", "gateway")).toBe("kiosks: claude-sonnet-5-5 for 900 s");
    expect(outcome(kiosk, "laptops", "frankfurt")).toBe("policy_none ()");
    expect(outcome({ ...kiosk, organizationalUnit: ["Labs2"] }, "laptops", "gateway")).toBe(
      "policy_none ()",
    );
    const contractor = {
      groups: ["44444444-4444-4444-8444-444444444444"],
      email: ["c@partner.example"],
    };
    expect(outcome(contractor, "entra", "gateway")).toBe("policy_none (contractors)");
  });
});

it("the page states the times the code keeps", () => {
  expect([freshSeconds, staleSeconds, unknownKeyCooldownSeconds, retrySeconds]).toEqual([
    300, 3600, 30, 5,
  ]);
});
