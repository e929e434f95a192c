import * as pulumi from "@pulumi/pulumi";
import { rejectBadInputs } from "../shared/input-check.ts";
import { aliasedKey } from "./aliased-key.ts";
import { logGroupsUseKey } from "./log-group-key.ts";
import { checkLabel, routeNames } from "./names.ts";
import { type AwsPlace, accountArn, arnAt, checkPlace, servicePrincipal } from "./place.ts";
import { policyText, type Statement } from "./policy-text.ts";

/** Arguments of {@link ResidencyKey}. */
export interface ResidencyKeyArgs {
  /** Required. Where the key rests. Plain: it decides the policy. */
  readonly place: AwsPlace;
  /** Required. Label of the route ({@link routeNames}). */
  readonly label: string;
  /** Optional. Whether CloudWatch alarms may publish to a topic under this key. Default: false. */
  readonly alarmTopic?: boolean;
}

/**
 * The customer-managed key under which a route's logs, trail and bucket rest. It never leaves its
 * region. It does not encrypt inference: what Bedrock processes is not stored under it.
 *
 * Creates: one key (rotated yearly, deleted 30 days after it is asked to be) and its alias.
 *
 * @throws pulumi.ResourceError when the region is not proven inside the zone or the label is bad.
 */
export class ResidencyKey extends pulumi.ComponentResource {
  readonly keyArn: pulumi.Output<string>;
  /** Plain alias, for example `alias/cowork-example-eu-frankfurt`. */
  readonly aliasName: string;

  constructor(name: string, args: ResidencyKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:ResidencyKey", name, {}, opts);
    const { place, label } = args;
    rejectBadInputs(this, name, [...checkPlace(place), ...checkLabel(label)]);
    const { region } = place;

    this.aliasName = routeNames(label, place).keyAlias;
    const key = aliasedKey(
      name,
      {
        region,
        alias: this.aliasName,
        description: `Logs of cowork route ${label}; stays in ${region}.`,
        policy: residencyKeyPolicy(args),
        kind: "rotated",
      },
      { parent: this },
    );

    this.keyArn = key.arn;
    this.registerOutputs({ keyArn: this.keyArn, aliasName: this.aliasName });
  }
}

/**
 * Key policy: the account, and each log service for exactly the resources of this route.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
 */
export function residencyKeyPolicy({ place, label, alarmTopic = false }: ResidencyKeyArgs): string {
  const names = routeNames(label, place);
  const groups = [names.invocationLogGroupName, names.trailLogGroupName, names.flowLogGroupName];
  const trailArn = arnAt(place, "cloudtrail", `trail/${names.trailName}`);
  const statements: Statement[] = [
    {
      Sid: "AccountAdministers",
      Effect: "Allow",
      Principal: { AWS: accountArn(place, "iam", "root") },
      Action: "kms:*",
      Resource: "*",
    },
    logGroupsUseKey(place, "LogGroupsOfThisRoute", groups),
    {
      Sid: "TrailOfThisRoute",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("cloudtrail") },
      // Decrypt because the bucket uses a bucket key.
      Action: ["kms:GenerateDataKey*", "kms:Decrypt", "kms:DescribeKey"],
      Resource: "*",
      // The trail's ARN holds the account; CloudTrail documents this key and no source account.
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    {
      Sid: "BedrockDeliversInvocationLogs",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("bedrock") },
      Action: "kms:GenerateDataKey",
      Resource: "*",
      Condition: fromBedrockOf(place),
    },
  ];
  if (alarmTopic) {
    statements.push({
      Sid: "AlarmPublishesToEncryptedTopic",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("cloudwatch") },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceAccount": place.accountId },
        ArnEquals: { "aws:SourceArn": arnAt(place, "cloudwatch", `alarm:${names.alarmName}`) },
      },
    });
  }
  return policyText(statements);
}

/** Holds only when Bedrock of this account and region is the one asking. */
export function fromBedrockOf(place: AwsPlace): NonNullable<Statement["Condition"]> {
  return {
    StringEquals: { "aws:SourceAccount": place.accountId },
    ArnLike: { "aws:SourceArn": arnAt(place, "bedrock", "*") },
  };
}
