import type { ResourceType } from "../../shared/resource-type.ts";
import { dnsLabel, oneOf, region } from "../rules.ts";

const link = "https://www.googleapis.com/compute/v1/{id}";
const global = (kind: string): string => `projects/{project}/global/${kind}/{name}`;
const regional = (kind: string): string => `projects/{project}/regions/{region}/${kind}/{name}`;
const lowerCase = { input: "name", maxLength: 63, lowerCase: true };

/** Every forwarding rule is replaced on these. */
const forwarding = [
  ...["name", "ipAddress", "ipProtocol", "ipVersion", "network", "networkTier"],
  ...["noAutomateDnsZone", "portRange", "subnetwork", "loadBalancingScheme"],
];

const protocol = oneOf("ipProtocol", ...["TCP", "UDP", "ESP", "AH", "SCTP", "ICMP", "L3_DEFAULT"]);

/** Networks. Source: the Terraform Google provider's schemas and validators. */
export const computeTypes: Readonly<Record<string, ResourceType>> = {
  "compute/Network": {
    id: global("networks"),
    replaceOn: ["name", "autoCreateSubnetworks", "description", "internalIpv6Range"],
    autoName: lowerCase,
    defaults: {
      autoCreateSubnetworks: true,
      deleteDefaultRoutesOnCreate: false,
      networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
    },
    computed: {
      bgpBestPathSelectionMode: "LEGACY",
      mtu: 1460,
      networkId: "{decimal:19}",
      numericId: "{decimal:19:networkId}",
      routingMode: "REGIONAL",
      selfLink: link,
    },
    rules: [
      dnsLabel("name"),
      { rule: "range", at: "mtu", min: 1300, max: 8896 },
      oneOf("routingMode", "REGIONAL", "GLOBAL"),
    ],
  },
  "compute/Subnetwork": {
    id: regional("subnetworks"),
    // A wider range is accepted in place by the service; here any other range is another subnet.
    replaceOn: ["name", "network", "ipCidrRange", "purpose", "reservedInternalRange"],
    autoName: lowerCase,
    computed: {
      gatewayAddress: "{gateway}",
      privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
      purpose: "PRIVATE",
      selfLink: link,
      stackType: "IPV4_ONLY",
      state: "READY",
    },
    rules: [
      dnsLabel("name"),
      { rule: "cidr", at: "ipCidrRange" },
      { rule: "cidr", at: "secondaryIpRanges.ipCidrRange" },
      oneOf(
        "purpose",
        ...["PRIVATE", "PRIVATE_NAT", "REGIONAL_MANAGED_PROXY", "GLOBAL_MANAGED_PROXY"],
        ...["PRIVATE_SERVICE_CONNECT", "PEER_MIGRATION", "INTERNAL_HTTPS_LOAD_BALANCER"],
      ),
      oneOf("stackType", "IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY"),
      oneOf("role", "ACTIVE", "BACKUP"),
    ],
  },
  "compute/Address": {
    id: regional("addresses"),
    replaceOn: [
      ...["name", "address", "addressType", "description", "ipVersion", "network"],
      ...["networkTier", "prefixLength", "purpose", "subnetwork"],
    ],
    defaults: { addressType: "EXTERNAL" },
    computed: { networkTier: "PREMIUM", selfLink: link },
    rules: [
      dnsLabel("name"),
      oneOf("addressType", "INTERNAL", "EXTERNAL"),
      oneOf("ipVersion", "IPV4", "IPV6"),
    ],
  },
  "compute/GlobalAddress": {
    id: global("addresses"),
    replaceOn: [
      ...["name", "address", "addressType", "description", "ipVersion", "network"],
      ...["prefixLength", "purpose"],
    ],
    defaults: { addressType: "EXTERNAL" },
    computed: { selfLink: link },
    rules: [
      dnsLabel("name"),
      oneOf("addressType", "INTERNAL", "EXTERNAL"),
      oneOf("purpose", "VPC_PEERING", "PRIVATE_SERVICE_CONNECT"),
    ],
  },
  "compute/ForwardingRule": {
    id: regional("forwardingRules"),
    replaceOn: [...forwarding, "allPorts", "ports", "isMirroringCollector", "serviceLabel"],
    defaults: { loadBalancingScheme: "EXTERNAL" },
    computed: { ipProtocol: "TCP", ipVersion: "IPV4", networkTier: "PREMIUM", selfLink: link },
    rules: [
      dnsLabel("name"),
      protocol,
      oneOf(
        "loadBalancingScheme",
        "",
        "EXTERNAL",
        "EXTERNAL_MANAGED",
        "INTERNAL",
        "INTERNAL_MANAGED",
      ),
    ],
  },
  "compute/GlobalForwardingRule": {
    id: global("forwardingRules"),
    replaceOn: forwarding,
    defaults: { loadBalancingScheme: "EXTERNAL" },
    computed: {
      ipProtocol: "TCP",
      networkTier: "PREMIUM",
      pscConnectionId: "{decimal:17}",
      pscConnectionStatus: "ACCEPTED",
      selfLink: link,
    },
    rules: [
      dnsLabel("name"),
      protocol,
      oneOf(
        "loadBalancingScheme",
        ...["", "EXTERNAL", "EXTERNAL_MANAGED", "INTERNAL_MANAGED", "INTERNAL_SELF_MANAGED"],
      ),
    ],
  },
  "compute/Firewall": {
    id: global("firewalls"),
    replaceOn: ["name", "network", "direction"],
    defaults: { priority: 1000 },
    computed: { direction: "INGRESS", selfLink: link },
    rules: [
      dnsLabel("name"),
      { rule: "exactlyOne", of: ["allows", "denies"] },
      oneOf("direction", "INGRESS", "EGRESS"),
      { rule: "range", at: "priority", min: 0, max: 65_535 },
      { rule: "cidr", at: "sourceRanges[]" },
      { rule: "cidr", at: "destinationRanges[]" },
    ],
  },
  "compute/Route": {
    id: global("routes"),
    replaceOn: [
      ...["name", "network", "destRange", "description", "priority", "tags", "nextHopGateway"],
      ...["nextHopIlb", "nextHopInstance", "nextHopIp", "nextHopVpnTunnel"],
    ],
    defaults: { priority: 1000 },
    computed: { nextHopNetwork: "", routeType: "STATIC", selfLink: link },
    rules: [
      dnsLabel("name"),
      { rule: "cidr", at: "destRange" },
      { rule: "range", at: "priority", min: 0, max: 65_535 },
      {
        rule: "exactlyOne",
        of: ["nextHopGateway", "nextHopIlb", "nextHopInstance", "nextHopIp", "nextHopVpnTunnel"],
      },
    ],
  },
  "compute/Router": {
    id: regional("routers"),
    replaceOn: ["name", "network", "encryptedInterconnectRouter"],
    autoName: lowerCase,
    defaults: { "bgp.advertiseMode": "DEFAULT" },
    computed: { selfLink: link },
    rules: [dnsLabel("name"), oneOf("bgp.advertiseMode", "DEFAULT", "CUSTOM")],
  },
  "compute/RouterNat": {
    id: "{project}/{region}/{routerName}/{name}",
    replaceOn: ["name", "router", "type", "initialNatIps"],
    autoName: lowerCase,
    defaults: {
      icmpIdleTimeoutSec: 30,
      tcpEstablishedIdleTimeoutSec: 1200,
      tcpTimeWaitTimeoutSec: 120,
      tcpTransitoryIdleTimeoutSec: 30,
      type: "PUBLIC",
      udpIdleTimeoutSec: 30,
    },
    computed: {
      autoNetworkTier: "PREMIUM",
      enableEndpointIndependentMapping: false,
      endpointTypes: ["ENDPOINT_TYPE_VM"],
      minPortsPerVm: 64,
    },
    rules: [
      dnsLabel("name"),
      oneOf("type", "PUBLIC", "PRIVATE"),
      oneOf("natIpAllocateOption", "MANUAL_ONLY", "AUTO_ONLY"),
      oneOf(
        "sourceSubnetworkIpRangesToNat",
        ...["ALL_SUBNETWORKS_ALL_IP_RANGES", "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES"],
        "LIST_OF_SUBNETWORKS",
      ),
    ],
  },
  "compute/HaVpnGateway": {
    id: regional("vpnGateways"),
    replaceOn: ["name", "network", "description", "gatewayIpVersion"],
    defaults: { gatewayIpVersion: "IPV4", stackType: "IPV4_ONLY" },
    computed: {
      selfLink: link,
      vpnInterfaces: [
        { id: 0, ipAddress: "35.242.0.1" },
        { id: 1, ipAddress: "35.220.0.1" },
      ],
    },
    rules: [dnsLabel("name"), oneOf("stackType", "IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY")],
  },
  "compute/VPNGateway": {
    id: regional("targetVpnGateways"),
    replaceOn: ["name", "network", "description"],
    computed: { selfLink: link },
    rules: [dnsLabel("name")],
  },
  "networkconnectivity/RegionalEndpoint": {
    id: "projects/{project}/locations/{location}/regionalEndpoints/{name}",
    replaceOn: [
      ...["accessType", "address", "description", "name", "network", "subnetwork"],
      "targetGoogleApi",
    ],
    computed: {
      network: "projects/{project}/global/networks/default",
      pscForwardingRule:
        "//compute.googleapis.com/projects/{project}/regions/{location}/forwardingRules/rep-{hex:12}",
      subnetwork: "projects/{project}/regions/{location}/subnetworks/default",
    },
    rules: [
      dnsLabel("name"),
      // An endpoint lies in one region even when its target is wider.
      region("location"),
      oneOf("accessType", "GLOBAL", "REGIONAL"),
      {
        // https://docs.cloud.google.com/vpc/docs/regional-service-endpoints
        rule: "matches",
        at: "targetGoogleApi",
        pattern: /^[a-z0-9-]+\.[a-z0-9-]+\.rep\.googleapis\.com$/,
        wanted: "a regional service: API.PLACE.rep.googleapis.com",
      },
    ],
  },
};
