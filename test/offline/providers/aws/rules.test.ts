import { describe, expect, it } from "vitest";

import { awsModel } from "../../../../offline/providers/aws/model.ts";
import type { Properties, Value } from "../../../../offline/providers/struct.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const model = awsModel();
const config = { region: "eu-central-1" };

/** Checks inputs of `module/Class`. */
function check(type: string, news: Properties) {
  const [module = "", name = ""] = type.split("/");
  const token = `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
  const target = { urn: `urn:pulumi:eu::p::${token}::Laptops`, type: token };
  const { inputs, failures } = model.check(target, {}, news, config);
  return { inputs, failures: failures.map(({ property, reason }) => `${property}: ${reason}`) };
}

describe("a trust anchor's certificates", () => {
  const pem = (label: string, text = "AAAA") =>
    `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;
  const anchor = (x509CertificateData: string) =>
    check("rolesanywhere/TrustAnchor", {
      name: "devices",
      source: { sourceType: "CERTIFICATE_BUNDLE", sourceData: { x509CertificateData } },
    }).failures;
  const one = pem("CERTIFICATE");

  it.each([
    ["one", one],
    ["two", one + one],
  ])("may be %s", (_, bundle) => {
    expect(anchor(bundle)).toEqual([]);
  });

  it.each([
    ["none", ""],
    ["three", one + one + one],
    ["a private key beside one", one + pem("PRIVATE KEY", "c2VjcmV0")],
    ["a private key alone", pem("EC PRIVATE KEY", "c2VjcmV0")],
    ["a path", "devices.pem"],
    ["too long", pem("CERTIFICATE", "A".repeat(8000))],
  ])("may not be %s, and the refusal repeats none of it", (_, bundle) => {
    expect(anchor(bundle)).toEqual([
      "source.sourceData.x509CertificateData: its text is not one or two PEM certificates of at most 8000 characters and nothing else",
    ]);
  });
});

describe("what the services refuse", () => {
  const endpoint = { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.sts" };
  const sgRule = { securityGroupId: "sg-1", ipProtocol: "tcp" };
  it.each<[string, Properties, string, Value, string]>([
    [
      "ec2/SecurityGroup",
      {},
      "name",
      "sg",
      'name: "sg" is not a security group name: it must not be "sg" or begin with "sg-"',
    ],
    [
      "ec2/SecurityGroup",
      {},
      "name",
      "sg-laptops",
      'name: "sg-laptops" is not a security group name: it must not be "sg" or begin with "sg-"',
    ],
    [
      "bedrock/Guardrail",
      { name: "g", blockedInputMessaging: "no", blockedOutputsMessaging: "no" },
      "crossRegionConfig",
      { guardrailProfileIdentifier: "eu.guardrail.v1:0" },
      'crossRegionConfig.guardrailProfileIdentifier: "eu.guardrail.v1:0" is not an ARN',
    ],
    ["ec2/Vpc", {}, "cidrBlock", "10.0.0.0", 'cidrBlock: "10.0.0.0" is not a CIDR block'],
    ["ec2/Vpc", {}, "cidrBlock", "10.0.0.0/33", 'cidrBlock: "10.0.0.0/33" is not a CIDR block'],
    [
      "ec2/Vpc",
      {},
      "cidrBlock",
      "10.0.0.5/16",
      'cidrBlock: "10.0.0.5/16" is not a CIDR block: it must start at its first address, 10.0.0.0/16',
    ],
    [
      "vpc/SecurityGroupIngressRule",
      sgRule,
      "cidrIpv4",
      "everyone",
      'cidrIpv4: "everyone" is not a CIDR block',
    ],
    [
      "vpc/SecurityGroupIngressRule",
      { ...sgRule, cidrIpv4: "10.0.0.0/8" },
      "toPort",
      65_536,
      "toPort: 65536 is not between -1 and 65535",
    ],
    [
      "vpc/SecurityGroupEgressRule",
      { ...sgRule, cidrIpv4: "10.0.0.0/8" },
      "prefixListId",
      "pl-1",
      'prefixListId: only one of "cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId" may be given',
    ],
    [
      "ec2/VpcEndpoint",
      endpoint,
      "vpcEndpointType",
      "interface",
      'vpcEndpointType: "interface" is not one of "Gateway", "GatewayLoadBalancer", "Interface", "Resource", "ServiceNetwork"',
    ],
    [
      "ec2/FlowLog",
      { vpcId: "vpc-1" },
      "maxAggregationInterval",
      61,
      "maxAggregationInterval: 61 is not one of 60, 600",
    ],
    [
      "ec2/FlowLog",
      { vpcId: "vpc-1" },
      "logDestination",
      "my-group",
      'logDestination: "my-group" is not an ARN',
    ],
    [
      "route53/ResolverEndpoint",
      { direction: "INBOUND", securityGroupIds: ["sg-1"] },
      "ipAddresses",
      [{ subnetId: "subnet-1" }],
      "ipAddresses: has 1 items, must have 2 to 10",
    ],
    ["kms/Key", {}, "deletionWindowInDays", 6, "deletionWindowInDays: 6 is not between 7 and 30"],
    ["kms/Key", {}, "deletionWindowInDays", 31, "deletionWindowInDays: 31 is not between 7 and 30"],
    [
      "kms/Alias",
      { targetKeyId: "k" },
      "name",
      "alias/aws/x",
      'name: "alias/aws/x" is not an alias name: alias/ and letters, digits, /, _ or -, and not alias/aws/',
    ],
    [
      "iam/Role",
      { assumeRolePolicy: "{}" },
      "maxSessionDuration",
      3599,
      "maxSessionDuration: 3599 is not between 3600 and 43200",
    ],
    [
      "iam/Role",
      { assumeRolePolicy: "{}" },
      "maxSessionDuration",
      43_201,
      "maxSessionDuration: 43201 is not between 3600 and 43200",
    ],
    [
      "iam/Role",
      { assumeRolePolicy: "{}" },
      "path",
      "laptops",
      'path: "laptops" is not an IAM path: it begins and ends with /',
    ],
    [
      "iam/OpenIdConnectProvider",
      { clientIdLists: ["a"] },
      "url",
      "http://x.example",
      'url: "http://x.example" is not an issuer URL: it begins with https:// and has no query',
    ],
    [
      "cloudwatch/LogGroup",
      {},
      "retentionInDays",
      364,
      "retentionInDays: 364 is not one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    ],
    [
      "s3/Bucket",
      {},
      "bucket",
      "Logs",
      'bucket: "Logs" is not a bucket name: 3 to 63 lower-case letters, digits, dots and hyphens',
    ],
    [
      "s3/Bucket",
      {},
      "bucket",
      "10.0.0.1",
      'bucket: "10.0.0.1" is not a bucket name: 3 to 63 lower-case letters, digits, dots and hyphens',
    ],
    [
      "ssoadmin/PermissionSet",
      { instanceArn: "arn:aws:sso:::instance/ssoins-1" },
      "sessionDuration",
      "PT13H",
      'sessionDuration: "PT13H" is not a session duration from PT1H to PT12H',
    ],
  ])("on %s with %j: %s = %j", (type, rest, property, value, expected) => {
    expect(check(type, { ...rest, [property]: value }).failures).toEqual([expected]);
  });

  it("asks for one of several inputs when none is given", () => {
    expect(check("ec2/VpcEndpoint", { vpcId: "vpc-1" }).failures).toEqual([
      'serviceName: one of "serviceName", "resourceConfigurationArn", "serviceNetworkArn" must be given',
    ]);
  });

  it("names each bad item of a list", () => {
    const ingress = [
      { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8", "nonsense"] },
    ];
    expect(check("ec2/SecurityGroup", { ingress }).failures).toEqual([
      'ingress[0].cidrBlocks[1]: "nonsense" is not a CIDR block',
    ]);
  });

  it("waits with every rule until the value is known", () => {
    expect(check("ec2/Vpc", { cidrBlock: unknown }).failures).toEqual([]);
    expect(check("kms/Key", { deletionWindowInDays: unknown }).failures).toEqual([]);
    expect(check("s3/Bucket", { bucket: unknown }).failures).toEqual([]);
  });

  it("reports everything wrong at once", () => {
    expect(
      check("ec2/Vpc", { cidrBlock: "x", instanceTenancy: "mine", regin: "y" }).failures,
    ).toEqual([
      'regin: aws:ec2/vpc:Vpc has no input of this name; did you mean "region"?',
      'cidrBlock: "x" is not a CIDR block',
      'instanceTenancy: "mine" is not one of "default", "dedicated"',
    ]);
  });
});
