import { describe, expect, it } from "vitest";

import type { AwsTokenServiceArgs } from "../../../../components/aws/token-service/args.ts";
import { checkTokenService } from "../../../../components/aws/token-service/checks.ts";
import { eu, usGov } from "../places.ts";
import {
  authority,
  callerArn,
  certificateArn,
  digest,
  existingNetwork,
  existingStore,
  image,
  serviceArgs,
} from "./support.ts";

type Change = Partial<AwsTokenServiceArgs>;
const problems = (change: Change = {}) =>
  checkTokenService(serviceArgs(change)).map(({ path, reason }) => `${path}: ${reason}`);
const ecr = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";

describe("arguments of a token service", () => {
  it.each<[string, Change]>([
    ["as small as can be", {}],
    ["with device certificates", { deviceAuthorities: authority }],
    ["with devices and no issuer", { deviceAuthorities: authority, egressCidrs: [] }],
    ["with a signing key", { signs: true }],
    [
      "in a network and with a store of the company's own",
      { network: existingNetwork, store: existingStore },
    ],
    ["with no route at AWS", { callers: [] }],
    [
      "from a registry of another account",
      { image: image.replace("111122223333", "444455556666") },
    ],
  ])("pass %s", (_, change) => {
    expect(problems(change)).toEqual([]);
  });

  it.each<[string, Change, string]>([
    [
      "no region of the zone",
      {
        region: "us-east-1",
        image: image.replace("eu-central-1", "us-east-1"),
        certificateArn: certificateArn.replace("eu-central-1", "us-east-1"),
      },
      "region: outside: us-east-1 is in US, outside zone eu",
    ],
    [
      "another partition",
      {
        zone: { ...eu, awsPartition: "aws-us-gov" },
        callers: [],
        certificateArn: certificateArn.replace("arn:aws:", "arn:aws-us-gov:"),
      },
      "region: outside: eu-central-1 is in partition aws; zone eu is served by aws-us-gov",
    ],
    [
      "a name too long for a bucket",
      { organization: "a-very-long-organization-name" },
      'label: "token-service-a-very-long-organization-name-eu" has 46 characters; at most 43 fit a bucket name of 63: shorten the organization, geography or route',
    ],
    [
      "a host with a port",
      { host: "tokens.example.com:443" },
      'host: "tokens.example.com:443" is no host name in lower case',
    ],
    ["no host", { host: "" }, 'host: "" is no host name in lower case'],
    [
      "a tag",
      { image: `${ecr}/cowork/token-service:1.0.0` },
      `image: "${ecr}/cowork/token-service:1.0.0" is not pinned by digest; write ${ecr}/<repository>@sha256:<digest>`,
    ],
    [
      "a tag beside the digest",
      { image: `${ecr}/token-service:1.0.0@${digest}` },
      `image: "${ecr}/token-service:1.0.0@${digest}" is not in a registry of ECR, the only one the tasks reach; copy it there and write ${ecr}/<repository>@sha256:<digest>`,
    ],
    [
      "a registry the tasks do not reach",
      { image: `ghcr.io/example/token-service@${digest}` },
      `image: "ghcr.io/example/token-service@${digest}" is not in a registry of ECR, the only one the tasks reach; copy it there and write ${ecr}/<repository>@sha256:<digest>`,
    ],
    [
      "a registry of another region",
      { image: image.replace("eu-central-1", "eu-west-1") },
      `image: "${image.replace("eu-central-1", "eu-west-1")}" is in eu-west-1, the service in eu-central-1; copy it there`,
    ],
    ["one replica", { replicas: 1 }, "replicas: 1; need a whole number from 2, one a zone, to 50"],
    [
      "half a replica",
      { replicas: 2.5 },
      "replicas: 2.5; need a whole number from 2, one a zone, to 50",
    ],
    [
      "no issuer it could ask",
      { egressCidrs: [] },
      "egressCidrs: empty; the keys of no issuer could be fetched, and every token would be refused",
    ],
    [
      "everybody as client",
      { clientCidrs: ["0.0.0.0/0"], network: existingNetwork },
      'clientCidrs: "0.0.0.0/0" is wider than /8; name the blocks that are meant',
    ],
    [
      "the internet as target",
      { egressCidrs: ["0.0.0.0/0"] },
      'egressCidrs: "0.0.0.0/0" is wider than /8; name the blocks that are meant',
    ],
    [
      "one block twice",
      { clientCidrs: ["10.0.0.0/16", "10.0.1.0/24"] },
      'clientCidrs: "10.0.1.0/24" overlaps 10.0.0.0/16; keep the wider one',
    ],
    [
      "laptops around the VPC",
      { clientCidrs: ["10.60.0.0/16"] },
      'clientCidrs: "10.60.0.0/16" overlaps 10.60.0.0/24 without lying inside it: answers to such laptops would never leave the VPC',
    ],
    [
      "a certificate of another region",
      { certificateArn: certificateArn.replace("eu-central-1", "us-east-1") },
      `certificateArn: "${certificateArn.replace("eu-central-1", "us-east-1")}" is no certificate of 111122223333 in eu-central-1; write arn:aws:acm:eu-central-1:111122223333:certificate/<id>`,
    ],
    [
      "a pattern of roles",
      { callers: [{ kind: "assume-role", roleArn: "arn:aws:iam::111122223333:role/*" }] },
      'callers: "arn:aws:iam::111122223333:role/*" is not one role of partition aws; write arn:aws:iam::<account>:role/<name>',
    ],
    [
      "a role twice",
      {
        callers: [
          { kind: "assume-role", roleArn: callerArn },
          { kind: "web-identity", roleArn: callerArn },
        ],
      },
      `callers: "${callerArn}" is listed twice`,
    ],
    [
      "a way to a session that is none",
      { callers: [{ kind: "saml" as "assume-role", roleArn: callerArn }] },
      'callers: "saml"; use assume-role or web-identity',
    ],
    [
      "no authority in the bundle",
      { deviceAuthorities: "" },
      "deviceAuthorities: holds no certificate; give PEM text, -----BEGIN CERTIFICATE----- and so on",
    ],
    ["no JSON", { serviceConfig: () => "" }, "serviceConfig: gives no JSON text"],
    [
      "a port for root",
      { serviceConfig: () => '{"listen":{"port":443}}' },
      "serviceConfig: listen.port is 443; a container that may not be root listens on 1024 to 65535",
    ],
    [
      "more grace than ECS gives",
      { serviceConfig: () => '{"limits":{"shutdownGraceSeconds":120}}' },
      "serviceConfig: limits.shutdownGraceSeconds is 120; need 1 to 110, because ECS kills a task after 120",
    ],
    [
      "more configuration than a task definition takes",
      { serviceConfig: () => JSON.stringify({ text: "é".repeat(31_000) }) },
      "serviceConfig: makes a container definition of 63098 bytes; a task definition of ECS has room for 62000: split the trust policy, or list fewer",
    ],
  ])("are refused with %s", (_, change, says) => {
    expect(problems(change)).toEqual([says]);
  });

  it("may make a task definition almost as large as ECS takes", () => {
    const serviceConfig = () => JSON.stringify({ text: "é".repeat(30_400) });
    expect(problems({ serviceConfig })).toEqual([]);
  });

  it("never repeat a private key that stands in the bundle", () => {
    const secret = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----";
    const said = problems({ deviceAuthorities: authority + secret });
    expect(said).toEqual([
      "deviceAuthorities: holds a private key; take it out, and count it as known to everybody who read the file: replace it",
    ]);
    expect(said.join()).not.toContain("c2VjcmV0");
  });

  it("are judged before a configuration is made of them", () => {
    const serviceConfig = () => {
      throw new Error("made of something that is wrong");
    };
    expect(problems({ replicas: 0, serviceConfig })).toEqual([
      "replicas: 0; need a whole number from 2, one a zone, to 50",
    ]);
  });

  it("take half as many blocks where each needs two ports", () => {
    const clientCidrs = Array.from({ length: 31 }, (_, i) => `10.${i}.0.0/16`);
    const network = { kind: "create", cidr: "172.16.0.0/24" } as const;
    expect(problems({ clientCidrs, network })).toEqual([]);
    expect(problems({ clientCidrs, network, deviceAuthorities: authority })).toEqual([
      "clientCidrs: 31 blocks; at most 30 fit a security group of 60 rules: merge some",
    ]);
  });

  it("may be of GovCloud", () => {
    const gov = (arn: string) =>
      arn.replace("arn:aws:", "arn:aws-us-gov:").replace("eu-central-1", "us-gov-west-1");
    const change = {
      zone: usGov,
      region: "us-gov-west-1",
      image: image.replace("eu-central-1", "us-gov-west-1"),
      certificateArn: gov(certificateArn),
      callers: [{ kind: "assume-role", roleArn: gov(callerArn) }],
    } as const;
    expect(problems(change)).toEqual([]);
  });
});
