import { describe, expect, it } from "vitest";

import { awsModel } from "../../../../offline/providers/aws/model.ts";
import { tokenOf } from "../../../../offline/providers/aws/type-tokens.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const model = awsModel();
const config = { region: "eu-central-1", allowedAccountIds: '["111122223333"]' };

function targetOf(type: string) {
  const token = tokenOf(type);
  return { urn: `urn:pulumi:eu::p::${token}::it`, type: token };
}

describe("an endpoint's own name", () => {
  const target = targetOf("ec2/VpcEndpoint");
  const names = (extra: Properties) => {
    const given = { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.bedrock-runtime" };
    const { id, outputs } = model.create(target, { ...given, ...extra }, config);
    return JSON.stringify(outputs.dnsEntries).replaceAll(id, "ID");
  };

  it("carries service and region, as laptops will call it", () => {
    expect(names({})).toMatch(
      /^\[\{"dnsName":"ID-[0-9a-f]{8}\.bedrock-runtime\.eu-central-1\.vpce\.amazonaws\.com","hostedZoneId":"Z[A-Z2-7]{13}"\}\]$/,
    );
  });
});

describe("partitions", () => {
  it.each([
    ["us-gov-west-1", "arn:aws-us-gov:sns:us-gov-west-1:123456789012:alarms"],
    ["cn-north-1", "arn:aws-cn:sns:cn-north-1:123456789012:alarms"],
    ["ap-northeast-1", "arn:aws:sns:ap-northeast-1:123456789012:alarms"],
  ])("follow the region %s", (region, expected) => {
    expect(model.create(targetOf("sns/Topic"), { name: "alarms" }, { region }).id).toBe(expected);
  });
});

describe("the account", () => {
  const arnFor = (given: Properties, fallback?: string) =>
    awsModel(fallback).create(targetOf("iam/User"), { name: "u", path: "/" }, given).outputs.arn;

  it.each<[string, Properties, string | undefined, string]>([
    ["the only one allowed", { allowedAccountIds: '["111122223333"]' }, undefined, "111122223333"],
    [
      "that of the assumed role",
      { assumeRoles: '[{"roleArn":"arn:aws:iam::444455556666:role/r"}]' },
      undefined,
      "444455556666",
    ],
    [
      "the server's own, when several are allowed",
      { allowedAccountIds: '["1","2"]' },
      "777788889999",
      "777788889999",
    ],
    [
      "the server's own, when the list is not known",
      { allowedAccountIds: unknown },
      "777788889999",
      "777788889999",
    ],
    ["AWS's example account, when nobody says", {}, undefined, "123456789012"],
  ])("is %s", (_, given, fallback, expected) => {
    expect(arnFor(given, fallback)).toBe(`arn:aws:iam::${expected}:user/u`);
  });
});

describe("tags", () => {
  it("of the provider reach every resource, and its own win", () => {
    const given = { defaultTags: '{"tags":{"a":"1","b":"1"}}' };
    const { outputs } = model.create(targetOf("sns/Topic"), { name: "t", tags: { b: "2" } }, given);
    expect(outputs.tagsAll).toEqual({ a: "1", b: "2" });
  });
});
