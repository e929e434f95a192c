import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import { checkDeliveredLogs, type DeliveredLogsArgs } from "./delivered-logs.ts";
import { invocationPrefix } from "./log-bucket-policy.ts";
import { encryptedLogGroup } from "./log-group.ts";
import { routeNames } from "./names.ts";
import { arnAt } from "./place.ts";
import { fromBedrockOf } from "./residency-key.ts";
import { serviceRole } from "./service-role.ts";

/** Arguments of {@link InvocationLogs}. */
export interface InvocationLogsArgs extends DeliveredLogsArgs {
  /**
   * Optional. Whether prompts and answers are written too. Default: `false`, so only who called
   * which model, when, where it was processed and how many tokens it took.
   */
  readonly content?: boolean;
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
    rejectBadInputs(this, name, checkDeliveredLogs(args));
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
