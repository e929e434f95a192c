import { describe, expect, it } from "vitest";

import type { BedrockNetworkArgs } from "../../../components/aws/network-args.ts";
import { refusal } from "../../support/deploy.ts";
import { only } from "../../support/inventory.ts";
import { build } from "./network-support.ts";
import { frankfurt } from "./places.ts";

describe("BedrockNetwork arguments", () => {
  const create = (cidr: string, zoneCount?: number) =>
    ({ source: { kind: "create", cidr, ...(zoneCount !== undefined && { zoneCount }) } }) as const;

  it.each<[string, Partial<BedrockNetworkArgs>, string]>([
    [
      "a region outside the zone",
      { place: { ...frankfurt, region: "us-east-1" } },
      "region: outside: us-east-1 is in US, outside zone eu",
    ],
    [
      "an unknown region",
      { place: { ...frankfurt, region: "eu-nowhere-1" } },
      'region: undecidable: no dated source says which country the region "eu-nowhere-1" is in',
    ],
    [
      "no region",
      { place: { ...frankfurt, region: "" } },
      'region: undecidable: no dated source says which country the region "" is in',
    ],
    [
      "a bad account",
      { place: { ...frankfurt, accountId: "123" } },
      'accountId: "123" is not a 12-digit account id',
    ],
    ["a VPC too wide", create("10.0.0.0/8"), 'source.cidr: "10.0.0.0/8"; a VPC is /16 to /28'],
    [
      "a VPC too narrow",
      create("10.40.0.0/29"),
      'source.cidr: "10.40.0.0/29"; a VPC is /16 to /28',
    ],
    [
      "a VPC without room",
      create("10.40.0.0/28"),
      'source.cidr: "10.40.0.0/28" has no room for 2 subnets of /28; use a wider block',
    ],
    [
      "IPv6",
      create("2001:db8::/56"),
      'source.cidr: "2001:db8::/56" is not an IPv4 block such as 10.40.0.0/16',
    ],
    ["one zone", create("10.40.0.0/16", 1), "source.zoneCount: 1; need a whole number from 2 to 6"],
    [
      "no clients",
      { clientCidrs: [] },
      "clientCidrs: empty; name the blocks laptops come from, or nobody gets in",
    ],
    [
      "the whole internet",
      {
        clientCidrs: ["0.0.0.0/0"],
        source: {
          kind: "existing",
          vpcId: "vpc-0a1b2c3d",
          subnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"],
        },
      },
      'clientCidrs: "0.0.0.0/0" is wider than /8; name the company\'s own blocks',
    ],
    [
      "overlapping clients",
      { clientCidrs: ["10.8.0.0/16", "10.8.4.0/24"] },
      'clientCidrs: "10.8.4.0/24" overlaps 10.8.0.0/16; keep the wider one',
    ],
    [
      "clients around the VPC",
      { clientCidrs: ["10.0.0.0/8"] },
      'clientCidrs: "10.0.0.0/8" overlaps 10.40.0.0/16 without lying inside it: answers to such laptops would never leave the VPC',
    ],
    [
      "a bad client block",
      { clientCidrs: ["office"] },
      'clientCidrs: "office" is not an IPv4 block such as 10.40.0.0/16',
    ],
    [
      "a retention AWS does not know",
      { flowLogRetentionDays: 42 },
      "flowLogRetentionDays: 42 days; CloudWatch Logs keeps one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    ],
    [
      "zones of another region",
      {
        source: {
          kind: "create",
          cidr: "10.40.0.0/16",
          availabilityZones: ["eu-central-1a", "us-east-1a"],
        },
      },
      'source.availabilityZones: "us-east-1a" is not a zone of eu-central-1',
    ],
  ])("refuses %s", async (_, changes, reason) => {
    expect(await refusal(build(changes))).toBe(`fra: invalid arguments\n  ${reason}`);
  });

  it("allows clients inside the VPC, as a Client VPN endpoint shows them", async () => {
    const { resources } = await build({ clientCidrs: ["10.40.0.0/16"] });
    expect(only(resources, "aws:ec2/securityGroup:SecurityGroup")).toMatchObject({
      ingress: [{ cidrBlocks: ["10.40.0.0/16"] }],
    });
  });

  it("refuses more client blocks than a security group holds, half as many with a resolver", async () => {
    const clientCidrs = Array.from({ length: 31 }, (_, i) => `10.${100 + i}.0.0/16`);
    await build({ clientCidrs });
    expect(await refusal(build({ clientCidrs, reach: { kind: "resolver" } }))).toBe(
      "fra: invalid arguments\n  clientCidrs: 31 blocks; a security group holds 30: merge some",
    );
  });
});
