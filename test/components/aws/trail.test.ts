import { describe, expect, it } from "vitest";

import {
  type AlarmTopic,
  InferenceAlarm,
  outsidePattern,
} from "../../../components/aws/inference-alarm.ts";
import { LogBucket } from "../../../components/aws/log-bucket.ts";
import { Trail } from "../../../components/aws/trail.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { inventoryOf, notIn, only } from "../../support/inventory.ts";
import { frankfurt, kmsKeyArn, label } from "./places.ts";

const common = { place: frankfurt, label, kmsKeyArn, retentionDays: 365 };

describe("Trail", () => {
  const build = (bucketLabel = label) =>
    deploy(() => {
      const bucket = new LogBucket("bucket", { ...common, label: bucketLabel });
      return new Trail("fra", { ...common, bucket });
    });

  it("records one region into that region's bucket and log group, validated and encrypted", async () => {
    const { resources, result } = await build();
    expect(only(resources, "aws:cloudtrail/trail:Trail")).toEqual({
      region: "eu-central-1",
      name: "cowork-example-eu-frankfurt",
      s3BucketName: "cowork-example-eu-frankfurt-111122223333",
      s3KeyPrefix: "trail",
      kmsKeyId: kmsKeyArn,
      cloudWatchLogsGroupArn:
        "arn:aws:logs:eu-central-1:111122223333:log-group:/cowork/example-eu-frankfurt/trail:*",
      cloudWatchLogsRoleArn: "arn:test:aws:iam/role:Role:fra-delivery",
      enableLogging: true,
      enableLogFileValidation: true,
      isMultiRegionTrail: false,
      includeGlobalServiceEvents: false,
      eventSelectors: [{ readWriteType: "All", includeManagementEvents: true }],
    });
    expect(notIn("eu-central-1", resources)).toEqual([]);
    expect(result.trailArn).toBe(
      "arn:aws:cloudtrail:eu-central-1:111122223333:trail/cowork-example-eu-frankfurt",
    );
  });

  it("lets only this trail use its role, and the role only its own streams", async () => {
    const { values } = inventoryOf((await build()).resources);
    const role = values["aws:iam/role:Role::fra-delivery"];
    expect(JSON.parse(String(role?.assumeRolePolicy)).Statement[0].Condition).toEqual({
      StringEquals: {
        "aws:SourceArn":
          "arn:aws:cloudtrail:eu-central-1:111122223333:trail/cowork-example-eu-frankfurt",
      },
    });
    const policy = values["aws:iam/rolePolicy:RolePolicy::fra-delivery"];
    expect(JSON.parse(String(policy?.policy)).Statement[0].Resource).toBe(
      "arn:aws:logs:eu-central-1:111122223333:log-group:/cowork/example-eu-frankfurt/trail:log-stream:111122223333_CloudTrail_eu-central-1*",
    );
  });

  it("refuses another route's bucket", async () => {
    expect(await refusal(build("example-eu-paris"))).toBe(
      'fra: invalid arguments\n  bucket: "cowork-example-eu-paris-111122223333" is not this route\'s bucket "cowork-example-eu-frankfurt-111122223333"',
    );
  });
});

describe("InferenceAlarm", () => {
  const build = (changes: { destinations?: string[]; topic?: AlarmTopic } = {}) =>
    deploy(() => {
      const bucket = new LogBucket("bucket", common);
      const trail = new Trail("trail", { ...common, bucket });
      const destinations = ["eu-central-1", "eu-west-1"];
      return new InferenceAlarm("fra", { ...common, trail, destinations, ...changes });
    });
  const alarmName = "cowork-example-eu-frankfurt-inference-outside-zone";

  it("counts inferences elsewhere in the trail's log group and rises at the first", async () => {
    const { resources, result } = await build();
    expect(only(resources, "aws:cloudwatch/logMetricFilter:LogMetricFilter")).toEqual({
      region: "eu-central-1",
      name: alarmName,
      logGroupName: "/cowork/example-eu-frankfurt/trail",
      pattern:
        '{ ($.additionalEventData.inferenceRegion = "*") && ($.additionalEventData.inferenceRegion != "eu-central-1") && ($.additionalEventData.inferenceRegion != "eu-west-1") }',
      metricTransformation: {
        namespace: "Cowork/Residency",
        name: "inference-outside-example-eu-frankfurt",
        value: "1",
        defaultValue: "0",
      },
    });
    expect(only(resources, "aws:cloudwatch/metricAlarm:MetricAlarm")).toEqual({
      region: "eu-central-1",
      name: alarmName,
      alarmDescription:
        "An inference of example-eu-frankfurt was processed outside eu-central-1, eu-west-1.",
      namespace: "Cowork/Residency",
      metricName: "inference-outside-example-eu-frankfurt",
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
    });
    expect(notIn("eu-central-1", resources)).toEqual([]);
    expect(result.topicArn).toBeUndefined();
  });

  it("tells a new encrypted topic that only this alarm may publish to", async () => {
    const { resources } = await build({ topic: { kind: "create" } });
    const topicArn = "arn:aws:sns:eu-central-1:111122223333:cowork-example-eu-frankfurt-alarms";
    const topic = only(resources, "aws:sns/topic:Topic");
    expect(topic).toMatchObject({ region: "eu-central-1", kmsMasterKeyId: kmsKeyArn });
    expect(JSON.parse(String(topic.policy)).Statement).toEqual([
      {
        Sid: "OnlyThisAlarmPublishes",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnEquals: {
            "aws:SourceArn": `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${alarmName}`,
          },
        },
      },
    ]);
    expect(only(resources, "aws:cloudwatch/metricAlarm:MetricAlarm").alarmActions).toEqual([
      topicArn,
    ]);
  });

  it("tells an existing topic of the same region", async () => {
    const arn = "arn:aws:sns:eu-central-1:444455556666:security";
    const { resources } = await build({ topic: { kind: "existing", arn } });
    expect(only(resources, "aws:cloudwatch/metricAlarm:MetricAlarm").alarmActions).toEqual([arn]);
    expect(resources.filter((r) => r.type.startsWith("aws:sns"))).toEqual([]);
  });

  it.each([
    "",
    "security",
    "arn:aws:sns:us-east-1:444455556666:security",
    "arn:aws:sqs:eu-central-1:444455556666:security",
  ])('refuses the topic "%s"', async (arn) => {
    expect(await refusal(build({ topic: { kind: "existing", arn } }))).toBe(
      `fra: invalid arguments\n  topic.arn: "${arn}" is not an SNS topic in eu-central-1`,
    );
  });

  it.each([
    [[], "empty; every invocation would raise the alarm"],
    [["us-east-1"], "outside: us-east-1 is in US, outside zone eu"],
    [["*"], 'undecidable: no dated source says which country the region "*" is in'],
  ])("refuses to call %j expected", async (destinations, reason) => {
    expect(await refusal(build({ destinations }))).toBe(
      `fra: invalid arguments\n  destinations: ${reason}`,
    );
  });

  it("writes the same pattern whatever the order", () => {
    expect(outsidePattern(["b", "a"])).toBe(outsidePattern(["a", "b"]));
  });
});
