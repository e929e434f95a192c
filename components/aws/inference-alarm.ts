import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { arnParts } from "../../residency/arn.ts";
import { regionVerdict } from "../../residency/regions.ts";
import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import { checkLabel, routeNames } from "./names.ts";
import { type AwsPlace, arnAt, checkPlace, servicePrincipal } from "./place.ts";
import { policyText } from "./policy-text.ts";
import type { Trail } from "./trail.ts";

/** Who hears of the alarm. */
export type AlarmTopic =
  /** A new topic under the route's key ({@link InferenceAlarmArgs.kmsKeyArn}); the company subscribes to it. */
  | { readonly kind: "create" }
  /** A topic of the same region that already exists. */
  | { readonly kind: "existing"; readonly arn: string };

/** Arguments of {@link InferenceAlarm}. */
export interface InferenceAlarmArgs {
  /** Required. Where trail and alarm rest. */
  readonly place: AwsPlace;
  /** Required. Label of the route. */
  readonly label: string;
  /** Required. Trail whose log group is watched. */
  readonly trail: Trail;
  /** Required. Every region that may process a request of this route. */
  readonly destinations: readonly string[];
  /** Required. Key a new topic is encrypted with; its policy must allow alarms ({@link ResidencyKey} `alarmTopic`). */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Optional. Default: the alarm changes state and tells nobody. */
  readonly topic?: AlarmTopic | undefined;
}

/** Longest filter pattern CloudWatch Logs takes, in characters. */
const maxPatternLength = 1024;

/**
 * Rises when CloudTrail reports an inference processed in a region the route does not name. It
 * detects, minutes later; what prevents is the policies.
 *
 * Creates: a metric filter, an alarm, and a topic where one is asked for.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 */
export class InferenceAlarm extends pulumi.ComponentResource {
  /** Plain ARN of the alarm. */
  readonly alarmArn: string;
  /** ARN of the topic it tells; `undefined` when it tells nobody. */
  readonly topicArn: string | undefined;

  constructor(name: string, args: InferenceAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:InferenceAlarm", name, {}, opts);
    rejectBadInputs(this, name, checkInferenceAlarm(args));
    const { place, label, trail, topic } = args;
    const { region } = place;
    const names = routeNames(label, place);
    this.alarmArn = arnAt(place, "cloudwatch", `alarm:${names.alarmName}`);
    this.topicArn = topic?.kind === "create" ? arnAt(place, "sns", names.topicName) : topic?.arn;

    const waitFor: pulumi.Resource[] = [];
    if (topic?.kind === "create") {
      const created = new aws.sns.Topic(
        name,
        {
          region,
          name: names.topicName,
          kmsMasterKeyId: args.kmsKeyArn,
          policy: policyText([
            {
              Sid: "OnlyThisAlarmPublishes",
              Effect: "Allow",
              Principal: { Service: servicePrincipal("cloudwatch") },
              Action: "sns:Publish",
              Resource: arnAt(place, "sns", names.topicName),
              Condition: {
                StringEquals: { "aws:SourceAccount": place.accountId },
                ArnEquals: { "aws:SourceArn": this.alarmArn },
              },
            },
          ]),
        },
        { parent: this },
      );
      waitFor.push(created);
    }
    const metric = { namespace: "Cowork/Residency", name: `inference-outside-${label}` };
    const filter = new aws.cloudwatch.LogMetricFilter(
      name,
      {
        region,
        name: names.alarmName,
        logGroupName: trail.logGroupName,
        pattern: outsidePattern(args.destinations),
        metricTransformation: { ...metric, value: "1", defaultValue: "0" },
      },
      { parent: this, dependsOn: [trail] },
    );
    new aws.cloudwatch.MetricAlarm(
      name,
      {
        region,
        name: names.alarmName,
        alarmDescription: `An inference of ${label} was processed outside ${args.destinations.join(", ")}.`,
        namespace: metric.namespace,
        metricName: metric.name,
        statistic: "Sum",
        period: 60,
        evaluationPeriods: 1,
        threshold: 0,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
        ...(this.topicArn !== undefined && { alarmActions: [this.topicArn] }),
      },
      { parent: this, dependsOn: [filter, ...waitFor] },
    );

    this.registerOutputs({ alarmArn: this.alarmArn, topicArn: this.topicArn });
  }
}

/**
 * Matches events that say where the inference ran and name none of `destinations`. Events without
 * the field say nothing about a place, so they must not match: hence the first clause.
 */
export function outsidePattern(destinations: readonly string[]): string {
  const field = "$.additionalEventData.inferenceRegion";
  const clauses = [
    `(${field} = "*")`,
    ...destinations.toSorted().map((region) => `(${field} != "${region}")`),
  ];
  return `{ ${clauses.join(" && ")} }`;
}

/** Pure. */
function checkInferenceAlarm(
  args: Pick<InferenceAlarmArgs, "place" | "label" | "destinations" | "topic">,
): Problem[] {
  const { place, label, destinations, topic } = args;
  const problems = [...checkPlace(place), ...checkLabel(label)];
  if (destinations.length === 0) {
    problems.push({
      path: "destinations",
      reason: "empty; every invocation would raise the alarm",
    });
  }
  for (const region of destinations) {
    const { status, reason } = regionVerdict(place.zone, region);
    // A silent alarm for a place outside the zone is worse than none.
    if (status !== "inside")
      problems.push({ path: "destinations", reason: `${status}: ${reason}` });
  }
  const { length } = outsidePattern(destinations);
  if (length > maxPatternLength) {
    const reason = `the filter has ${length} characters; CloudWatch Logs takes ${maxPatternLength}`;
    problems.push({ path: "destinations", reason });
  }
  if (topic?.kind === "existing") {
    const parts = arnParts(topic.arn);
    if (parts?.service !== "sns" || parts.region !== place.region) {
      const reason = `"${topic.arn}" is not an SNS topic in ${place.region}`;
      problems.push({ path: "topic.arn", reason });
    }
  }
  return problems;
}
