import { describe, expect, it } from "vitest";

import { geographyStack, program } from "../../stacks/geography.ts";
import { bedrockRoute } from "../support/bedrock-route.ts";
import { deploy, resolved } from "../support/deploy.ts";
import { inventoryOf } from "../support/inventory.ts";
import { cloudAnswers, compliance, fileText, routesOnly, today } from "./shipped.ts";

describe("geographyStack", () => {
  const judging = (stack: string) => ({ compliance: compliance(), stack, today });

  it("creates nothing when a stack claims another zone than compliance gave it", async () => {
    await expect(deploy(() => geographyStack(routesOnly("eu"), judging("us")))).rejects.toThrow(
      [
        "us: invalid configuration",
        '  geography: the stack claims "eu", compliance/zones.yaml maps "us" to "us"',
      ].join("\n"),
    );
  });

  it("creates nothing for a stack that compliance does not map", async () => {
    await expect(
      deploy(() => geographyStack(routesOnly("eu"), judging("eu-test"))),
    ).rejects.toThrow(
      [
        "eu-test: invalid configuration",
        '  geography: compliance/zones.yaml maps no zone to the stack "eu-test"; ask the compliance team to add it',
      ].join("\n"),
    );
  });

  it("tells where a device certificate is exchanged when the endpoint has a name of its own", async () => {
    const config = routesOnly("jp");
    const tokyo = bedrockRoute(config);
    const signIn = async (reach: "routed" | "vpce-name") => {
      const routes = [{ ...tokyo, reach: { kind: reach } }];
      const { result } = await deploy(
        () => geographyStack({ ...config, routes }, judging("jp")),
        cloudAnswers,
      );
      return bedrockRoute(await resolved(result.landingZone)).signIn;
    };
    expect(await signIn("routed")).not.toHaveProperty("endpointUrl");
    expect(await signIn("vpce-name")).toHaveProperty(
      "endpointUrl",
      "https://vpce-0a-jp-tokyo-network-rolesanywhere.vpce.amazonaws.com",
    );
  });

  it("gives each of two routes its own everything", async () => {
    const config = routesOnly("eu");
    const frankfurt = bedrockRoute(config);
    const ireland = {
      ...frankfurt,
      name: "ireland",
      region: "eu-west-1",
      network: { kind: "create" as const, cidr: "10.50.0.0/16", clientCidrs: ["10.8.0.0/14"] },
      access: { ...frankfurt.access, issuer: "https://login.ireland.example.com" },
    };

    const { resources } = await deploy(
      () => geographyStack({ ...config, routes: [frankfurt, ireland] }, judging("eu")),
      cloudAnswers,
    );

    const { counts } = inventoryOf(resources);
    expect(counts).toMatchObject({
      "aws:kms/key:Key": 2,
      "aws:ec2/vpcEndpoint:VpcEndpoint": 8,
      "aws:s3/bucket:Bucket": 2,
      "pulumi:providers:aws": 2,
    });
    const names = resources.map((r) => r.name);
    expect(names.filter((n) => !/^eu-(frankfurt|ireland)(-|$)/.test(n))).toEqual([]);
  });

  it("writes the policies for exactly the team profiles once they are known", async () => {
    const config = routesOnly("eu");
    const teams = {
      ...bedrockRoute(config),
      applicationProfiles: { teams: ["finance"], grant: true },
    };
    const arn = (model: string) =>
      `arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/${model}`;

    const profileSources = {
      [arn("opus")]: { source: "eu.anthropic.claude-opus-5-5", date: "2026-11-20" },
      [arn("sonnet")]: { source: "eu.anthropic.claude-sonnet-5-5", date: "2026-11-20" },
    };
    const recorded = { ...judging("eu"), compliance: { ...compliance(), profileSources } };

    const { result, resources } = await deploy(
      () => geographyStack({ ...config, routes: [teams] }, recorded),
      {
        outputs: {
          ...cloudAnswers.outputs,
          "aws:bedrock/inferenceProfile:InferenceProfile": (name) => ({
            arn: arn(name.includes("opus") ? "opus" : "sonnet"),
          }),
        },
      },
    );

    const policy = resources.find((r) => r.name === "eu-frankfurt-access-policy")?.inputs.policy;
    const [profile] = JSON.parse(String(policy)).Statement;
    expect(profile.Resource).toEqual([
      "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/opus",
      "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/sonnet",
    ]);
    expect((await resolved(result.landingZone)).routes[0]?.models.map((m) => m.label)).toEqual([
      "Claude Opus 5.5 (finance)",
      "Claude Sonnet 5.5 (finance)",
    ]);
    expect(resources.map((r) => r.name)).toContain("eu-frankfurt-network-bedrock");
  });
});

describe("program", () => {
  const context = { complianceText: fileText("compliance/zones.yaml"), stack: "eu", today };

  it("names the problems of configuration and compliance file in one error", () => {
    const complianceText = "stacks: { eu: eu }\nstrictPreview: perhaps\n";

    expect(() =>
      program({ ...routesOnly("eu"), routs: [] }, { ...context, complianceText }),
    ).toThrow(
      [
        "eu: invalid configuration",
        '  routs: unknown key; use one of organization, geography, routes, tokenService, profiles; did you mean "routes"?',
        "  compliance/zones.yaml strictPreview: Invalid input: expected boolean, received string",
      ].join("\n"),
    );
  });

  it("refuses a key in a wrong namespace although the rest is fine", () => {
    const problems = [{ path: "cowrok:routes", reason: 'write "cowork:routes"' }];

    expect(() => program({ ...routesOnly("eu") }, { ...context, problems })).toThrow(
      'eu: invalid configuration\n  cowrok:routes: write "cowork:routes"',
    );
  });
});
