import { describe, expect, it } from "vitest";

import { awsModel } from "../../../../offline/providers/aws/model.ts";
import { loadSchema } from "../../../../offline/providers/aws/schema.ts";
import { modelledTypes, tokenOf } from "../../../../offline/providers/aws/type-tokens.ts";

const model = awsModel();

describe("inputs that force a replacement", () => {
  it.each([
    ["ec2/Vpc", ["cidrBlock"], ["enableDnsSupport", "tags"]],
    ["ec2/Subnet", ["availabilityZone", "cidrBlock", "vpcId"], ["mapPublicIpOnLaunch", "tags"]],
    [
      "ec2/VpcEndpoint",
      ["serviceName", "serviceRegion", "vpcEndpointType", "vpcId"],
      ["policy", "privateDnsEnabled", "securityGroupIds", "subnetIds", "tags"],
    ],
    ["ec2/SecurityGroup", ["description", "name", "vpcId"], ["egress", "ingress", "tags"]],
    ["ec2/FlowLog", ["logDestination", "trafficType", "vpcId"], ["tags"]],
    ["iam/Role", ["name", "path"], ["assumeRolePolicy", "maxSessionDuration", "tags"]],
    ["iam/RolePolicy", ["name", "role"], ["policy"]],
    ["iam/OpenIdConnectProvider", ["url"], ["clientIdLists", "thumbprintLists"]],
    ["kms/Key", ["keyUsage", "multiRegion"], ["enableKeyRotation", "policy"]],
    ["kms/Alias", ["name"], ["targetKeyId"]],
    ["cloudwatch/LogGroup", ["logGroupClass", "name"], ["kmsKeyId", "retentionInDays"]],
    ["s3/Bucket", ["bucket", "objectLockEnabled"], ["forceDestroy", "tags"]],
    ["s3/BucketPolicy", ["bucket"], ["policy"]],
    ["cloudtrail/Trail", ["name"], ["isMultiRegionTrail", "s3BucketName"]],
    ["ssoadmin/PermissionSet", ["instanceArn", "name"], ["sessionDuration"]],
    ["ssoadmin/AccountAssignment", ["principalId", "targetId"], []],
    ["bedrock/InferenceProfile", ["modelSource", "name"], ["tags"]],
    ["bedrock/Guardrail", ["kmsKeyArn"], ["blockedInputMessaging", "name"]],
    ["bedrockfoundation/ModelAgreement", ["modelId", "offerToken"], []],
    ["rolesanywhere/TrustAnchor", [], ["enabled", "name", "source"]],
  ])("of %s include %j and none of %j", (type, replacing, inPlace) => {
    const replaceOn = model.replaceOn(tokenOf(type));
    expect(replacing.filter((name) => !replaceOn.has(name))).toEqual([]);
    expect(inPlace.filter((name) => replaceOn.has(name))).toEqual([]);
  });

  it("always include the region", () => {
    for (const type of modelledTypes)
      expect(model.replaceOn(tokenOf(type)).has("region")).toBe(true);
  });

  it("are inputs the SDK knows", () => {
    const { resources } = loadSchema();
    const strangers = modelledTypes.flatMap((type) =>
      [...model.replaceOn(tokenOf(type))]
        .filter((name) => name !== "region" && !resources.get(tokenOf(type))!.inputs.has(name))
        .map((name) => `${type}.${name}`),
    );
    expect(strangers).toEqual([]);
  });
});
