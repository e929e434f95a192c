import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import { checkDeliveredLogs, type DeliveredLogsArgs } from "./delivered-logs.ts";
import { trailPrefix } from "./log-bucket-policy.ts";
import { encryptedLogGroup } from "./log-group.ts";
import { routeNames } from "./names.ts";
import { arnAt } from "./place.ts";
import { serviceRole } from "./service-role.ts";

/** Arguments of {@link Trail}. */
export type TrailArgs = DeliveredLogsArgs;

/**
 * Records the management events of one region, Bedrock's invocations among them (InvokeModel and
 * Converse are management events), without sending anything to another region.
 *
 * Creates: a single-region trail with file validation, its log group and delivery role.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html
 */
export class Trail extends pulumi.ComponentResource {
  /** Plain ARN, known in any preview. */
  readonly trailArn: string;
  /** Plain name of the log group. */
  readonly logGroupName: string;

  constructor(name: string, args: TrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:Trail", name, {}, opts);
    rejectBadInputs(this, name, checkDeliveredLogs(args));
    const { place, label, bucket } = args;
    const { region, accountId } = place;
    const names = routeNames(label, place);
    this.trailArn = arnAt(place, "cloudtrail", `trail/${names.trailName}`);
    this.logGroupName = names.trailLogGroupName;

    const group = encryptedLogGroup(
      name,
      { ...args, region, logGroupName: this.logGroupName },
      { parent: this },
    );
    const groupArn = arnAt(place, "logs", `log-group:${this.logGroupName}`);
    const delivery = serviceRole(
      `${name}-delivery`,
      {
        roleName: `cowork-${label}-trail`,
        service: "cloudtrail",
        trustCondition: { StringEquals: { "aws:SourceArn": this.trailArn } },
        rules: args.roleRules,
        statements: [
          {
            Sid: "WriteEvents",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: `${groupArn}:log-stream:${accountId}_CloudTrail_${region}*`,
          },
        ],
      },
      { parent: this },
    );
    new aws.cloudtrail.Trail(
      name,
      {
        region,
        name: names.trailName,
        s3BucketName: bucket.bucketName,
        s3KeyPrefix: trailPrefix,
        kmsKeyId: args.kmsKeyArn,
        cloudWatchLogsGroupArn: `${groupArn}:*`,
        cloudWatchLogsRoleArn: delivery.role.arn,
        enableLogging: true,
        enableLogFileValidation: true,
        // Both would copy events of other regions into this one.
        isMultiRegionTrail: false,
        includeGlobalServiceEvents: false,
        eventSelectors: [{ readWriteType: "All", includeManagementEvents: true }],
      },
      { parent: this, dependsOn: [bucket, group, delivery.policy] },
    );

    this.registerOutputs({ trailArn: this.trailArn, logGroupName: this.logGroupName });
  }
}
