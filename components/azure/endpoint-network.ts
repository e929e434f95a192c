import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup.js";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork.js";
import * as pulumi from "@pulumi/pulumi";

import type { CreatedFoundryNetwork } from "./foundry-route.ts";
import type { FoundryPlace } from "./place.ts";

/** Arguments of {@link EndpointNetwork}. */
export interface EndpointNetworkArgs {
  readonly place: FoundryPlace;
  readonly network: CreatedFoundryNetwork;
}

/**
 * A network that holds the private endpoint and nothing else. Only the laptops' ranges reach it, on 443; the
 * rules bind the endpoint because the subnet's endpoint policies are on.
 *
 * Creates: a network security group and a network with one subnet as wide as itself.
 *
 * @see https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy
 */
export class EndpointNetwork extends pulumi.ComponentResource {
  /** Resource ids, plain. */
  readonly networkId: string;
  readonly subnetId: string;
  /** What everything in the network waits for. */
  readonly network: pulumi.Resource;

  constructor(name: string, args: EndpointNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:EndpointNetwork", name, {}, opts);
    const { place, network } = args;
    const { resourceGroupName, region, names } = place;
    const own = `cowork-${names.label}`;

    const guard = new NetworkSecurityGroup(
      `${name}-guard`,
      {
        resourceGroupName,
        location: region,
        networkSecurityGroupName: own,
        securityRules: [
          {
            name: "laptops",
            description: "Laptops call Claude.",
            priority: 100,
            direction: "Inbound",
            access: "Allow",
            protocol: "Tcp",
            sourceAddressPrefixes: [...network.clientCidrs],
            sourcePortRange: "*",
            destinationAddressPrefix: network.cidr,
            destinationPortRange: "443",
          },
          {
            name: "nobody-else",
            description: "Before Azure's own rule, which would let the whole network in.",
            priority: 4096,
            direction: "Inbound",
            access: "Deny",
            protocol: "*",
            sourceAddressPrefix: "*",
            sourcePortRange: "*",
            destinationAddressPrefix: "*",
            destinationPortRange: "*",
          },
        ],
      },
      { parent: this },
    );
    this.network = new VirtualNetwork(
      name,
      {
        resourceGroupName,
        location: region,
        virtualNetworkName: own,
        addressSpace: { addressPrefixes: [network.cidr] },
        subnets: [
          {
            name: "endpoints",
            addressPrefix: network.cidr,
            networkSecurityGroup: { id: guard.id },
            privateEndpointNetworkPolicies: "Enabled",
            defaultOutboundAccess: false,
          },
        ],
      },
      { parent: this },
    );
    this.networkId = names.idOf(`Microsoft.Network/virtualNetworks/${own}`);
    this.subnetId = `${this.networkId}/subnets/endpoints`;
    this.registerOutputs({ networkId: this.networkId, subnetId: this.subnetId });
  }
}
