import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import type { LogBucket } from "./log-bucket.ts";
import { invocationPrefix } from "./log-bucket-policy.ts";
import { encryptedLogGroup } from "./log-group.ts";
import { checkLabel, routeNames } from "./names.ts";
import { type AwsPlace, arnAt, checkPlace } from "./place.ts";
import { fromBedrockOf } from "./residency-key.ts";
import { checkRetention } from "./retention.ts";
import { type RoleRules, serviceRole } from "./service-role.ts";

/** Arguments of {@link InvocationLogs}. */
export interface InvocationLogsArgs {
  /** Required. Where the logs rest: Bedrock delivers only inside its own account and region. */
  readonly place: AwsPlace;
  /** Required. Label of the route. */
  readonly label: string;
  /** Required. Bucket of the same route. */
  readonly bucket: LogBucket;
  /** Required. Key of the same region. */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Required. Days the log group keeps its events; one of the values CloudWatch Logs accepts. */
  readonly retentionDays: number;
  /**
   * Optional. Whether prompts and answers are written too. Default: `false`, so only who called
   * which model, when, where it was processed and how many tokens it took.
   */
  readonly content?: boolean;
  /** Optional. Demands on the delivery role. */
  readonly roleRules?: RoleRules | undefined;
}

/**
 * Records every model invocation of one account and region. There is one such configuration per
 * account and region: two routes in the same pair would overwrite each other. It does not cover
 * `bedrock-mantle`.
 *
 * Creates: a log group, a delivery role only Bedrock of this account may assume, the configuration.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
 */
export class InvocationLogs extends pulumi.ComponentResource {
  /** Plain name, known in any preview. */
  readonly logGroupName: string;
  /** Whether prompts and answers are in the log. */
  readonly content: boolean;

  constructor(name: string, args: InvocationLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:InvocationLogs", name, {}, opts);
    rejectBadInputs(this, name, checkInvocationLogs(args));
    const { place, label, bucket, content = false } = args;
    const { region } = place;
    this.logGroupName = routeNames(label, place).invocationLogGroupName;
    this.content = content;

    const group = encryptedLogGroup(
      name,
      { ...args, region, logGroupName: this.logGroupName },
      { parent: this },
    );
    const delivery = serviceRole(
      `${name}-delivery`,
      {
        roleName: `cowork-${label}-bedrock-logs`,
        service: "bedrock",
        trustCondition: fromBedrockOf(place),
        rules: args.roleRules,
        statements: [
          {
            Sid: "WriteInvocations",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: arnAt(
              place,
              "logs",
              `log-group:${this.logGroupName}:log-stream:aws/bedrock/modelinvocations`,
            ),
          },
        ],
      },
      { parent: this },
    );
    new aws.bedrockmodel.InvocationLoggingConfiguration(
      name,
      {
        region,
        loggingConfig: {
          // Absent switches mean true at the provider, so all four are written out.
          textDataDeliveryEnabled: content,
          imageDataDeliveryEnabled: content,
          embeddingDataDeliveryEnabled: content,
          videoDataDeliveryEnabled: content,
          cloudwatchConfig: {
            logGroupName: group.name,
            roleArn: delivery.role.arn,
            // Events above 100 kB would be lost; only content makes them that large.
            ...(content && {
              largeDataDeliveryS3Config: {
                bucketName: bucket.bucketName,
                keyPrefix: invocationPrefix,
              },
            }),
          },
          s3Config: { bucketName: bucket.bucketName, keyPrefix: invocationPrefix },
        },
      },
      // Bedrock tests both targets when it is told of them.
      { parent: this, dependsOn: [bucket, delivery.policy] },
    );

    this.registerOutputs({ logGroupName: this.logGroupName, content });
  }
}

/** Pure, so that edges are tested without an engine. */
export function checkInvocationLogs(
  args: Pick<InvocationLogsArgs, "place" | "label" | "bucket" | "retentionDays">,
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
