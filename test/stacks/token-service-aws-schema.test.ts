import { describe, expect, it } from "vitest";

import type { AwsTokenServiceArgs } from "../../components/aws/token-service/args.ts";
import { checkTokenService } from "../../components/aws/token-service/checks.ts";
import { tokenServiceAws } from "../../stacks/token-service-aws-schema.ts";
import { serviceArgs } from "../components/aws/token-service/support.ts";

const certificateArn =
  "arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f";
const network = { kind: "create", cidr: "10.60.0.0/24" };
const own = {
  kind: "existing",
  vpcId: "vpc-0a1b2c3d",
  subnetIds: ["subnet-0a1b2c3d", "subnet-1a1b2c3d"],
  subnetCidrs: ["10.61.0.0/26", "10.61.0.64/26"],
};
const store = {
  kind: "existing",
  url: "rediss://store.example.com:6379",
  cidrs: ["10.70.0.0/28"],
  passwordSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:store-AbCdEf",
};

const problems = (value: unknown) => {
  const { error } = tokenServiceAws.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
};

describe("a token service at AWS in a stack file", () => {
  it("needs a certificate and a network; the rest has defaults", () => {
    expect(tokenServiceAws.parse({ certificateArn, network })).toEqual({
      certificateArn,
      network,
      store: { kind: "create" },
      deletionProtection: true,
    });
  });

  it("may stand in a network and use a store of the company's own", () => {
    expect(tokenServiceAws.parse({ certificateArn, network: own, store })).toMatchObject({
      network: { ...own, endpointsExist: [] },
      store,
    });
  });

  it.each([
    { certificateArn, network },
    { certificateArn, network: { ...own, routeTableId: "rtb-0a1b2c3d" }, store },
  ])("is what the component takes: %j", (value) => {
    const settings: Pick<AwsTokenServiceArgs, "certificateArn" | "network" | "store"> =
      tokenServiceAws.parse(value);
    expect(checkTokenService({ ...serviceArgs(), ...settings })).toEqual([]);
  });

  it.each<[string, unknown, readonly string[]]>([
    [
      "nothing",
      {},
      [
        "certificateArn: Invalid input: expected string, received undefined",
        "network: Invalid input: expected object, received undefined",
      ],
    ],
    [
      "a certificate that is none",
      { certificateArn: "x", network },
      ["certificateArn: an ACM certificate"],
    ],
    [
      "a key nobody knows",
      { certificateArn, network, replica: 2 },
      [': Unrecognized key: "replica"'],
    ],
    [
      "one subnet",
      { certificateArn, network: { ...own, subnetIds: ["subnet-0a1b2c3d"] } },
      ["network.subnetIds: two private subnets in different zones at least"],
    ],
    [
      "a password in the store's address",
      { certificateArn, network, store: { ...store, url: "rediss://me:secret@store.example.com" } },
      ["store.url: rediss://host:port, without user and password"],
    ],
    [
      "a store without TLS",
      { certificateArn, network, store: { ...store, url: "redis://store.example.com" } },
      ["store.url: rediss://host:port, without user and password"],
    ],
    [
      "an endpoint the service does not use",
      { certificateArn, network: { ...own, endpointsExist: ["bedrock"] } },
      [
        'network.endpointsExist.0: Invalid option: expected one of "ecr.api"|"ecr.dkr"|"s3"|"logs"|"sts"|"kms"|"secretsmanager"|"ssm"',
      ],
    ],
  ])("is refused with %s", (_, value, says) => {
    expect(problems(value)).toEqual(says);
  });
});
