import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as aws from "@pulumi/aws";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stackOutputs } from "../../contract/outputs.ts";
import { startAwsProvider } from "../../offline/providers/aws.ts";
import { renderProfileSet } from "../../profiles/profile-set.ts";
import { authority, successor } from "../components/aws/iam/certificates.ts";
import { bedrockRoute } from "../support/bedrock-route.ts";
import { openHouse } from "./house.ts";
import { stand, temporaryFolder } from "./support.ts";

const asked =
  "        acmPcaArn: arn:aws:acm-pca:ap-northeast-1:222233334444:certificate-authority/0f1e2d3c-4b5a-4697-8877-665544332211\n";
/** A YAML block, as a person would write it. */
const bundle = (text: string) =>
  `        certificateBundle: |\n${text.trimEnd().replaceAll(/^/gm, "          ")}\n`;

describe("sign-in with the company's own device certificates", () => {
  test("goes up with the pack on, changes nothing twice, and takes a renewed authority in place", async () => {
    const house = await openHouse();
    house.edit("stacks/Pulumi.jp.yaml", (text) => text.replace(asked, bundle(authority)));
    const first = await house.run("jp", "up");
    expect(first.problems).toEqual([]);
    expect(first.policyMessages).toEqual([]);
    const outputs = stackOutputs.parse(first.outputs.landingZone);
    const route = bedrockRoute(outputs);
    const id = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    const arn = "^arn:aws:rolesanywhere:ap-northeast-1:222233334444:";
    expect(route.signIn).toMatchObject({
      kind: "roles-anywhere",
      roleArn: "arn:aws:iam::222233334444:role/cowork/cowork-example-jp-tokyo",
      trustAnchorArn: expect.stringMatching(new RegExp(`${arn}trust-anchor/${id}$`)),
      profileArn: expect.stringMatching(new RegExp(`${arn}profile/${id}$`)),
    });
    expect(JSON.stringify(first.outputs)).not.toContain("BEGIN");
    const settings = renderProfileSet(outputs).files.find(({ path }) =>
      path.endsWith("tokyo/managed-settings.json"),
    );
    expect(String(settings!.bytes)).toContain("cowork-jp");

    const second = await house.run("jp", "up");
    expect(second.problems).toEqual([]);
    expect(second.policyMessages).toEqual([]);
    expect(Object.keys(second.changes)).toEqual(["same"]);

    house.edit("stacks/Pulumi.jp.yaml", (text) =>
      text.replace(bundle(authority), bundle(authority + successor)),
    );
    const renewed = await house.run("jp", "up");
    expect(renewed.problems).toEqual([]);
    expect(renewed.changes.update).toBe(1);
    const after = bedrockRoute(stackOutputs.parse(renewed.outputs.landingZone));
    expect(after.signIn).toEqual(route.signIn);
  });

  test("refuses a private key before anything is created, and repeats none of it", async () => {
    const house = await openHouse();
    const keyText = "c2VjcmV0IG1hdGVyaWFs";
    const key = `-----BEGIN EC PRIVATE KEY-----\n${keyText}\n-----END EC PRIVATE KEY-----\n`;
    house.edit("stacks/Pulumi.jp.yaml", (text) => text.replace(asked, bundle(authority + key)));
    const refused = await house.run("jp", "up");
    expect(refused.ok).toBe(false);
    expect(refused.problems.join("\n")).toContain(
      "routes.0.access.certificateBundle: holds a private key; take it out of the file, and count it as known to everybody who read the file: replace it",
    );
    expect(JSON.stringify(refused)).not.toContain(keyText);
    expect(refused.steps.filter(({ type }) => type.startsWith("aws:"))).toEqual([]);
  });
});

describe("somebody else's program", () => {
  let provider: Awaited<ReturnType<typeof startAwsProvider>>;
  beforeAll(async () => {
    provider = await startAwsProvider();
  });
  afterAll(() => provider.close());

  async function run(operation: "preview" | "up", program: PulumiFn) {
    const compliance = join(temporaryFolder(), "zones.yaml");
    writeFileSync(compliance, "stacks: { eu: eu }\n");
    const engine = stand({
      policyPack: fileURLToPath(new URL("../../policy-pack", import.meta.url)),
      config: { "aws:region": "eu-central-1" },
      env: { PULUMI_DEBUG_PROVIDERS: `aws:${provider.port}`, COWORK_COMPLIANCE_FILE: compliance },
    });
    const result = await engine.run(operation, program);
    const blocking = result.policyMessages.filter(({ level }) => level === "mandatory");
    return { ...result, rules: blocking.map(({ rule }) => rule).toSorted() };
  }
  const anchorElsewhere = async () => {
    const there = new aws.Provider("there", { region: "us-east-1" });
    const sourceData = { x509CertificateData: authority };
    new aws.rolesanywhere.TrustAnchor(
      "anchor",
      { source: { sourceType: "CERTIFICATE_BUNDLE", sourceData } },
      { provider: there },
    );
  };
  const anyCertificate = async () => {
    const statement = {
      Effect: "Allow",
      Principal: { Service: "rolesanywhere.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    };
    const trust = { Version: "2012-10-17", Statement: [statement] };
    new aws.iam.Role("laptops", { assumeRolePolicy: JSON.stringify(trust) });
  };

  test("is told at preview of a trust anchor outside the zone and of a trust in every certificate", async () => {
    const { ok, rules } = await run("preview", async () => {
      await anchorElsewhere();
      await anyCertificate();
    });
    expect(ok).toBe(false);
    expect(rules).toEqual(["device-certificates-are-pinned", "resources-stay-in-the-zone"]);
  });

  test.each([
    ["a trust anchor outside the zone", "resources-stay-in-the-zone", anchorElsewhere],
    ["a trust in every certificate", "device-certificates-are-pinned", anyCertificate],
  ])("never creates %s at up", async (_, rule, program) => {
    const { ok, rules, steps } = await run("up", program);
    expect(ok).toBe(false);
    expect(rules).toEqual([rule]);
    expect(steps.filter(({ type }) => type.startsWith("aws:"))).toEqual([]);
  });
});
