import { describe, expect, it } from "vitest";

import { awsModel } from "../../../../offline/providers/aws/model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";

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
