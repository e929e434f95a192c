import { describe, expect, it } from "vitest";

import type {
  ServiceNetwork,
  ServiceStore,
} from "../../../../components/aws/token-service/args.ts";
import { checkNetwork } from "../../../../components/aws/token-service/network-checks.ts";
import { checkStore, storeAddress } from "../../../../components/aws/token-service/store-checks.ts";
import { existingNetwork, existingStore, planOf } from "./support.ts";

const said = (problems: readonly { path: string; reason: string }[]) =>
  problems.map(({ path, reason }) => `${path}: ${reason}`);

describe("the network of a token service", () => {
  const problems = (network: ServiceNetwork) =>
    said(checkNetwork(network, planOf(), ["10.0.0.0/16"]));
  const created = { kind: "create", cidr: "10.60.0.0/24" } as const;

  it.each<ServiceNetwork>([
    created,
    { kind: "create", cidr: "10.60.0.0/26" },
    { kind: "create", cidr: "10.60.0.0/24", zoneCount: 3 },
    { ...created, availabilityZones: ["eu-central-1a", "eu-central-1c"] },
    existingNetwork,
    {
      ...existingNetwork,
      endpointsExist: ["s3", "sts"],
      s3PrefixListId: "pl-6ea54007",
      routeTableId: undefined,
    },
  ])("may be %j", (network) => {
    expect(problems(network)).toEqual([]);
  });

  it.each<[Partial<typeof created> & { zoneCount?: number; availabilityZones?: string[] }, string]>(
    [
      [{ zoneCount: 1 }, "network.zoneCount: 1; need a whole number from 2 to 6"],
      [
        { cidr: "10.60.0.1/24" as "10.60.0.0/24" },
        'network.cidr: "10.60.0.1/24" has bits set after /24; did you mean 10.60.0.0/24',
      ],
      [{ cidr: "10.0.0.0/8" as "10.60.0.0/24" }, 'network.cidr: "10.0.0.0/8"; a VPC is /16 to /28'],
      [
        { cidr: "10.60.0.0/27" as "10.60.0.0/24" },
        'network.cidr: "10.60.0.0/27" has no room for 2 subnets of /27; use a wider block',
      ],
      [
        { availabilityZones: ["eu-central-1a"] },
        "network.availabilityZones: [eu-central-1a]; need 2 different zones",
      ],
      [
        { availabilityZones: ["eu-central-1a", "us-east-1a"] },
        'network.availabilityZones: "us-east-1a" is not a zone of eu-central-1',
      ],
    ],
  )("is not made as %j", (change, says) => {
    expect(problems({ ...created, ...change })).toEqual([says]);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ vpcId: "10.0.0.0/16" }, 'network.vpcId: "10.0.0.0/16" is not an id such as vpc-0a1b2c3d'],
    [{ routeTableId: "x" }, 'network.routeTableId: "x" is not an id such as rtb-0a1b2c3d'],
    [
      { subnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3d"] },
      "network.subnetIds: 1 different subnets; need two or more, one a zone",
    ],
    [
      { subnetCidrs: ["10.61.0.0/26"] },
      "network.subnetCidrs: 1 blocks for 2 subnets; give each subnet's own",
    ],
    [
      { endpointsExist: ["bedrock"] },
      'network.endpointsExist: "bedrock" is no endpoint of the service; it uses ecr.api, ecr.dkr, s3, logs, sts, kms, secretsmanager, ssm',
    ],
    [
      { routeTableId: undefined },
      "network.routeTableId: missing; the S3 endpoint that image layers come through is entered there, or name s3 in endpointsExist",
    ],
    [
      { endpointsExist: ["s3"] },
      'network.s3PrefixListId: "" is no prefix list such as pl-6ea54007; without it the tasks cannot open a connection to S3',
    ],
  ])("of the company's own is refused with %j", (change, says) => {
    expect(problems({ ...existingNetwork, ...change } as ServiceNetwork)).toEqual([says]);
  });
});

describe("the store of a token service", () => {
  const problems = (store: ServiceStore) => said(checkStore(store, planOf()));

  it("may be a created one of any node type", () => {
    expect(problems({ kind: "create" })).toEqual([]);
    expect(problems({ kind: "create", nodeType: "db.r7g.large" })).toEqual([]);
    expect(problems({ kind: "create", nodeType: "cache.t4g.small" })).toEqual([
      'store.nodeType: "cache.t4g.small" is no node type such as db.t4g.small or db.r7g.large',
    ]);
  });

  it.each<[Partial<typeof existingStore> & Record<string, unknown>, string]>([
    [
      { url: "redis://store.example.com:6379" as typeof existingStore.url },
      'store.url: "redis://store.example.com:6379" is no address such as rediss://store.example.com:6379, with TLS and without user, password or path',
    ],
    [
      { cidrs: [] as unknown as typeof existingStore.cidrs },
      "store.cidrs: empty; name the blocks the store answers from",
    ],
    [
      {
        passwordSecretArn:
          "arn:aws:secretsmanager:us-east-1:111122223333:secret:store-AbCdEf" as typeof existingStore.passwordSecretArn,
      },
      'store.passwordSecretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:store-AbCdEf" is no whole ARN of a secret of 111122223333 in eu-central-1; write arn:aws:secretsmanager:eu-central-1:111122223333:secret:<name>-<6 characters>',
    ],
    [
      { passwordKeyArn: "alias/store" },
      'store.passwordKeyArn: "alias/store" is no key of 111122223333 in eu-central-1; write arn:aws:kms:eu-central-1:111122223333:key/<id>',
    ],
  ])("of the company's own is refused with %j", (change, says) => {
    expect(problems({ ...existingStore, ...change })).toEqual([says]);
  });

  it("is refused with a password in its address, which is not repeated", () => {
    const [only = ""] = problems({
      ...existingStore,
      url: "rediss://me:hunter2@store.example.com",
    });
    expect(only).toMatch(/^store\.url: "rediss:\/\/\.\.\.@store\.example\.com" is no address/);
    expect(only).not.toContain("hunter2");
  });

  it("answers on 6379 where its address names no port", () => {
    expect(storeAddress("rediss://store.example.com")).toEqual({
      host: "store.example.com",
      port: 6379,
    });
    expect(storeAddress("rediss://store.example.com:1/")).toEqual({
      host: "store.example.com",
      port: 1,
    });
    expect(storeAddress("rediss://store.example.com/0")).toBeUndefined();
  });
});
