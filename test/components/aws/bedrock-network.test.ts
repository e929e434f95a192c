import { describe, expect, it } from "vitest";

import {
  BedrockNetwork,
  type BedrockNetworkArgs,
} from "../../../components/aws/bedrock-network.ts";
import { firstZones } from "../../../components/aws/vpc.ts";
import { deploy, refusal, resolved } from "../../support/deploy.ts";
import { inventoryOf, notIn, only } from "../../support/inventory.ts";
import { frankfurt, jp, kmsKeyArn, label, us } from "./places.ts";

const policy = (service: string) => `{"policy":"${service}"}`;
const endpointPolicies = {
  "bedrock-runtime": policy("bedrock-runtime"),
  sts: policy("sts"),
  logs: policy("logs"),
  kms: policy("kms"),
};
const args: BedrockNetworkArgs = {
  place: frankfurt,
  label,
  source: { kind: "create", cidr: "10.40.0.0/16" },
  clientCidrs: ["10.8.0.0/16"],
  reach: { kind: "routed" },
  endpointPolicies,
  kmsKeyArn,
  flowLogRetentionDays: 365,
};
const build = (changes: Partial<BedrockNetworkArgs> = {}) =>
  deploy(() => new BedrockNetwork("fra", { ...args, ...changes }));

const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

describe("BedrockNetwork with a new VPC", () => {
  it("creates exactly this, all of it in the route's region", async () => {
    const { resources } = await build();

    expect(inventoryOf(resources).counts).toEqual({
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
      "aws:ec2/flowLog:FlowLog": 1,
      "aws:ec2/routeTable:RouteTable": 1,
      "aws:ec2/routeTableAssociation:RouteTableAssociation": 2,
      "aws:ec2/securityGroup:SecurityGroup": 1,
      "aws:ec2/subnet:Subnet": 2,
      "aws:ec2/vpc:Vpc": 1,
      "aws:ec2/vpcEndpoint:VpcEndpoint": 4,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "cowork:aws:BedrockNetwork": 1,
      "cowork:aws:PrivateVpc": 1,
    });
    expect(notIn("eu-central-1", resources)).toEqual([]);
  });

  it("has no way out: no gateway, no route, nothing allowed to leave", async () => {
    const { resources } = await build();

    expect(resources.filter((r) => /Gateway|route:Route$|Eip/.test(r.type))).toEqual([]);
    expect(only(resources, "aws:ec2/routeTable:RouteTable").routes).toBeUndefined();
    expect(only(resources, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")).toMatchObject({
      ingress: [],
      egress: [],
    });
    expect(only(resources, "aws:ec2/securityGroup:SecurityGroup")).toMatchObject({
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.8.0.0/16"] }],
      egress: [],
    });
  });

  it("puts private subnets into the first zones the account sees, in a fixed order", async () => {
    const { resources } = await deploy(
      () =>
        new BedrockNetwork("apne", {
          ...args,
          place: { ...frankfurt, zone: jp, region: "ap-northeast-1" },
        }),
      {
        calls: {
          "aws:index/getAvailabilityZones:getAvailabilityZones": ({ region }) => ({
            names: [`${String(region)}d`, `${String(region)}a`, `${String(region)}c`],
          }),
        },
      },
    );

    const subnets = resources.filter((r) => r.type === "aws:ec2/subnet:Subnet");
    expect(
      subnets.map((s) => [
        s.inputs.cidrBlock,
        s.inputs.availabilityZone,
        s.inputs.mapPublicIpOnLaunch,
      ]),
    ).toEqual([
      ["10.40.0.0/17", "ap-northeast-1a", false],
      ["10.40.128.0/17", "ap-northeast-1c", false],
    ]);
  });

  it("takes zones by name without asking AWS", async () => {
    const { resources } = await deploy(
      () =>
        new BedrockNetwork("fra", {
          ...args,
          source: {
            kind: "create",
            cidr: "10.40.0.0/16",
            availabilityZones: ["eu-central-1c", "eu-central-1a"],
          },
        }),
      {
        calls: {
          "aws:index/getAvailabilityZones:getAvailabilityZones": () => {
            throw new Error("asked");
          },
        },
      },
    );
    const subnets = resources.filter((r) => r.type === "aws:ec2/subnet:Subnet");
    expect(subnets.map((s) => s.inputs.availabilityZone)).toEqual([
      "eu-central-1c",
      "eu-central-1a",
    ]);
  });

  it("says so when the account sees fewer zones than asked for", () => {
    // The function alone: a failure inside `apply` reaches vitest as rejections nobody handles.
    expect(() => firstZones("eu-central-1", ["eu-central-1a"], 2)).toThrow(
      "eu-central-1: 2 availability zones are wanted and this account sees 1 (eu-central-1a)",
    );
  });

  it("logs every flow into an encrypted group a role of this account alone may fill", async () => {
    const { resources } = await build();

    expect(only(resources, "aws:cloudwatch/logGroup:LogGroup")).toEqual({
      region: "eu-central-1",
      name: "/cowork/example-eu-frankfurt/flow",
      kmsKeyId: kmsKeyArn,
      retentionInDays: 365,
    });
    expect(only(resources, "aws:ec2/flowLog:FlowLog")).toMatchObject({
      trafficType: "ALL",
      vpcId: "fra-id",
      logDestination:
        "arn:aws:logs:eu-central-1:111122223333:log-group:/cowork/example-eu-frankfurt/flow",
    });
    expect(JSON.parse(String(only(resources, "aws:iam/role:Role").assumeRolePolicy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OnlyForThisAccount",
          Effect: "Allow",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-central-1:111122223333:vpc-flow-log/*" },
          },
        },
      ],
    });
  });
});

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

  it.each([
    ["eu-central-1", frankfurt.zone, "no region of eu has both"],
    ["us-west-1", us, "us-east-1, us-east-2, us-west-2 have both"],
  ])("refuses FIPS in %s and says where it exists", async (region, zone, where) => {
    expect(await refusal(build({ place: { ...frankfurt, zone, region }, fips: true }))).toBe(
      `fra: invalid arguments\n  fips: ${region} has no FIPS endpoint for bedrock-runtime; ${where}`,
    );
  });
});

describe("BedrockNetwork reach", () => {
  it("routed: the public name is right, nothing is added", async () => {
    const { result, resources } = await build();
    expect(result.baseUrl).toBeUndefined();
    expect(result.resolverAddresses).toEqual([]);
    expect(resources.filter((r) => r.type.startsWith("aws:route53"))).toEqual([]);
  });

  it("vpce-name: the base URL is the endpoint's regional name", async () => {
    const { result } = await build({ reach: { kind: "vpce-name" } });
    expect(await resolved(result.baseUrl!)).toBe(
      "https://vpce-0a-fra-bedrock-runtime.vpce.amazonaws.com",
    );
  });

  it("resolver: fixed addresses, one a subnet, asked on port 53 by laptops only", async () => {
    const { result, resources } = await build({ reach: { kind: "resolver" } });

    expect(result.resolverAddresses).toEqual(["10.40.0.10", "10.40.128.10"]);
    expect(only(resources, "aws:route53/resolverEndpoint:ResolverEndpoint")).toEqual({
      region: "eu-central-1",
      direction: "INBOUND",
      resolverEndpointType: "IPV4",
      protocols: ["Do53"],
      securityGroupIds: ["fra-resolver-id"],
      ipAddresses: [
        { ip: "10.40.0.10", subnetId: "fra-1-id" },
        { ip: "10.40.128.10", subnetId: "fra-2-id" },
      ],
    });
    expect(
      inventoryOf(resources).values["aws:ec2/securityGroup:SecurityGroup::fra-resolver"],
    ).toMatchObject({
      ingress: [
        { protocol: "tcp", fromPort: 53, toPort: 53, cidrBlocks: ["10.8.0.0/16"] },
        { protocol: "udp", fromPort: 53, toPort: 53, cidrBlocks: ["10.8.0.0/16"] },
      ],
      egress: [],
    });
    expect(notIn("eu-central-1", resources)).toEqual([]);
  });
});

describe("BedrockNetwork in an existing VPC", () => {
  const source = {
    kind: "existing",
    vpcId: "vpc-0a1b2c3d",
    subnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"],
  } as const;

  it("adds endpoints and their group, and changes nothing else", async () => {
    const { resources, result } = await build({ source });
    expect(inventoryOf(resources).counts).toEqual({
      "aws:ec2/securityGroup:SecurityGroup": 1,
      "aws:ec2/vpcEndpoint:VpcEndpoint": 4,
      "cowork:aws:BedrockNetwork": 1,
    });
    expect(notIn("eu-central-1", resources)).toEqual([]);
    expect(await resolved(result.subnetIds)).toEqual(["subnet-0a1b2c3d", "subnet-0a1b2c3e"]);
    expect(result.routeTableId).toBeUndefined();
  });

  it("uses the addresses given for a resolver", async () => {
    const { result } = await build({
      source: { ...source, resolverAddresses: ["10.1.0.10", "10.1.1.10"] },
      reach: { kind: "resolver" },
    });
    expect(result.resolverAddresses).toEqual(["10.1.0.10", "10.1.1.10"]);
  });

  it("names every bad id and the missing addresses at once", async () => {
    const bad = { kind: "existing", vpcId: "my-vpc", subnetIds: ["subnet-1"] } as const;
    expect(await refusal(build({ source: bad, reach: { kind: "resolver" } }))).toBe(
      [
        "fra: invalid arguments",
        '  source.vpcId: "my-vpc" is not a VPC id',
        "  source.subnetIds: [subnet-1]; need two or more different subnets, one a zone",
        '  source.subnetIds: "subnet-1" is not a subnet id',
        '  source.resolverAddresses: 0 given; reach "resolver" needs one free address in each of the 1 subnets, in their order',
      ].join("\n"),
    );
  });
});

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
