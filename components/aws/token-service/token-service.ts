import * as pulumi from "@pulumi/pulumi";
import { rejectBadInputs } from "../../shared/input-check.ts";
import { listenSettings } from "../../shared/listen-settings.ts";
import type { CreatedTokenService } from "../../shared/token-service.ts";
import { defaultPath } from "../iam/role-settings.ts";
import { encryptedLogGroup } from "../log-group.ts";
import type { RoleRules } from "../service-role.ts";
import type { AwsTokenServiceArgs } from "./args.ts";
import { checkTokenService } from "./checks.ts";
import { type ChosenValue, chosenParameter } from "./chosen-values.ts";
import { edgeBucket } from "./edge-bucket.ts";
import { serviceEndpoints } from "./endpoints.ts";
import { dataKey, signingKey } from "./keys.ts";
import { serviceLoadBalancer } from "./load-balancer.ts";
import { httpsCidrs, type PlacedNetwork, placedNetwork, subnetCidrs } from "./network.ts";
import { createdForService, planService, type ServicePlan } from "./plan.ts";
import { deviceCertificatePort, deviceOriginOf, tokenPort } from "./ports.ts";
import { remainingSteps } from "./remaining-steps.ts";
import { outgoingRule, type ServiceGroups, serviceGroups } from "./security-groups.ts";
import { fargateService, serviceRoles } from "./service.ts";
import { createdStore } from "./store.ts";
import { storeAddress } from "./store-checks.ts";
import { containerDefinitions } from "./task.ts";

/**
 * The token service of one geography in one AWS region: two replicas or more on Fargate behind an internal load
 * balancer, in a VPC without a way out, with a shared store that keeps what it acknowledged.
 *
 * Creates: a VPC unless one is given, endpoints, security groups, a key for what rests and, where a gateway route
 * needs one, a key that signs; a store unless one is given; a log group; two roles; a bucket, a load balancer
 * and, for device certificates, a trust store; cluster, task definition and service.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 */
export class TokenService extends pulumi.ComponentResource implements CreatedTokenService {
  readonly target: pulumi.Output<string>;
  readonly logs: pulumi.Output<string>;
  /** Role the service acts as; plain, so that what trusts it is known in a preview. */
  readonly taskRoleArn: string;
  /** Origin devices with a certificate ask; absent when none are let in. */
  readonly deviceOrigin: string | undefined;
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: AwsTokenServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:TokenService", name, {}, opts);
    rejectBadInputs(this, name, checkTokenService(args));
    const plan = planService(args);
    const inside = { parent: this };
    const roleRules: RoleRules = { path: defaultPath, ...args.roleRules };
    const { region } = plan.place;
    const { retentionDays, deviceAuthorities } = args;
    const planned = plannedConfig(args, plan);
    const { port } = planned;

    const key = dataKey(name, plan, inside);
    const kmsKeyArn = key.arn;
    const network = placedNetwork(
      name,
      plan,
      args.network,
      { kmsKeyArn, retentionDays, roleRules },
      inside,
    );
    const groups = serviceGroups(
      name,
      {
        region,
        vpcId: network.vpcId,
        clientCidrs: args.clientCidrs,
        listenerPorts:
          deviceAuthorities === undefined ? [tokenPort] : [tokenPort, deviceCertificatePort],
        taskPort: port,
        httpsCidrs: httpsCidrs(args.network, args.egressCidrs),
        storeAt: existingStore(plan),
      },
      inside,
    );
    const endpoints = serviceEndpoints(
      name,
      plan,
      { ...network, securityGroupId: groups.endpoints.id, existing: network.endpointsExist },
      inside,
    );
    const toS3 = outgoingRule(
      `${name}-to-s3`,
      {
        region,
        from: groups.tasks,
        port: 443,
        peer: { prefixListId: endpoints.s3PrefixListId ?? network.s3PrefixListId ?? "" },
      },
      inside,
    );
    const storeUrl = createdStoreUrl(name, plan, { network, groups, kmsKeyArn }, this);
    const log = encryptedLogGroup(
      name,
      { region, logGroupName: plan.names.logGroupName, retentionDays, kmsKeyArn },
      inside,
    );
    const bucket = edgeBucket(name, plan, { retentionDays, deviceAuthorities }, inside);
    const balancer = serviceLoadBalancer(
      name,
      plan,
      {
        ...network,
        securityGroupId: groups.loadBalancer.id,
        certificateArn: args.certificateArn,
        taskPort: port,
        bucket,
        deletionProtection: args.deletionProtection ?? true,
      },
      inside,
    );
    const roles = serviceRoles(name, plan, roleRules, inside);
    const signing = args.signs ? signingKey(`${name}-signing`, plan, inside) : undefined;
    const chosen = [
      { value: plan.chosen.storeUrl, is: storeUrl },
      { value: plan.chosen.signingKeyArn, is: signing?.arn },
    ].filter((one): one is Chosen => one.value !== undefined && one.is !== undefined);
    const parameters = chosen.map(({ value, is }) =>
      chosenParameter(name, plan.place, value, is, inside),
    );
    fargateService(
      name,
      plan,
      {
        roles,
        containers: containerDefinitions(plan, {
          image: args.image,
          config: planned.text,
          port,
          shutdownGraceSeconds: planned.shutdownGraceSeconds,
        }),
        chosen: Object.fromEntries(chosen.map(({ value, is }) => [value.name, is])),
        replicas: args.replicas,
        port,
        subnetIds: network.subnetIds,
        securityGroupId: groups.tasks.id,
        targetGroupArn: balancer.targetGroupArn,
      },
      {
        parent: this,
        dependsOn: [
          ...[log, toS3, ...parameters],
          ...[balancer.ready, roles.ready, groups.rules, endpoints.created].flat(),
        ],
      },
    );

    this.target = balancer.dnsName;
    this.logs = log.name;
    this.taskRoleArn = plan.taskRoleArn;
    this.deviceOrigin = deviceAuthorities === undefined ? undefined : deviceOriginOf(args.host);
    this.remainingSteps = remainingSteps(args, plan);
    this.registerOutputs({ target: this.target, logs: this.logs, taskRoleArn: this.taskRoleArn });
  }
}

interface Chosen {
  readonly value: ChosenValue;
  readonly is: pulumi.Output<string>;
}

/** The whole configuration, and what it says of port and shutdown; the checks have judged it. */
function plannedConfig(args: AwsTokenServiceArgs, plan: ServicePlan) {
  const proxies = args.deviceAuthorities === undefined ? undefined : subnetCidrs(args.network);
  const text = args.serviceConfig(createdForService(plan, proxies));
  const listen = listenSettings(text);
  if (listen === undefined) throw new Error("the service's configuration is not JSON");
  return { text, ...listen };
}

function existingStore({ store }: ServicePlan) {
  if (store.kind === "create") return undefined;
  return { cidrs: store.cidrs, port: storeAddress(store.url)?.port ?? 6379 };
}

function createdStoreUrl(
  name: string,
  plan: ServicePlan,
  made: {
    readonly network: PlacedNetwork;
    readonly groups: ServiceGroups;
    readonly kmsKeyArn: pulumi.Input<string>;
  },
  parent: pulumi.Resource,
): pulumi.Output<string> | undefined {
  const { store } = plan;
  if (store.kind === "existing") return undefined;
  const group = made.groups.store;
  if (group === undefined) throw new Error("a created store needs a security group");
  return createdStore(
    `${name}-store`,
    plan,
    {
      subnetIds: made.network.subnetIds,
      securityGroupId: group.id,
      kmsKeyArn: made.kmsKeyArn,
      nodeType: store.nodeType ?? "db.t4g.small",
    },
    { parent },
  );
}
