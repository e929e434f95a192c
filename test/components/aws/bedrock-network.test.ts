import { describe, expect, it } from "vitest";

import { BedrockNetwork } from "../../../components/aws/bedrock-network.ts";
import { firstZones } from "../../../components/aws/vpc.ts";
import { deploy, refusal, resolved } from "../../support/deploy.ts";
import { inventoryOf, notIn, only } from "../../support/inventory.ts";
import { args, build } from "./network-support.ts";
import { frankfurt, jp, kmsKeyArn } from "./places.ts";

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
