import { describe, expect, it } from "vitest";

import { InvocationLogs } from "../../../components/aws/invocation-logs.ts";
import { LogBucket } from "../../../components/aws/log-bucket.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { inventoryOf, notIn, only } from "../../support/inventory.ts";
import { frankfurt, kmsKeyArn, label } from "./places.ts";

const configuration =
  "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration";
const bucketName = "cowork-example-eu-frankfurt-111122223333";
const common = { place: frankfurt, label, kmsKeyArn, retentionDays: 365 };

function build(changes: { content?: boolean; retentionDays?: number; bucketLabel?: string } = {}) {
  const { bucketLabel = label, ...rest } = changes;
  return deploy(() => {
    const bucket = new LogBucket("bucket", { ...common, label: bucketLabel });
    return new InvocationLogs("fra", { ...common, bucket, ...rest });
  });
}

describe("InvocationLogs", () => {
  it("writes metadata only unless told otherwise, and says so for all four kinds", async () => {
    const { resources, result } = await build();
    expect(only(resources, configuration)).toEqual({
      region: "eu-central-1",
      loggingConfig: {
        textDataDeliveryEnabled: false,
        imageDataDeliveryEnabled: false,
        embeddingDataDeliveryEnabled: false,
        videoDataDeliveryEnabled: false,
        cloudwatchConfig: {
          logGroupName: "/cowork/example-eu-frankfurt/invocations",
          roleArn: "arn:test:aws:iam/role:Role:fra-delivery",
        },
        s3Config: { bucketName, keyPrefix: "bedrock" },
      },
    });
    expect(result.content).toBe(false);
    expect(notIn("eu-central-1", resources)).toEqual([]);
  });

  it("writes prompts and answers when that is chosen, large ones to the same bucket", async () => {
    const { resources, result } = await build({ content: true });
    expect(only(resources, configuration)).toMatchObject({
      loggingConfig: {
        textDataDeliveryEnabled: true,
        imageDataDeliveryEnabled: true,
        embeddingDataDeliveryEnabled: true,
        videoDataDeliveryEnabled: true,
        cloudwatchConfig: { largeDataDeliveryS3Config: { bucketName, keyPrefix: "bedrock" } },
      },
    });
    expect(result.content).toBe(true);
  });

  it("keeps events under the route's key for the retention", async () => {
    const { resources } = await build();
    expect(only(resources, "aws:cloudwatch/logGroup:LogGroup")).toEqual({
      region: "eu-central-1",
      name: "/cowork/example-eu-frankfurt/invocations",
      retentionInDays: 365,
      kmsKeyId: kmsKeyArn,
    });
  });

  it("gives Bedrock of this account and region a role that can only append", async () => {
    const { values } = inventoryOf((await build()).resources);
    const role = values["aws:iam/role:Role::fra-delivery"];
    expect(role?.name).toBe("cowork-example-eu-frankfurt-bedrock-logs");
    expect(JSON.parse(String(role?.assumeRolePolicy)).Statement).toEqual([
      {
        Sid: "OnlyForThisAccount",
        Effect: "Allow",
        Principal: { Service: "bedrock.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:bedrock:eu-central-1:111122223333:*" },
        },
      },
    ]);
    const policy = values["aws:iam/rolePolicy:RolePolicy::fra-delivery"];
    expect(JSON.parse(String(policy?.policy)).Statement).toEqual([
      {
        Sid: "WriteInvocations",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource:
          "arn:aws:logs:eu-central-1:111122223333:log-group:/cowork/example-eu-frankfurt/invocations:log-stream:aws/bedrock/modelinvocations",
      },
    ]);
  });

  it("refuses another route's bucket", async () => {
    expect(await refusal(build({ bucketLabel: "example-eu-paris" }))).toBe(
      'fra: invalid arguments\n  bucket: "cowork-example-eu-paris-111122223333" is not this route\'s bucket "cowork-example-eu-frankfurt-111122223333"',
    );
  });

  it.each([0, 42, 365.5, Number.NaN])("refuses a retention of %d days", async (retentionDays) => {
    expect(await refusal(build({ retentionDays }))).toBe(
      `fra: invalid arguments\n  retentionDays: ${retentionDays} days; CloudWatch Logs keeps one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653`,
    );
  });
});
