import { describe, expect, it } from "vitest";

import { awsModel } from "../../../../offline/providers/aws/model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";

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

describe("nested objects", () => {
  it("carry the empty list of defaults real providers leave in them", () => {
    const source = { sourceType: "CERTIFICATE_BUNDLE", sourceData: { x509CertificateData: "pem" } };
    expect(check("rolesanywhere/TrustAnchor", { source }).inputs.source).toEqual({
      __defaults: [],
      sourceType: "CERTIFICATE_BUNDLE",
      sourceData: { __defaults: [], x509CertificateData: "pem" },
    });
  });

  it("inside lists carry it too, and maps of the program's own keys do not", () => {
    const ingress = [{ protocol: "tcp", fromPort: 443, toPort: 443 }];
    const { inputs } = check("ec2/SecurityGroup", { ingress, tags: { a: "b" } });
    expect(inputs.ingress).toEqual([{ __defaults: [], ...ingress[0] }]);
    expect(inputs.tags).toEqual({ a: "b" });
  });

  it("lose it again in the outputs", () => {
    const token = "aws:rolesanywhere/trustAnchor:TrustAnchor";
    const target = { urn: `urn:pulumi:eu::p::${token}::it`, type: token };
    const source = { sourceType: "CERTIFICATE_BUNDLE", sourceData: {} };
    const { inputs } = check("rolesanywhere/TrustAnchor", { source });
    expect(model.previewCreate(target, inputs, config).source).toEqual(source);
    expect(model.create(target, inputs, config).outputs.source).toEqual(source);
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
