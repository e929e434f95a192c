import { PrivateDnsZoneGroup } from "@pulumi/azure-native/network/privateDnsZoneGroup.js";
import { PrivateEndpoint } from "@pulumi/azure-native/network/privateEndpoint.js";
import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone.js";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink.js";
import type * as pulumi from "@pulumi/pulumi";

import type { PlacedNetwork } from "./network.ts";
import { zoneOf } from "./network-checks.ts";
import { type Endpoint, endpointZones, type ServicePlan } from "./plan.ts";

/**
 * What a private endpoint of each leads to.
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-overview (sub-resources; looked up 2026-11-21)
 */
const subResources: Readonly<Record<Endpoint, string>> = {
  store: "redisEnterprise",
  vault: "vault",
};

/**
 * The only way to store or vault: an endpoint in the service's network, and its address in a private zone. Zones are
 * `global` at Azure: they hold names and private addresses.
 */
export function privateEndpoint(
  name: string,
  plan: ServicePlan,
  args: {
    readonly to: Endpoint;
    readonly resourceId: string;
    readonly resource: pulumi.Resource;
    readonly network: PlacedNetwork;
    readonly resourceGroupName: pulumi.Input<string>;
  },
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const { names, region, dns } = plan;
  const { to, network, resourceGroupName } = args;
  const own = `${names.base}-${to}`;
  const zoneName = endpointZones[to];
  const endpoint = new PrivateEndpoint(
    name,
    {
      resourceGroupName,
      location: region,
      privateEndpointName: own,
      customNetworkInterfaceName: `${own}-endpoint`,
      subnet: { id: network.endpointSubnetId },
      privateLinkServiceConnections: [
        { name: to, privateLinkServiceId: args.resourceId, groupIds: [subResources[to]] },
      ],
    },
    { ...opts, dependsOn: [args.resource, ...network.ready] },
  );
  const given =
    dns.kind === "existing" ? dns.zoneIds.find((id) => zoneOf(id) === zoneName) : undefined;
  const made = given === undefined ? createdZone(name, plan, args, opts) : [];
  const group = new PrivateDnsZoneGroup(
    name,
    {
      resourceGroupName,
      privateEndpointName: endpoint.name,
      privateDnsZoneGroupName: "default",
      privateDnsZoneConfigs: [
        {
          name: to,
          privateDnsZoneId: given ?? names.idOf(`Microsoft.Network/privateDnsZones/${zoneName}`),
        },
      ],
    },
    { ...opts, dependsOn: [...made] },
  );
  return [endpoint, group];
}

function createdZone(
  name: string,
  { names }: ServicePlan,
  args: {
    readonly to: Endpoint;
    readonly network: PlacedNetwork;
    readonly resourceGroupName: pulumi.Input<string>;
  },
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const { to, network, resourceGroupName } = args;
  const zone = new PrivateZone(
    name,
    { resourceGroupName, privateZoneName: endpointZones[to], location: "global" },
    opts,
  );
  const link = new VirtualNetworkLink(
    name,
    {
      resourceGroupName,
      privateZoneName: zone.name,
      virtualNetworkLinkName: names.base,
      location: "global",
      registrationEnabled: false,
      virtualNetwork: { id: network.networkId },
    },
    { ...opts, dependsOn: [...network.ready] },
  );
  return [zone, link];
}
