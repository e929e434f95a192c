import type { ResourceType } from "../resource-type.ts";
import type { Rule } from "../rules.ts";

const name = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^[a-zA-Z0-9_-]{1,255}$/,
  wanted: "an ECS name: up to 255 letters, digits, hyphens and underscores",
});

/** ECS. Source: the Terraform AWS provider's schemas and validators. */
export const containerTypes: Readonly<Record<string, ResourceType>> = {
  "ecs/Cluster": {
    id: "{arn}",
    replaceOn: ["name"],
    autoName: { input: "name", maxLength: 255 },
    computed: { arn: "arn:{partition}:ecs:{region}:{account}:cluster/{name}" },
    rules: [
      name("name"),
      { rule: "oneOf", at: "settings.name", values: ["containerInsights"] },
      { rule: "oneOf", at: "settings.value", values: ["enabled", "enhanced", "disabled"] },
    ],
  },
  "ecs/TaskDefinition": {
    id: "{family}",
    // Every revision is a resource of its own.
    replaceOn: [
      "containerDefinitions",
      "cpu",
      "enableFaultInjection",
      "ephemeralStorage",
      "executionRoleArn",
      "family",
      "ipcMode",
      "memory",
      "networkMode",
      "pidMode",
      "placementConstraints",
      "proxyConfiguration",
      "requiresCompatibilities",
      "runtimePlatform",
      "taskRoleArn",
      "volumes",
    ],
    defaults: { skipDestroy: false, trackLatest: false },
    json: ["containerDefinitions"],
    computed: {
      arn: "arn:{partition}:ecs:{region}:{account}:task-definition/{family}:1",
      arnWithoutRevision: "arn:{partition}:ecs:{region}:{account}:task-definition/{family}",
      revision: 1,
    },
    rules: [
      name("family"),
      { rule: "arn", at: "executionRoleArn" },
      { rule: "arn", at: "taskRoleArn" },
      { rule: "oneOf", at: "networkMode", values: ["bridge", "host", "awsvpc", "none"] },
      {
        rule: "oneOf",
        at: "requiresCompatibilities[]",
        values: ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"],
      },
      { rule: "oneOf", at: "pidMode", values: ["host", "task"] },
      { rule: "oneOf", at: "ipcMode", values: ["host", "none", "task"] },
    ],
  },
  "ecs/Service": {
    id: "arn:{partition}:ecs:{region}:{account}:service/{clusterName}/{name}",
    replaceOn: ["cluster", "launchType", "name", "schedulingStrategy"],
    autoName: { input: "name", maxLength: 255 },
    defaults: {
      deploymentMaximumPercent: 200,
      deploymentMinimumHealthyPercent: 100,
      enableEcsManagedTags: false,
      enableExecuteCommand: false,
      schedulingStrategy: "REPLICA",
      waitForSteadyState: false,
    },
    computed: {
      arn: "{id}",
      availabilityZoneRebalancing: "DISABLED",
      iamRole:
        "arn:{partition}:iam::{account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
      launchType: "EC2",
      platformVersion: "LATEST",
    },
    rules: [
      name("name"),
      { rule: "oneOf", at: "launchType", values: ["EC2", "FARGATE", "EXTERNAL"] },
      { rule: "oneOf", at: "schedulingStrategy", values: ["REPLICA", "DAEMON"] },
      { rule: "range", at: "desiredCount", min: 0, max: 5000 },
      { rule: "range", at: "healthCheckGracePeriodSeconds", min: 0, max: 2_147_483_647 },
      { rule: "arn", at: "loadBalancers.targetGroupArn" },
      { rule: "range", at: "loadBalancers.containerPort", min: 0, max: 65_536 },
      { rule: "oneOf", at: "availabilityZoneRebalancing", values: ["ENABLED", "DISABLED"] },
    ],
  },
};
