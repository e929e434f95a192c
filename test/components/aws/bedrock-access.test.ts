import { describe, expect, it } from "vitest";

import { BedrockAccess } from "../../../components/aws/bedrock-access.ts";
import { checkBedrockAccess } from "../../../components/aws/bedrock-access-checks.ts";
import type { BedrockRouteSettings } from "../../../components/aws/bedrock-route.ts";
import { builtInZones } from "../../../residency/zones.ts";
import { deploy } from "../../support/deploy.ts";
import { notIn } from "../../support/inventory.ts";

const route: BedrockRouteSettings = {
  name: "ireland",
  accountId: "111122223333",
  region: "eu-west-1",
  models: ["eu.anthropic.claude-opus-5-5"],
  network: { kind: "create", cidr: "10.40.0.0/16", clientCidrs: ["10.8.0.0/14"] },
  reach: { kind: "routed" },
  access: { kind: "principal", principalArn: "arn:aws:iam::999988887777:role/token-service" },
  desktop: { kind: "helper-script", path: "/h", windowsPath: "C:\\h.exe", ttlSeconds: 600 },
  logs: { retentionDays: 365, content: false },
  fips: false,
  discovery: false,
  onlyThroughEndpoint: false,
};
const create = (change: object) => () =>
  new BedrockAccess("eu-ireland", {
    zone: builtInZones.eu!,
    geography: "eu",
    organization: "example",
    today: "2026-11-21",
    route: { ...route, ...change },
  });

describe("BedrockAccess", () => {
  it("binds everything to the route's region and account", async () => {
    const { resources } = await deploy(create({}));

    expect(notIn("eu-west-1", resources)).toEqual([]);
    expect(resources.find((r) => r.type === "pulumi:providers:aws")?.inputs).toMatchObject({
      region: "eu-west-1",
      allowedAccountIds: '["111122223333"]',
    });
  });

  it("writes every policy document without waiting for anything AWS chooses", async () => {
    const { resources } = await deploy(create({}));

    const policy = resources.find((r) => r.name === "eu-ireland-access-policy")?.inputs.policy;
    const boundary = resources.find((r) => r.name === "eu-ireland-access-boundary")?.inputs.policy;
    expect(boundary).toBe(policy);
    expect(policy).not.toContain("arn:test:");
  });

  it("denies calls from elsewhere in the policy, but not in the boundary, when asked to", async () => {
    const { resources } = await deploy(create({ onlyThroughEndpoint: true }));

    const text = (name: string) => resources.find((r) => r.name === name)?.inputs.policy;
    const endpointId = "eu-ireland-network-bedrock-runtime-id";
    expect(text("eu-ireland-access-policy")).toContain(`{"aws:SourceVpce":"${endpointId}"}`);
    expect(text("eu-ireland-access-boundary")).not.toContain("aws:SourceVpce");
  });

  it("names every problem in one error, with reason and alternative", async () => {
    const change = {
      models: ["global.anthropic.claude-opus-5-5", "eu.anthropic.claude-opus-5-5"],
      access: { kind: "principal", principalArn: "arn:aws:iam::999988887777:root" },
      desktop: { kind: "interactive" },
    };

    await expect(deploy(create(change))).rejects.toThrow(
      [
        "eu-ireland: invalid arguments",
        "  models.0: outside: global.anthropic.claude-opus-5-5 may be processed in any commercial region; use eu.anthropic.claude-opus-5-5 from eu-west-1",
        '  desktop.kind: "interactive" cannot work with access "principal"; use helper-script',
        '  access.principalArn: "arn:aws:iam::999988887777:root" is a whole account: everyone in it who may assume roles; name one role',
      ].join("\n"),
    );
  });

  it("grants team profiles only when a record of the account and region counts today", () => {
    const arn = "arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/abc";
    const problems = (given: string, date: string) =>
      checkBedrockAccess({
        zone: builtInZones.eu!,
        geography: "eu",
        organization: "example",
        today: "2026-11-21",
        route: { ...route, applicationProfiles: { teams: ["finance"], grant: true } },
        profileSources: { [given]: { source: "eu.anthropic.claude-opus-5-5", date } },
      });
    expect(problems(arn, "2026-11-21")).toEqual([]);
    const path = "applicationProfiles.grant";
    expect(problems(arn, "2026-11-22")).toEqual([
      {
        path,
        reason: `the compliance file's record of ${arn} is dated 2026-11-22, after 2026-11-21: it does not count; set its date in applicationProfiles to the day of the look-up`,
      },
    ]);
    for (const elsewhere of ["eu-central-1:111122223333", "eu-west-1:444455556666"]) {
      expect(problems(arn.replace("eu-west-1:111122223333", elsewhere), "2026-11-21")).toEqual([
        {
          path,
          reason:
            "the compliance file records no application profile of account 111122223333 in eu-west-1; run up without grant first, then have compliance record the ARNs",
        },
      ]);
    }
  });

  it("refuses mantle models that are not served in the region itself", async () => {
    const change = {
      region: "eu-west-3",
      mantle: { projectId: "default", models: ["anthropic.claude-opus-5"] },
    };

    await expect(deploy(create(change))).rejects.toThrow(
      /mantle\.models\.0: anthropic\.claude-opus-5 is served in-region in .*, not in eu-west-3/,
    );
  });
});
