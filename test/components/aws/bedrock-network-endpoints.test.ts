import { describe, expect, it } from "vitest";

import { BedrockNetwork } from "../../../components/aws/bedrock-network.ts";
import type { BedrockNetworkArgs } from "../../../components/aws/network-args.ts";
import { deploy, refusal, resolved } from "../../support/deploy.ts";
import { args, build, endpointPolicies, policy } from "./network-support.ts";
import { frankfurt, us } from "./places.ts";

const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

describe("BedrockNetwork endpoints", () => {
  it("gives each service an Interface endpoint with private DNS and its own policy", async () => {
    const { resources } = await build();

    const seen = resources.filter((r) => r.type === endpoint);
    expect(seen.map((r) => [r.name, r.inputs.serviceName, r.inputs.policy])).toEqual([
      [
        "fra-bedrock-runtime",
        "com.amazonaws.eu-central-1.bedrock-runtime",
        policy("bedrock-runtime"),
      ],
      ["fra-kms", "com.amazonaws.eu-central-1.kms", policy("kms")],
      ["fra-logs", "com.amazonaws.eu-central-1.logs", policy("logs")],
      ["fra-sts", "com.amazonaws.eu-central-1.sts", policy("sts")],
    ]);
    for (const { inputs } of seen) {
      expect(inputs).toMatchObject({
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: ["fra-1-id", "fra-2-id"],
        securityGroupIds: ["fra-endpoints-id"],
      });
      expect(inputs.serviceRegion).toBeUndefined();
    }
  });

  it("adds the control plane and mantle only when asked, and then wants their policies", async () => {
    const asked = { discovery: true, mantle: true };
    expect(await refusal(build(asked))).toBe(
      [
        "fra: invalid arguments",
        "  endpointPolicies.bedrock: missing; without one AWS would let everybody do everything",
        "  endpointPolicies.bedrock-mantle: missing; without one AWS would let everybody do everything",
      ].join("\n"),
    );

    const { resources, result } = await build({
      ...asked,
      endpointPolicies: { ...endpointPolicies, bedrock: "{}", "bedrock-mantle": "{}" },
    });
    expect(resources.filter((r) => r.type === endpoint).map((r) => r.name)).toEqual([
      "fra-bedrock",
      "fra-bedrock-mantle",
      "fra-bedrock-runtime",
      "fra-kms",
      "fra-logs",
      "fra-sts",
    ]);
    expect(result.hostNames).toEqual([
      "bedrock-runtime.eu-central-1.amazonaws.com",
      "sts.eu-central-1.amazonaws.com",
      "logs.eu-central-1.amazonaws.com",
      "kms.eu-central-1.amazonaws.com",
      "bedrock.eu-central-1.amazonaws.com",
      "bedrock-mantle.eu-central-1.api.aws",
    ]);
  });

  it.each([undefined, ""])("refuses a policy that is %j", async (missing) => {
    const policies = { ...endpointPolicies, sts: missing };
    expect(
      await refusal(
        build({ endpointPolicies: policies as BedrockNetworkArgs["endpointPolicies"] }),
      ),
    ).toBe(
      "fra: invalid arguments\n  endpointPolicies.sts: missing; without one AWS would let everybody do everything",
    );
  });

  it("uses FIPS names where the region has them", async () => {
    const { resources, result } = await deploy(
      () =>
        new BedrockNetwork("iad", {
          ...args,
          place: { ...frankfurt, zone: us, region: "us-east-1" },
          fips: true,
        }),
    );
    expect(resources.filter((r) => r.type === endpoint).map((r) => r.inputs.serviceName)).toEqual([
      "com.amazonaws.us-east-1.bedrock-runtime-fips",
      "com.amazonaws.us-east-1.kms",
      "com.amazonaws.us-east-1.logs",
      "com.amazonaws.us-east-1.sts",
    ]);
    expect(await resolved(result.baseUrl!)).toBe(
      "https://bedrock-runtime-fips.us-east-1.amazonaws.com",
    );
  });

  it("has one for device certificates when they are the sign-in, with its own policy", async () => {
    const withOne = { ...endpointPolicies, rolesanywhere: policy("rolesanywhere") };
    const { resources, result } = await build({
      deviceCertificates: true,
      endpointPolicies: withOne,
    });
    const [found, ...others] = resources.filter((r) => r.name === "fra-rolesanywhere");
    expect(others).toEqual([]);
    expect(found!.inputs).toMatchObject({
      serviceName: "com.amazonaws.eu-central-1.rolesanywhere",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      policy: policy("rolesanywhere"),
    });
    expect(result.hostNames).toContain("rolesanywhere.eu-central-1.amazonaws.com");
  });

  it("has none for device certificates otherwise, whatever policies are given", async () => {
    const withOne = { ...endpointPolicies, rolesanywhere: policy("rolesanywhere") };
    const { resources, result } = await build({ endpointPolicies: withOne });
    expect(resources.filter((r) => r.name === "fra-rolesanywhere")).toEqual([]);
    expect(result.hostNames).not.toContain("rolesanywhere.eu-central-1.amazonaws.com");
  });

  it("refuses an endpoint for device certificates without a policy of its own", async () => {
    expect(await refusal(build({ deviceCertificates: true }))).toBe(
      "fra: invalid arguments\n  endpointPolicies.rolesanywhere: missing; without one AWS would let everybody do everything",
    );
  });

  it("signs in by the FIPS name where Roles Anywhere has one, and says where it has none", async () => {
    const given = {
      ...args,
      deviceCertificates: true,
      endpointPolicies: { ...endpointPolicies, rolesanywhere: policy("rolesanywhere") },
      fips: true,
    };
    const place = { ...frankfurt, zone: us, region: "us-east-1" };
    const { resources, result } = await deploy(
      () => new BedrockNetwork("iad", { ...given, place }),
    );
    expect(resources.find((r) => r.name === "iad-rolesanywhere")!.inputs.serviceName).toBe(
      "com.amazonaws.us-east-1.rolesanywhere-fips",
    );
    expect(result.hostNames).toContain("rolesanywhere-fips.us-east-1.amazonaws.com");

    const canada = { ...us, id: "ca", countries: ["CA"] };
    const there = { ...frankfurt, zone: canada, region: "ca-central-1" };
    expect(await refusal(build({ ...given, place: there }))).toBe(
      "fra: invalid arguments\n  fips: ca-central-1 has no FIPS endpoint for rolesanywhere; no region of ca has them all",
    );
  });

  it.each([
    ["eu-central-1", frankfurt.zone, "no region of eu has one"],
    ["us-west-1", us, "us-east-1, us-east-2, us-west-2 have one"],
  ])("refuses FIPS in %s and says where it exists", async (region, zone, where) => {
    expect(await refusal(build({ place: { ...frankfurt, zone, region }, fips: true }))).toBe(
      `fra: invalid arguments\n  fips: ${region} has no FIPS endpoint for bedrock-runtime; ${where}`,
    );
  });
});
