import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { arnAt, servicePrincipal } from "../place.ts";
import { policyText, type Statement } from "../policy-text.ts";
import { type RoleRules, serviceRole } from "../service-role.ts";
import type { ServicePlan } from "./plan.ts";
import { startStatements, taskStatements } from "./statements.ts";
import { containerName } from "./task.ts";

/**
 * Who acts as these roles: ECS, for tasks of this account and region and nobody else's.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html (a cluster cannot be named; looked up 2026-11-21)
 */
export function forTasksOf({
  place,
}: Pick<ServicePlan, "place">): NonNullable<Statement["Condition"]> {
  return {
    StringEquals: { "aws:SourceAccount": place.accountId },
    ArnLike: { "aws:SourceArn": arnAt(place, "ecs", "*") },
  };
}

export interface ServiceRoles {
  readonly taskRoleArn: pulumi.Output<string>;
  readonly startRoleArn: pulumi.Output<string>;
  readonly ready: readonly pulumi.Resource[];
}

/** The role the service acts as and the one its tasks are started as. */
export function serviceRoles(
  name: string,
  plan: ServicePlan,
  rules: RoleRules,
  opts: pulumi.CustomResourceOptions,
): ServiceRoles {
  const { names } = plan;
  const start = serviceRole(
    `${name}-start`,
    {
      roleName: names.startRoleName,
      service: "ecs-tasks",
      trustCondition: forTasksOf(plan),
      statements: startStatements(plan),
      rules,
    },
    opts,
  );
  const task = new aws.iam.Role(
    `${name}-task`,
    {
      name: names.taskRoleName,
      ...rules,
      description: `The cowork token service of ${plan.geography}.`,
      assumeRolePolicy: policyText([
        {
          Sid: "OnlyForThisAccount",
          Effect: "Allow",
          Principal: { Service: servicePrincipal("ecs-tasks") },
          Action: "sts:AssumeRole",
          Condition: forTasksOf(plan),
        },
      ]),
    },
    opts,
  );
  const statements = taskStatements(plan);
  const policy =
    statements.length === 0
      ? []
      : [
          new aws.iam.RolePolicy(
            `${name}-task`,
            { name: names.taskRoleName, role: task.name, policy: policyText(statements) },
            opts,
          ),
        ];
  return {
    taskRoleArn: task.arn,
    startRoleArn: start.role.arn,
    ready: [start.policy, ...policy],
  };
}

/** Two replicas or more on Fargate, in private subnets, replaced one by one and rolled back when they fail. */
export function fargateService(
  name: string,
  { place, names }: ServicePlan,
  args: {
    readonly roles: ServiceRoles;
    readonly containers: string;
    /** What AWS chose, by its name. */
    readonly chosen: Readonly<Record<string, pulumi.Input<string>>>;
    readonly replicas: number;
    readonly port: number;
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly securityGroupId: pulumi.Input<string>;
    readonly targetGroupArn: pulumi.Input<string>;
  },
  opts: { readonly parent: pulumi.Resource; readonly dependsOn: readonly pulumi.Resource[] },
): aws.ecs.Service {
  const { region } = place;
  const inside = { parent: opts.parent };
  const cluster = new aws.ecs.Cluster(
    name,
    {
      region,
      name: names.clusterName,
      // Written out: Container Insights keeps a log group of its own, outside our key and retention.
      settings: [{ name: "containerInsights", value: "disabled" }],
    },
    inside,
  );
  const task = new aws.ecs.TaskDefinition(
    name,
    {
      region,
      family: names.clusterName,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "1024",
      memory: "2048",
      taskRoleArn: args.roles.taskRoleArn,
      executionRoleArn: args.roles.startRoleArn,
      containerDefinitions: args.containers,
    },
    { ...inside, dependsOn: [...args.roles.ready] },
  );
  return new aws.ecs.Service(
    name,
    {
      region,
      name: names.clusterName,
      cluster: cluster.arn,
      taskDefinition: task.arn,
      launchType: "FARGATE",
      desiredCount: args.replicas,
      availabilityZoneRebalancing: "ENABLED",
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      enableExecuteCommand: false,
      healthCheckGracePeriodSeconds: 60,
      networkConfiguration: {
        subnets: [...args.subnetIds],
        securityGroups: [args.securityGroupId],
        assignPublicIp: false,
      },
      loadBalancers: [
        {
          targetGroupArn: args.targetGroupArn,
          containerName,
          containerPort: args.port,
        },
      ],
      // What AWS chose may change under an unchanged task definition; tasks read it when they start.
      forceNewDeployment: true,
      triggers: args.chosen,
      // `up` fails when the tasks do not come up, instead of leaving that to the first laptop.
      waitForSteadyState: true,
    },
    { ...inside, dependsOn: [...opts.dependsOn] },
  );
}
