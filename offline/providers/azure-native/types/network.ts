import { type ArmType, inGroup } from "../arm.ts";
import { armId, matches, needed, oneOf } from "../rules.ts";

const name = (at: string, maxLength: number) =>
  matches(
    at,
    new RegExp(`^[A-Za-z0-9]([-\\w.]{0,${maxLength - 2}}\\w)?$`),
    `a name: 1 to ${maxLength} letters, digits, underscores, periods and hyphens, a letter or digit first, no period or hyphen last`,
  );

const network = "Microsoft.Network/virtualNetworks/{virtualNetworkName}";
const endpoint = "Microsoft.Network/privateEndpoints/{privateEndpointName}";
const zone = "Microsoft.Network/privateDnsZones/{privateZoneName}";
const zoneName = matches(
  "privateZoneName",
  /^(?=.{1,253}$)([a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9_])?\.)+[a-z0-9][-a-z0-9]{0,61}[a-z0-9]$/,
  "a zone's name: two labels or more in lower case, no dot last",
);

/** Networks, private endpoints and their names. Source: the REST API's schemas and the name rules of Azure Resource Manager. */
export const networkTypes: Readonly<Record<string, ArmType>> = {
  "network/VirtualNetwork": inGroup(network, {
    computed: { resourceGuid: "{uuid}" },
    rules: [
      name("virtualNetworkName", 64),
      needed("addressSpace"),
      { rule: "cidr", at: "addressSpace.addressPrefixes[]" },
      { rule: "cidr", at: "subnets.addressPrefix" },
    ],
  }),
  "network/Subnet": inGroup(`${network}/subnets/{subnetName}`, {
    computed: { name: "{subnetName}", type: "Microsoft.Network/virtualNetworks/subnets" },
    rules: [
      name("subnetName", 80),
      { rule: "exactlyOne", of: ["addressPrefix", "addressPrefixes"] },
      { rule: "cidr", at: "addressPrefix" },
      { rule: "cidr", at: "addressPrefixes[]" },
      oneOf(
        "privateEndpointNetworkPolicies",
        ...["Enabled", "Disabled", "NetworkSecurityGroupEnabled", "RouteTableEnabled"],
      ),
      oneOf("privateLinkServiceNetworkPolicies", "Enabled", "Disabled"),
      armId("networkSecurityGroup.id", "Microsoft.Network/networkSecurityGroups"),
    ],
  }),
  "network/NetworkSecurityGroup": inGroup(
    "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}",
    {
      computed: { resourceGuid: "{uuid}" },
      rules: [
        name("networkSecurityGroupName", 80),
        needed("securityRules.name"),
        needed("securityRules.priority"),
        { rule: "range", at: "securityRules.priority", min: 100, max: 4096 },
        oneOf("securityRules.direction", "Inbound", "Outbound"),
        oneOf("securityRules.access", "Allow", "Deny"),
        oneOf("securityRules.protocol", "*", "Tcp", "Udp", "Icmp", "Esp", "Ah"),
      ],
    },
  ),
  "network/PrivateEndpoint": inGroup(endpoint, {
    replaceOn: ["subnet"],
    computed: {
      networkInterfaces: [
        {
          id: "{groupId}/providers/Microsoft.Network/networkInterfaces/{privateEndpointName}.nic.{uuid}",
        },
      ],
    },
    rules: [
      name("privateEndpointName", 64),
      needed("subnet"),
      needed("subnet.id"),
      armId("subnet.id", "Microsoft.Network/virtualNetworks/subnets"),
      {
        rule: "exactlyOne",
        of: ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"],
      },
      { rule: "count", at: "privateLinkServiceConnections", min: 1, max: 1 },
      needed("privateLinkServiceConnections.name"),
      needed("privateLinkServiceConnections.privateLinkServiceId"),
      needed("privateLinkServiceConnections.groupIds"),
    ],
  }),
  "network/PrivateDnsZoneGroup": inGroup(
    `${endpoint}/privateDnsZoneGroups/{privateDnsZoneGroupName}`,
    {
      computed: { name: "{privateDnsZoneGroupName}" },
      rules: [
        name("privateDnsZoneGroupName", 80),
        needed("privateDnsZoneConfigs"),
        { rule: "count", at: "privateDnsZoneConfigs", min: 1, max: 5 },
        needed("privateDnsZoneConfigs.name"),
        needed("privateDnsZoneConfigs.privateDnsZoneId"),
        armId("privateDnsZoneConfigs.privateDnsZoneId", "Microsoft.Network/privateDnsZones"),
      ],
    },
  ),
  "privatedns/PrivateZone": inGroup(zone, {
    computed: {
      internalId: "{hex:32}",
      maxNumberOfRecordSets: 25000,
      maxNumberOfVirtualNetworkLinks: 1000,
      maxNumberOfVirtualNetworkLinksWithRegistration: 100,
      numberOfRecordSets: 1,
    },
    rules: [zoneName],
  }),
  "privatedns/VirtualNetworkLink": inGroup(`${zone}/virtualNetworkLinks/{virtualNetworkLinkName}`, {
    replaceOn: ["virtualNetwork"],
    computed: { virtualNetworkLinkState: "Completed" },
    rules: [
      zoneName,
      name("virtualNetworkLinkName", 80),
      needed("virtualNetwork"),
      needed("virtualNetwork.id"),
      armId("virtualNetwork.id", "Microsoft.Network/virtualNetworks"),
      oneOf("resolutionPolicy", "Default", "NxDomainRedirect"),
    ],
  }),
  "privatedns/PrivateRecordSet": {
    ...inGroup(`${zone}/{recordType}/{relativeRecordSetName}`, {
      computed: { fqdn: "{relativeRecordSetName}.{privateZoneName}.", isAutoRegistered: false },
      rules: [
        zoneName,
        oneOf("recordType", ...["A", "AAAA", "CNAME", "MX", "PTR", "SOA", "SRV", "TXT"]),
        matches("aRecords.ipv4Address", /^(\d{1,3}\.){3}\d{1,3}$/, "an IPv4 address"),
        { rule: "range", at: "ttl", min: 1, max: 2147483647 },
      ],
    }),
    armType: "Microsoft.Network/privateDnsZones/{recordType}",
  },
};
