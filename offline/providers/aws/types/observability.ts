import type { ResourceType } from "../resource-type.ts";
import type { Rule } from "../rules.ts";

const logGroupName = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^[\w./#-]{1,512}$/,
  wanted: "a log group name: up to 512 letters, digits and . _ - / #",
});

/** CloudWatch, CloudWatch Logs, EventBridge and CloudTrail. Source: the Terraform AWS provider. */
export const observabilityTypes: Readonly<Record<string, ResourceType>> = {
  "cloudwatch/LogGroup": {
    id: "{name}",
    replaceOn: ["name", "namePrefix", "logGroupClass"],
    autoName: { input: "name", maxLength: 512 },
    defaults: { retentionInDays: 0, skipDestroy: false },
    computed: {
      arn: "arn:{partition}:logs:{region}:{account}:log-group:{name}",
      logGroupClass: "STANDARD",
    },
    rules: [
      logGroupName("name"),
      {
        // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
        rule: "oneOf",
        at: "retentionInDays",
        values: [
          ...[0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
          ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
        ],
      },
      { rule: "arn", at: "kmsKeyId" },
      {
        rule: "oneOf",
        at: "logGroupClass",
        values: ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"],
      },
    ],
  },
  "cloudwatch/LogMetricFilter": {
    id: "{name}",
    replaceOn: ["name", "logGroupName"],
    autoName: { input: "name", maxLength: 512 },
    rules: [logGroupName("logGroupName")],
  },
  "cloudwatch/LogResourcePolicy": {
    id: "{policyName}",
    replaceOn: ["policyName"],
    autoName: "none",
    computed: { policyScope: "ACCOUNT", revisionId: "{hex:32}" },
  },
  "cloudwatch/MetricAlarm": {
    id: "{name}",
    replaceOn: ["name"],
    autoName: { input: "name", maxLength: 255 },
    defaults: { actionsEnabled: true, treatMissingData: "missing" },
    computed: { arn: "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}" },
    rules: [
      {
        rule: "oneOf",
        at: "comparisonOperator",
        values: [
          "GreaterThanOrEqualToThreshold",
          "GreaterThanThreshold",
          "GreaterThanUpperThreshold",
          "LessThanLowerOrGreaterThanUpperThreshold",
          "LessThanLowerThreshold",
          "LessThanOrEqualToThreshold",
          "LessThanThreshold",
        ],
      },
      {
        rule: "oneOf",
        at: "treatMissingData",
        values: ["breaching", "notBreaching", "ignore", "missing"],
      },
      {
        rule: "oneOf",
        at: "statistic",
        values: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"],
      },
      { rule: "arn", at: "alarmActions[]" },
    ],
  },
  "cloudwatch/EventRule": {
    id: "{name}",
    replaceOn: ["name", "namePrefix", "eventBusName"],
    autoName: { input: "name", maxLength: 64 },
    json: ["eventPattern"],
    defaults: { eventBusName: "default", forceDestroy: false },
    computed: { arn: "arn:{partition}:events:{region}:{account}:rule/{name}" },
    rules: [
      {
        rule: "oneOf",
        at: "state",
        values: ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"],
      },
      {
        rule: "matches",
        at: "name",
        pattern: /^[\w.-]{1,64}$/,
        wanted: "a rule name: up to 64 letters, digits and . _ -",
      },
    ],
  },
  "cloudwatch/EventTarget": {
    id: "{rule}-{targetId}",
    replaceOn: ["rule", "targetId", "eventBusName"],
    defaults: { eventBusName: "default", forceDestroy: false },
    computed: { targetId: "terraform-{hex:26}" },
    rules: [
      { rule: "arn", at: "arn" },
      { rule: "arn", at: "roleArn" },
    ],
  },
  "cloudtrail/Trail": {
    id: "arn:{partition}:cloudtrail:{region}:{account}:trail/{name}",
    replaceOn: ["name"],
    autoName: { input: "name", maxLength: 128 },
    defaults: {
      enableLogFileValidation: false,
      enableLogging: true,
      includeGlobalServiceEvents: true,
      isMultiRegionTrail: false,
      isOrganizationTrail: false,
    },
    computed: { arn: "{id}", homeRegion: "{region}" },
    rules: [
      {
        rule: "matches",
        at: "name",
        pattern: /^[a-zA-Z0-9](?:[\w.-]{1,126})[a-zA-Z0-9]$/,
        wanted: "a trail name: 3 to 128 letters, digits and . _ -",
      },
      { rule: "arn", at: "cloudWatchLogsGroupArn" },
      { rule: "arn", at: "cloudWatchLogsRoleArn" },
      { rule: "arn", at: "kmsKeyId" },
      { rule: "atMostOne", of: ["eventSelectors", "advancedEventSelectors"] },
    ],
  },
};
