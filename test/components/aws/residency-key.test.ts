import { describe, expect, it } from "vitest";

import { ResidencyKey, residencyKeyPolicy } from "../../../components/aws/residency-key.ts";
import { deploy, refusal, resolved } from "../../support/deploy.ts";
import { inventoryOf, notIn, only } from "../../support/inventory.ts";
import { frankfurt, label, usGov } from "./places.ts";

interface Read {
  readonly Sid: string;
  readonly Principal: { readonly AWS?: string; readonly Service?: string };
  readonly Action: unknown;
  readonly Condition?: unknown;
}
const statements = (text: string): Read[] => JSON.parse(text).Statement;

describe("ResidencyKey", () => {
  it("creates one rotated key of one region, and its alias", async () => {
    const { resources, result } = await deploy(
      () => new ResidencyKey("fra", { place: frankfurt, label }),
    );

    expect(inventoryOf(resources).counts).toEqual({
      "aws:kms/alias:Alias": 1,
      "aws:kms/key:Key": 1,
      "cowork:aws:ResidencyKey": 1,
    });
    expect(notIn("eu-central-1", resources)).toEqual([]);
    expect(only(resources, "aws:kms/key:Key")).toMatchObject({
      enableKeyRotation: true,
      multiRegion: false,
      deletionWindowInDays: 30,
    });
    expect(only(resources, "aws:kms/key:Key").bypassPolicyLockoutSafetyCheck).toBeUndefined();
    expect(only(resources, "aws:kms/alias:Alias").name).toBe("alias/cowork-example-eu-frankfurt");
    expect(await resolved(result.keyArn)).toBe("arn:test:aws:kms/key:Key:fra");
  });

  it("names every bad argument in one error", async () => {
    const place = { ...frankfurt, accountId: "", region: "eu-west-2" };
    const program = () => new ResidencyKey("lon", { place, label: "Bad Label" });
    expect(await refusal(deploy(program))).toBe(
      [
        "lon: invalid arguments",
        '  accountId: "" is not a 12-digit account id',
        "  region: outside: eu-west-2 is in GB, outside zone eu",
        '  label: "Bad Label" may hold lower-case letters, digits and single hyphens between them',
      ].join("\n"),
    );
  });
});

describe("residencyKeyPolicy", () => {
  it("lets in the account and each log service for this route's own resources only", () => {
    const logs = "arn:aws:logs:eu-central-1:111122223333:log-group:/cowork/example-eu-frankfurt";
    const trail = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/cowork-example-eu-frankfurt";
    expect(
      statements(residencyKeyPolicy({ place: frankfurt, label })).map((s) => [
        s.Principal,
        s.Condition,
      ]),
    ).toEqual([
      [{ AWS: "arn:aws:iam::111122223333:root" }, undefined],
      [
        { Service: "logs.eu-central-1.amazonaws.com" },
        {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": [
              `${logs}/invocations`,
              `${logs}/trail`,
              `${logs}/flow`,
            ],
          },
        },
      ],
      [{ Service: "cloudtrail.amazonaws.com" }, { StringEquals: { "aws:SourceArn": trail } }],
      [
        { Service: "bedrock.amazonaws.com" },
        {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:bedrock:eu-central-1:111122223333:*" },
        },
      ],
    ]);
  });

  it("gives every service a condition, and none of them the whole key", () => {
    const services = statements(
      residencyKeyPolicy({ place: frankfurt, label, alarmTopic: true }),
    ).filter((s) => s.Principal.Service !== undefined);
    expect(services.map((s) => s.Sid)).toEqual([
      "LogGroupsOfThisRoute",
      "TrailOfThisRoute",
      "BedrockDeliversInvocationLogs",
      "AlarmPublishesToEncryptedTopic",
    ]);
    for (const { Condition, Action } of services) {
      expect(Condition).toBeDefined();
      expect([Action].flat()).not.toContain("kms:*");
    }
  });

  it("takes the partition from the zone", () => {
    const place = { zone: usGov, accountId: "111122223333", region: "us-gov-west-1" };
    const text = residencyKeyPolicy({ place, label, alarmTopic: true });
    expect(text).not.toContain("arn:aws:");
    expect(text).toContain("arn:aws-us-gov:iam::111122223333:root");
  });
});
