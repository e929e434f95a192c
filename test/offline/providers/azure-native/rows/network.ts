import { expect } from "vitest";

import { inGroup, resourceGroupName } from "./ids.ts";
import type { Row } from "./row.ts";

const virtualNetwork = inGroup("Microsoft.Network/virtualNetworks/private");
const subnet = `${virtualNetwork}/subnets/endpoints`;
const endpoint = inGroup("Microsoft.Network/privateEndpoints/claude");
const privateZoneName = "privatelink.services.ai.azure.com";
const zone = inGroup(`Microsoft.Network/privateDnsZones/${privateZoneName}`);

/** Networks, private endpoints and their names. */
export const networkRows: Readonly<Record<string, Row>> = {
  "network/VirtualNetwork": [
    {
      resourceGroupName,
      virtualNetworkName: "private",
      addressSpace: { addressPrefixes: ["10.40.0.0/16"] },
    },
    virtualNetwork,
    { location: "eastus2", name: "private" },
  ],
  "network/Subnet": [
    {
      resourceGroupName,
      virtualNetworkName: "private",
      subnetName: "endpoints",
      addressPrefix: "10.40.0.0/24",
      privateEndpointNetworkPolicies: "Disabled",
    },
    subnet,
    { name: "endpoints", type: "Microsoft.Network/virtualNetworks/subnets" },
  ],
  "network/NetworkSecurityGroup": [
    {
      resourceGroupName,
      networkSecurityGroupName: "endpoints",
      securityRules: [
        {
          name: "https",
          access: "Allow",
          direction: "Inbound",
          protocol: "Tcp",
          priority: 100,
          sourceAddressPrefix: "10.0.0.0/8",
          sourcePortRange: "*",
          destinationAddressPrefix: "*",
          destinationPortRange: "443",
        },
      ],
    },
    inGroup("Microsoft.Network/networkSecurityGroups/endpoints"),
    { name: "endpoints" },
  ],
  "network/PrivateEndpoint": [
    {
      resourceGroupName,
      privateEndpointName: "claude",
      subnet: { id: subnet },
      privateLinkServiceConnections: [
        {
          name: "claude",
          privateLinkServiceId: inGroup("Microsoft.CognitiveServices/accounts/cowork"),
          groupIds: ["account"],
        },
      ],
    },
    endpoint,
    {
      networkInterfaces: [
        {
          id: expect.stringMatching(
            /^\/subscriptions\/[-0-9]+\/resourceGroups\/cowork-us\/providers\/Microsoft\.Network\/networkInterfaces\/claude\.nic\.[-0-9a-f]{36}$/,
          ),
        },
      ],
    },
  ],
  "network/PrivateDnsZoneGroup": [
    {
      resourceGroupName,
      privateEndpointName: "claude",
      privateDnsZoneGroupName: "default",
      privateDnsZoneConfigs: [{ name: "services-ai", privateDnsZoneId: zone }],
    },
    `${endpoint}/privateDnsZoneGroups/default`,
    { name: "default", provisioningState: "Succeeded" },
  ],
  "privatedns/PrivateZone": [
    { resourceGroupName, privateZoneName, location: "global" },
    zone,
    { name: privateZoneName, maxNumberOfVirtualNetworkLinks: 1000 },
  ],
  "privatedns/VirtualNetworkLink": [
    {
      resourceGroupName,
      privateZoneName,
      virtualNetworkLinkName: "private",
      location: "Global",
      registrationEnabled: false,
      virtualNetwork: { id: virtualNetwork },
    },
    `${zone}/virtualNetworkLinks/private`,
    { virtualNetworkLinkState: "Completed" },
  ],
  "privatedns/PrivateRecordSet": [
    {
      resourceGroupName,
      privateZoneName,
      recordType: "A",
      relativeRecordSetName: "cowork",
      ttl: 10,
      aRecords: [{ ipv4Address: "10.40.0.4" }],
    },
    `${zone}/A/cowork`,
    {
      fqdn: "cowork.privatelink.services.ai.azure.com.",
      type: "Microsoft.Network/privateDnsZones/A",
    },
  ],
};
