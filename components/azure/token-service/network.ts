import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup.js";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork.js";
import type * as pulumi from "@pulumi/pulumi";

import { format } from "../../shared/cidr.ts";
import type { AzureTokenServiceArgs } from "./args.ts";
import { networkOf } from "./ids.ts";
import { subnetBlocks } from "./network-checks.ts";
import { endpointRules, environmentRules } from "./network-rules.ts";
import type { ServicePlan } from "./plan.ts";
import { storeAddress } from "./store-checks.ts";

/** A network with a subnet for the environment and one for private endpoints. Ids are plain. */
export interface PlacedNetwork {
  readonly networkId: string;
  readonly environmentSubnetId: string;
  readonly endpointSubnetId: string;
  /** What everything in the network waits for. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Creates, unless subnets are given: two security groups, and a network of the service's own, because the route's is
 * one subnet as wide as itself and an environment shares its subnet with nothing.
 */
export function placedNetwork(
  name: string,
  plan: ServicePlan,
  args: Pick<AzureTokenServiceArgs, "network" | "clientCidrs" | "egressCidrs"> & {
    readonly resourceGroupName: pulumi.Input<string>;
  },
  opts: pulumi.CustomResourceOptions,
): PlacedNetwork {
  const { network, resourceGroupName } = args;
  if (network.kind === "existing") {
    const networkId = networkOf(network.endpointSubnetId) ?? "";
    return { ...network, networkId, ready: [] };
  }
  const { region, names, store } = plan;
  const [environment = "", endpoints = ""] = subnetBlocks(network.cidr).map(format);
  const facts = {
    region,
    environment,
    endpoints,
    clientCidrs: args.clientCidrs,
    egressCidrs: args.egressCidrs,
    store:
      store.kind === "existing"
        ? { cidrs: store.cidrs, port: storeAddress(store.url)?.port ?? 6379 }
        : undefined,
  };
  const guard = (part: string, securityRules: ReturnType<typeof environmentRules>) =>
    new NetworkSecurityGroup(
      `${name}-${part}`,
      {
        resourceGroupName,
        location: region,
        networkSecurityGroupName: `${names.base}-${part}`,
        securityRules,
      },
      opts,
    );
  const environmentGuard = guard("environment", environmentRules(facts));
  const endpointGuard = guard("endpoints", endpointRules(facts));
  const made = new VirtualNetwork(
    name,
    {
      resourceGroupName,
      location: region,
      virtualNetworkName: names.base,
      addressSpace: { addressPrefixes: [network.cidr] },
      subnets: [
        {
          name: "environment",
          addressPrefix: environment,
          networkSecurityGroup: { id: environmentGuard.id },
          delegations: [{ name: "container-apps", serviceName: "Microsoft.App/environments" }],
        },
        {
          name: "endpoints",
          addressPrefix: endpoints,
          networkSecurityGroup: { id: endpointGuard.id },
          // The security group binds private endpoints only with this.
          privateEndpointNetworkPolicies: "Enabled",
          defaultOutboundAccess: false,
        },
      ],
    },
    opts,
  );
  const networkId = names.idOf(`Microsoft.Network/virtualNetworks/${names.base}`);
  return {
    networkId,
    environmentSubnetId: `${networkId}/subnets/environment`,
    endpointSubnetId: `${networkId}/subnets/endpoints`,
    ready: [made],
  };
}
