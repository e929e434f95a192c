import type * as pulumi from "@pulumi/pulumi";

import { type Block, format, parseBlock, split } from "../../shared/cidr.ts";
import type { RoleRules } from "../service-role.ts";
import { PrivateVpc } from "../vpc.ts";
import type { ServiceEndpoint, ServiceNetwork } from "./args.ts";
import type { ServicePlan } from "./plan.ts";

/** A network as every part of the service needs it. */
export interface PlacedNetwork {
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly routeTableId: pulumi.Input<string> | undefined;
  readonly endpointsExist: readonly ServiceEndpoint[];
  readonly s3PrefixListId: string | undefined;
}

/** IPv4 blocks of the subnets, known before they exist. */
export function subnetCidrs(network: ServiceNetwork): readonly string[] {
  return network.kind === "existing" ? network.subnetCidrs : subnetBlocks(network).map(format);
}

export function subnetBlocks(
  network: Extract<ServiceNetwork, { kind: "create" }>,
): readonly Block[] {
  const parsed = parseBlock(network.cidr);
  return ("block" in parsed && split(parsed.block, network.zoneCount ?? 2)) || [];
}

/**
 * Blocks the tasks open HTTPS connections to: what the caller names and, where an endpoint of the VPC's owner is
 * used, the subnets such endpoints stand in.
 */
export function httpsCidrs(
  network: ServiceNetwork,
  egressCidrs: readonly string[],
): readonly string[] {
  const shared =
    network.kind === "existing" && (network.endpointsExist ?? []).some((one) => one !== "s3");
  return [...new Set([...egressCidrs, ...(shared ? network.subnetCidrs : [])])];
}

/** Takes the network that is given, or makes a VPC without a way out. */
export function placedNetwork(
  name: string,
  plan: ServicePlan,
  network: ServiceNetwork,
  args: {
    readonly kmsKeyArn: pulumi.Input<string>;
    readonly retentionDays: number;
    readonly roleRules: RoleRules;
  },
  opts: { readonly parent: pulumi.Resource },
): PlacedNetwork {
  if (network.kind === "existing") {
    const { vpcId, subnetIds, routeTableId, endpointsExist = [], s3PrefixListId } = network;
    return { vpcId, subnetIds, routeTableId, endpointsExist, s3PrefixListId };
  }
  const vpc = new PrivateVpc(
    name,
    {
      place: plan.place,
      label: plan.label,
      cidr: network.cidr,
      subnets: subnetBlocks(network),
      availabilityZones: network.availabilityZones,
      kmsKeyArn: args.kmsKeyArn,
      flowLogRetentionDays: args.retentionDays,
      roleRules: args.roleRules,
    },
    opts,
  );
  return {
    vpcId: vpc.vpcId,
    subnetIds: vpc.subnetIds,
    routeTableId: vpc.routeTableId,
    endpointsExist: [],
    s3PrefixListId: undefined,
  };
}
