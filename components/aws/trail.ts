import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import type { LogBucket } from "./log-bucket.ts";
import { trailPrefix } from "./log-bucket-policy.ts";
import { encryptedLogGroup } from "./log-group.ts";
import { checkLabel, routeNames } from "./names.ts";
import { type AwsPlace, arnAt, checkPlace } from "./place.ts";
import { checkRetention } from "./retention.ts";
import { type RoleRules, serviceRole } from "./service-role.ts";

/** Arguments of {@link Trail}. */
export interface TrailArgs {
  /** Required. Where the trail rests and which region it records. */
  readonly place: AwsPlace;
  /** Required. Label of the route. */
  readonly label: string;
  /** Required. Bucket of the same route. */
  readonly bucket: LogBucket;
  /** Required. Key of the same region. */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Required. Days the log group keeps events; one of the values CloudWatch Logs accepts. */
  readonly retentionDays: number;
  /** Optional. Demands on the delivery role. */
  readonly roleRules?: RoleRules | undefined;
}

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
    rejectBadInputs(this, name, checkTrail(args));
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

/** Pure, so that edges are tested without an engine. */
export function checkTrail(
  args: Pick<TrailArgs, "place" | "label" | "bucket" | "retentionDays">,
): Problem[] {
  const { place, label, bucket, retentionDays } = args;
  const problems = [
    ...checkPlace(place),
    ...checkLabel(label),
    ...checkRetention("retentionDays", retentionDays),
  ];
  const own = routeNames(label, place).bucketName;
  if (bucket.bucketName !== own) {
    const reason = `"${bucket.bucketName}" is not this route's bucket "${own}"`;
    problems.push({ path: "bucket", reason });
  }
  return problems;
}
