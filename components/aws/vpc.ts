import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Block, format } from "../shared/cidr.ts";
import { encryptedLogGroup } from "./log-group.ts";
import { routeNames } from "./names.ts";
import { type AwsPlace, arnAt } from "./place.ts";
import { type RoleRules, serviceRole } from "./service-role.ts";

/** Arguments of {@link PrivateVpc}; the caller has checked them. */
export interface PrivateVpcArgs {
  readonly place: AwsPlace;
  readonly label: string;
  readonly cidr: string;
  /** One subnet a zone. */
  readonly subnets: readonly Block[];
  /** Zones by name, as many as subnets; the region's first ones otherwise. */
  readonly availabilityZones?: readonly string[] | undefined;
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly flowLogRetentionDays: number;
  readonly roleRules?: RoleRules | undefined;
}

/**
 * A VPC without a way out: private subnets, no internet or NAT gateway, no default route, the
 * default security group emptied, every flow logged. Routes to the company's own network are added
 * to {@link routeTableId} by whoever owns the gateway.
 */
export class PrivateVpc extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: readonly pulumi.Output<string>[];
  readonly routeTableId: pulumi.Output<string>;

  constructor(name: string, args: PrivateVpcArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:PrivateVpc", name, {}, opts);
    const { region } = args.place;
    const inside = { parent: this };
    const tagged = (role: string) => ({ Name: `cowork-${args.label}-${role}` });

    const vpc = new aws.ec2.Vpc(
      name,
      {
        region,
        cidrBlock: args.cidr,
        // Private DNS of the endpoints needs both.
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: tagged("vpc"),
      },
      inside,
    );
    new aws.ec2.DefaultSecurityGroup(
      `${name}-default`,
      { region, vpcId: vpc.id, ingress: [], egress: [] },
      inside,
    );
    const routes = new aws.ec2.RouteTable(
      name,
      { region, vpcId: vpc.id, tags: tagged("private") },
      inside,
    );
    const zones = args.availabilityZones ?? this.#firstZones(region, args.subnets.length);
    this.subnetIds = args.subnets.map((block, i) => {
      const subnet = new aws.ec2.Subnet(
        `${name}-${i + 1}`,
        {
          region,
          vpcId: vpc.id,
          cidrBlock: format(block),
          availabilityZone: pulumi.output(zones).apply((names) => names[i] ?? ""),
          mapPublicIpOnLaunch: false,
          tags: tagged(`private-${i + 1}`),
        },
        inside,
      );
      new aws.ec2.RouteTableAssociation(
        `${name}-${i + 1}`,
        { region, subnetId: subnet.id, routeTableId: routes.id },
        inside,
      );
      return subnet.id;
    });
    this.vpcId = vpc.id;
    this.routeTableId = routes.id;
    this.#logFlows(name, args);
    this.registerOutputs({ vpcId: this.vpcId, subnetIds: this.subnetIds });
  }

  /** Zone letters differ from account to account, so AWS is asked; known in a preview. */
  #firstZones(region: string, count: number): pulumi.Output<readonly string[]> {
    return aws
      .getAvailabilityZonesOutput({ region, state: "available" }, { parent: this })
      .names.apply((names) => firstZones(region, names, count));
  }

  #logFlows(name: string, args: PrivateVpcArgs): void {
    const { place, label } = args;
    const { region, accountId } = place;
    const logGroupName = routeNames(label, place).flowLogGroupName;
    const inside = { parent: this };
    const group = encryptedLogGroup(
      `${name}-flow`,
      { ...args, region, logGroupName, retentionDays: args.flowLogRetentionDays },
      inside,
    );
    const groupArn = arnAt(place, "logs", `log-group:${logGroupName}`);
    const delivery = serviceRole(
      `${name}-flow-delivery`,
      {
        roleName: `cowork-${label}-flow-logs`,
        service: "vpc-flow-logs",
        trustCondition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": arnAt(place, "ec2", "vpc-flow-log/*") },
        },
        rules: args.roleRules,
        statements: [
          {
            Sid: "WriteFlows",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: [groupArn, `${groupArn}:*`],
          },
          {
            Sid: "FindTheGroup",
            Effect: "Allow",
            Action: "logs:DescribeLogGroups",
            Resource: arnAt(place, "logs", "log-group:*"),
          },
        ],
      },
      inside,
    );
    new aws.ec2.FlowLog(
      name,
      {
        region,
        vpcId: this.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: groupArn,
        iamRoleArn: delivery.role.arn,
        maxAggregationInterval: 60,
      },
      { parent: this, dependsOn: [group, delivery.policy] },
    );
  }
}

/**
 * The first zones by name. Sorted, so that the same account gives the same subnets every time.
 *
 * @throws Error when the region has fewer.
 */
export function firstZones(region: string, names: readonly string[], count: number): string[] {
  if (names.length < count) {
    throw new Error(
      `${region}: ${count} availability zones are wanted and this account sees ${names.length} (${names.join(", ")})`,
    );
  }
  return names.toSorted().slice(0, count);
}
