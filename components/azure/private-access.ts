import { PrivateDnsZoneGroup } from "@pulumi/azure-native/network/privateDnsZoneGroup.js";
import { PrivateEndpoint } from "@pulumi/azure-native/network/privateEndpoint.js";
import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone.js";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink.js";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import { type FoundryDnsZone, foundryDnsZones, zoneOfId, zoneTag } from "./dns-zones.ts";
import { EndpointNetwork } from "./endpoint-network.ts";
import type { FoundryRouteSettings } from "./foundry-route.ts";
import type { FoundryPlace } from "./place.ts";
import { checkPrivateAccess } from "./private-access-checks.ts";

/** Arguments of {@link PrivateAccess}. */
export interface PrivateAccessArgs extends Pick<FoundryRouteSettings, "network" | "dns"> {
  readonly place: FoundryPlace;
  /** Required. Resource id of the account. */
  readonly accountId: string;
  /** Required. What the endpoint waits for. */
  readonly account: pulumi.Resource;
}

/**
 * The only way to the account: a private endpoint with all three names of it in private zones.
 *
 * Creates: a network unless a subnet is given, the endpoint, the three zones with a link each unless a hub's are
 * given, and the zone group that writes the endpoint's addresses into them. Zones are `global` at Azure: they
 * hold names and private addresses, never prompts.
 *
 * @throws pulumi.ResourceError naming every bad argument, a missing zone among them.
 */
export class PrivateAccess extends pulumi.ComponentResource {
  readonly subnetId: string;
  /** What neither Azure nor Pulumi settles: a sentence each. */
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: PrivateAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:PrivateAccess", name, {}, opts);
    rejectBadInputs(this, name, checkPrivateAccess(args));
    const { place, network, dns, accountId, account } = args;
    const { resourceGroupName, region, names } = place;
    const own = `cowork-${names.label}`;
    const inside = { parent: this };

    const created =
      network.kind === "create"
        ? new EndpointNetwork(`${name}-network`, { place, network }, inside)
        : undefined;
    this.subnetId = created?.subnetId ?? (network.kind === "existing" ? network.subnetId : "");
    const networkId = this.subnetId.replace(/\/subnets\/[^/]+$/, "");
    const behind = created === undefined ? [] : [created.network];

    const endpoint = new PrivateEndpoint(
      `${name}-endpoint`,
      {
        resourceGroupName,
        location: region,
        privateEndpointName: own,
        customNetworkInterfaceName: `${own}-endpoint`,
        subnet: { id: this.subnetId },
        privateLinkServiceConnections: [
          { name: "foundry", privateLinkServiceId: accountId, groupIds: ["account"] },
        ],
      },
      { parent: this, dependsOn: [account, ...behind] },
    );
    const zones = foundryDnsZones.map((zone) => {
      if (dns.kind === "existing") {
        return { zone, id: dns.zoneIds.find((id) => zoneOfId(id) === zone) ?? "", ready: [] };
      }
      const made = new PrivateZone(
        `${name}-${zoneTag(zone)}`,
        { resourceGroupName, privateZoneName: zone, location: "global" },
        inside,
      );
      const link = new VirtualNetworkLink(
        `${name}-${zoneTag(zone)}`,
        {
          resourceGroupName,
          privateZoneName: made.name,
          virtualNetworkLinkName: own,
          location: "global",
          registrationEnabled: false,
          virtualNetwork: { id: networkId },
        },
        { parent: this, dependsOn: behind },
      );
      const id = names.idOf(`Microsoft.Network/privateDnsZones/${zone}`);
      return { zone, id, ready: [made, link] };
    });
    new PrivateDnsZoneGroup(
      `${name}-zones`,
      {
        resourceGroupName,
        privateEndpointName: endpoint.name,
        privateDnsZoneGroupName: "default",
        privateDnsZoneConfigs: zones.map(({ zone, id }) => ({
          name: zoneTag(zone),
          privateDnsZoneId: id,
        })),
      },
      { parent: this, dependsOn: zones.flatMap(({ ready }) => ready) },
    );
    this.remainingSteps = reachSteps(args, networkId);
    this.registerOutputs({ subnetId: this.subnetId, remainingSteps: [...this.remainingSteps] });
  }
}

function reachSteps({ network, dns, place }: PrivateAccessArgs, networkId: string): string[] {
  const host = `${place.names.account}.services.ai.azure.com`;
  const forwarded: readonly FoundryDnsZone[] = foundryDnsZones;
  const zones = forwarded.map((zone) => zone.replace("privatelink.", "")).join(", ");
  return [
    ...(network.kind === "create"
      ? [
          `Connect ${networkId} to the network that laptops arrive from, by peering, VPN or ExpressRoute (docs/foundry.md).`,
        ]
      : [
          `See that the subnet ${network.subnetId} lies in ${place.region} and lets ${network.clientCidrs.join(", ")} in on 443: the kit leaves its rules alone (docs/foundry.md).`,
        ]),
    dns.kind === "create"
      ? `Let the company's DNS forward ${zones} to a resolver inside ${networkId}, and see that ${host} answers a private address (docs/foundry.md).`
      : `See that ${host} answers a private address on a laptop: the zones are the hub's (docs/foundry.md).`,
  ];
}
