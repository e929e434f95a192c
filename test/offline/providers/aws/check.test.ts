import { describe, expect, it } from "vitest";

import { awsModel } from "../../../../offline/providers/aws/model.ts";
import type { Properties, Value } from "../../../../offline/providers/struct.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const model = awsModel();
const config = { region: "eu-central-1" };

/** Checks inputs of `module/Class`; `olds` are those of the last run. */
function check(type: string, news: Properties, olds: Properties = {}, given: Properties = config) {
  const [module = "", name = ""] = type.split("/");
  const token = `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
  const target = { urn: `urn:pulumi:eu::p::${token}::Laptops`, type: token };
  const { inputs, failures } = model.check(target, olds, news, given);
  return { inputs, failures: failures.map(({ property, reason }) => `${property}: ${reason}`) };
}

const statement = { Effect: "Allow", Action: "s3:*", Resource: "*", Principal: "*" };

describe("the region", () => {
  it("is the provider's when the resource names none", () => {
    expect(check("ec2/Vpc", {}).inputs.region).toBe("eu-central-1");
  });

  it("is the resource's own when it names one", () => {
    expect(check("ec2/Vpc", { region: "us-east-1" }).inputs.region).toBe("us-east-1");
  });

  it("stays unknown while the resource's own is unknown", () => {
    expect(check("ec2/Vpc", { region: unknown })).toMatchObject({
      inputs: { region: unknown },
      failures: [],
    });
  });

  it("is not written into resources that have none", () => {
    expect(check("rolesanywhere/Profile", { roleArns: [] }).inputs).not.toHaveProperty("region");
  });

  it("is refused when neither the resource nor the provider names one", () => {
    expect(check("ec2/Vpc", {}, {}, {}).failures).toEqual([
      "region: neither the resource nor its provider names a region; set `region` on either",
    ]);
  });

  it.each(["frankfurt", "", "eu-central", "EU-CENTRAL-1"])("is refused as %j", (region) => {
    expect(check("ec2/Vpc", { region }).failures).toEqual([`region: "${region}" is not a region`]);
  });
});

describe("policies", () => {
  it("become text", () => {
    const { inputs, failures } = check("s3/BucketPolicy", {
      bucket: "logs",
      policy: { Version: "2012-10-17", Statement: [statement] },
    });
    expect(failures).toEqual([]);
    expect(inputs.policy).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}]}',
    );
  });

  it("become unknown as a whole when one leaf is unknown", () => {
    const policy = { Version: "2012-10-17", Statement: [{ ...statement, Resource: [unknown] }] };
    expect(check("s3/BucketPolicy", { bucket: "logs", policy })).toMatchObject({
      inputs: { policy: unknown },
      failures: [],
    });
  });

  it.each<[string, string, Properties]>([
    ["s3/BucketPolicy", "policy", { bucket: "logs" }],
    ["iam/RolePolicy", "policy", { role: "r" }],
    ["ec2/VpcEndpoint", "policy", { vpcId: "vpc-1", serviceName: "com.amazonaws.x" }],
    ["kms/Key", "policy", {}],
    [
      "ssoadmin/PermissionSetInlinePolicy",
      "inlinePolicy",
      {
        instanceArn: "arn:aws:sso:::instance/ssoins-1",
        permissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1/ps-1",
      },
    ],
  ])("of %s are refused when %s cannot be parsed", (type, property, rest) => {
    for (const text of ["{broken", "", '"text"'])
      expect(check(type, { ...rest, [property]: text }).failures).toEqual([
        `${property}: contains an invalid JSON policy`,
      ]);
    expect(check(type, { ...rest, [property]: '{"Statement":[]}' }).failures).toEqual([]);
  });
});

describe("defaults", () => {
  it("make an endpoint a gateway when the program does not say", () => {
    const given = { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.s3" };
    expect(check("ec2/VpcEndpoint", given).inputs).toEqual({
      ...given,
      region: "eu-central-1",
      vpcEndpointType: "Gateway",
    });
  });

  it("do not touch what the program says", () => {
    const given = { deletionWindowInDays: 30, isEnabled: false };
    expect(check("kms/Key", given).inputs).toMatchObject(given);
  });
});

describe("names", () => {
  it.each<[string, string, Properties, RegExp]>([
    ["iam/Role", "name", { assumeRolePolicy: "{}" }, /^Laptops-[0-9a-f]{7}$/],
    ["s3/Bucket", "bucket", {}, /^laptops-[0-9a-f]{7}$/],
    ["kms/Alias", "name", { targetKeyId: "k" }, /^alias\/Laptops-[0-9a-f]{7}$/],
    ["cloudwatch/LogGroup", "name", {}, /^Laptops-[0-9a-f]{7}$/],
    ["bedrock/InferenceProfile", "name", {}, /^Laptops-[0-9a-f]{7}$/],
  ])("of %s are made from the logical name in %s", (type, property, given, pattern) => {
    const first = check(type, given).inputs[property];
    expect(first).toMatch(pattern);
    expect(check(type, given).inputs[property]).toBe(first);
  });

  it("are kept as they were in the last run", () => {
    const olds = { name: "Laptops-0000000" };
    expect(check("iam/Role", { assumeRolePolicy: "{}" }, olds).inputs.name).toBe("Laptops-0000000");
  });

  it("are made anew when the last one was the program's own", () => {
    const olds = { name: "chosen" };
    expect(check("iam/Role", { assumeRolePolicy: "{}" }, olds).inputs.name).not.toBe("chosen");
  });

  it("are left to the service when a prefix is given", () => {
    const { inputs } = check("iam/Role", { assumeRolePolicy: "{}", namePrefix: "x" });
    expect(inputs).not.toHaveProperty("name");
  });

  it("are not made for types that have none", () => {
    expect(check("ec2/Vpc", {}).inputs).not.toHaveProperty("name");
    expect(check("route53/Zone", {}).inputs).not.toHaveProperty("name");
  });
});

describe("what the SDK's types do not have", () => {
  it.each<[string, Properties, string[]]>([
    [
      "ec2/Vpc",
      { cidrBlocks: "10.0.0.0/16", arn: "x" },
      [
        'cidrBlocks: aws:ec2/vpc:Vpc has no input of this name; did you mean "cidrBlock"?',
        "arn: aws:ec2/vpc:Vpc has no input of this name",
      ],
    ],
    ["ec2/Subnet", {}, ["vpcId: aws:ec2/subnet:Subnet requires it"]],
    ["ec2/Vpc", { cidrBlock: 10 }, ["cidrBlock: expected string, got number"]],
    ["ec2/Vpc", { enableDnsSupport: "true" }, ["enableDnsSupport: expected boolean, got string"]],
    ["ec2/Vpc", { tags: ["a"] }, ["tags: expected map<string>, got list"]],
    ["ec2/Vpc", { tags: { a: 1 } }, ["tags.a: expected string, got number"]],
    [
      "ec2/VpcEndpoint",
      {
        vpcId: "vpc-1",
        serviceName: "s",
        subnetIds: "subnet-1",
        dnsOptions: { dnsRecordType: "ipv4" },
      },
      [
        "subnetIds: expected list<string>, got string",
        'dnsOptions.dnsRecordType: ec2/VpcEndpointDnsOptions has no input of this name; did you mean "dnsRecordIpType"?',
      ],
    ],
    [
      "rolesanywhere/TrustAnchor",
      { source: { sourceType: "CERTIFICATE_BUNDLE" } },
      ["source.sourceData: rolesanywhere/TrustAnchorSource requires it"],
    ],
    [
      "ec2/SecurityGroup",
      { ingress: [{ protocol: "tcp", fromPort: 443 }] },
      ["ingress[0].toPort: ec2/SecurityGroupIngress requires it"],
    ],
    [
      "iam/RolePolicy",
      {
        role: "r",
        policy: { Version: "2012-10-17", Statement: [{ Efect: "Allow", Effect: "Allow" }] },
      },
      [
        'policy.Statement[0].Efect: iam/PolicyStatement has no input of this name; did you mean "Effect"?',
      ],
    ],
  ])("is refused on %s: %j", (type, given, expected) => {
    expect(check(type, given).failures).toEqual(expected);
  });

  it("is not looked for inside values that are not known yet", () => {
    expect(
      check("ec2/VpcEndpoint", { vpcId: unknown, serviceName: unknown, dnsOptions: unknown })
        .failures,
    ).toEqual([]);
  });

  it("does not include the list of defaults the engine keeps, at any depth", () => {
    const given = {
      __defaults: [],
      source: { __defaults: [], sourceType: "CERTIFICATE_BUNDLE", sourceData: {} },
    };
    const { inputs, failures } = check("rolesanywhere/TrustAnchor", given);
    expect(failures).toEqual([]);
    expect(inputs).not.toHaveProperty("__defaults");
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
