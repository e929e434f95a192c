import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { schemaText } from "../../../../offline/providers/aws/generate-schema.ts";
import { resourceTypes } from "../../../../offline/providers/aws/resource-types.ts";
import { loadSchema } from "../../../../offline/providers/aws/schema.ts";

describe("schema.json", () => {
  it("is what the installed SDK's type definitions say; if not, run generate-schema.ts", () => {
    const file = join(import.meta.dirname, "../../../../offline/providers/aws/schema.json");
    expect(schemaText()).toBe(readFileSync(file, "utf8"));
  }, 30_000);

  it("knows required from optional, and every nested type an input leads to", () => {
    const { resources, types } = loadSchema();
    const endpoint = resources.get("aws:ec2/vpcEndpoint:VpcEndpoint")!;
    expect(endpoint.inputs.get("vpcId")).toEqual({ kind: { is: "string" }, required: true });
    expect(endpoint.inputs.get("subnetIds")).toEqual({
      kind: { is: "list", of: { is: "string" } },
      required: false,
    });
    expect(endpoint.inputs.has("arn")).toBe(false);
    expect(endpoint.outputs.get("arn")).toEqual({ kind: { is: "string" }, required: true });
    expect([...types.get("ec2/VpcEndpointDnsOptions")!.keys()]).toEqual([
      "dnsRecordIpType",
      "privateDnsOnlyForInboundResolverEndpoint",
      "privateDnsPreference",
      "privateDnsSpecifiedDomains",
    ]);
  });

  it("has no region input on the global services and on IAM Roles Anywhere", () => {
    const without = [...loadSchema().resources]
      .filter(([, { inputs }]) => !inputs.has("region"))
      .map(([token]) => token);
    expect(without).toEqual([
      "aws:bedrock/useCaseForModelAccess:UseCaseForModelAccess",
      "aws:iam/instanceProfile:InstanceProfile",
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
      "aws:iam/policy:Policy",
      "aws:iam/role:Role",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
      "aws:iam/user:User",
      "aws:iam/userPolicy:UserPolicy",
      "aws:rolesanywhere/profile:Profile",
      "aws:rolesanywhere/trustAnchor:TrustAnchor",
      "aws:route53/record:Record",
      "aws:route53/zone:Zone",
    ]);
  });
});

describe("what the stand-in adds to the SDK's types", () => {
  it("names only inputs and outputs the SDK has", () => {
    const strangers = [...resourceTypes.values()].flatMap((type) => {
      const paths = (type.rules ?? []).flatMap((rule) => ("of" in rule ? rule.of : [rule.at]));
      const inputs = [...Object.keys(type.defaults ?? {}), ...(type.json ?? []), ...paths]
        .map((path) => /^\w+/.exec(path)?.[0] ?? path)
        .filter((name) => !type.schema.inputs.has(name));
      const outputs = Object.keys(type.computed ?? {}).filter(
        (name) => !type.schema.outputs.has(name),
      );
      return [...inputs, ...outputs].map((name) => `${type.token} ${name}`);
    });
    expect(strangers).toEqual([]);
  });
});
