import { expect } from "vitest";

import type { Row } from "./row.ts";

const network = "projects/cowork-eu/global/networks/private";
const regional = "projects/cowork-eu/regions/europe-west1";
const privateAddress = expect.stringMatching(/^10\.\d+\.\d+\.\d+$/);
const link = "https://www.googleapis.com/compute/v1/{id}";

/** Networks, names and private endpoints. */
export const computeRows: Readonly<Record<string, Row>> = {
  "compute/Network": [
    { name: "private", autoCreateSubnetworks: false },
    network,
    { project: "cowork-eu", selfLink: link, mtu: 1460 },
  ],
  "compute/Subnetwork": [
    { name: "private", network, ipCidrRange: "10.40.0.0/24" },
    `${regional}/subnetworks/private`,
    { gatewayAddress: "10.40.0.1", project: "cowork-eu", region: "europe-west1", selfLink: link },
  ],
  "compute/Address": [
    { name: "endpoint", addressType: "INTERNAL" },
    `${regional}/addresses/endpoint`,
    { address: privateAddress, region: "europe-west1", selfLink: link },
  ],
  "compute/GlobalAddress": [
    { name: "endpoint", addressType: "INTERNAL", purpose: "PRIVATE_SERVICE_CONNECT", network },
    "projects/cowork-eu/global/addresses/endpoint",
    { address: privateAddress, selfLink: link },
  ],
  "compute/ForwardingRule": [
    { name: "rule", network },
    `${regional}/forwardingRules/rule`,
    { loadBalancingScheme: "EXTERNAL", region: "europe-west1", selfLink: link },
  ],
  "compute/GlobalForwardingRule": [
    { name: "googleapis", target: "all-apis", network, loadBalancingScheme: "" },
    "projects/cowork-eu/global/forwardingRules/googleapis",
    { pscConnectionStatus: "ACCEPTED", selfLink: link },
  ],
  "compute/Firewall": [
    { name: "egress", network, direction: "EGRESS", denies: [{ protocol: "all" }] },
    "projects/cowork-eu/global/firewalls/egress",
    { priority: 1000, selfLink: link },
  ],
  "compute/Router": [
    { name: "router", network },
    `${regional}/routers/router`,
    { region: "europe-west1", selfLink: link },
  ],
  "compute/Route": [
    { name: "default", network, destRange: "0.0.0.0/0", nextHopIp: "10.40.0.9" },
    "projects/cowork-eu/global/routes/default",
    { priority: 1000, selfLink: link },
  ],
  "compute/RouterNat": [
    {
      name: "nat",
      router: `${regional}/routers/router`,
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    },
    "cowork-eu/europe-west1/router/nat",
    { type: "PUBLIC", udpIdleTimeoutSec: 30 },
  ],
  "compute/HaVpnGateway": [
    { name: "vpn", network },
    `${regional}/vpnGateways/vpn`,
    { gatewayIpVersion: "IPV4", selfLink: link },
  ],
  "compute/VPNGateway": [
    { name: "vpn", network },
    `${regional}/targetVpnGateways/vpn`,
    { selfLink: link },
  ],
  "networkconnectivity/RegionalEndpoint": [
    {
      name: "aiplatform",
      accessType: "GLOBAL",
      location: "europe-west1",
      network,
      targetGoogleApi: "aiplatform.eu.rep.googleapis.com",
    },
    "projects/cowork-eu/locations/europe-west1/regionalEndpoints/aiplatform",
    { address: privateAddress, project: "cowork-eu" },
  ],
  "dns/ManagedZone": [
    { name: "aiplatform", dnsName: "aiplatform.eu.rep.googleapis.com.", visibility: "private" },
    "projects/cowork-eu/managedZones/aiplatform",
    { description: "Managed by Pulumi", project: "cowork-eu" },
  ],
  "dns/Policy": [{ name: "inbound" }, "projects/cowork-eu/policies/inbound", {}],
  "dns/RecordSet": [
    {
      name: "aiplatform.eu.rep.googleapis.com.",
      managedZone: "projects/cowork-eu/managedZones/aiplatform",
      type: "A",
      rrdatas: ["10.40.0.5"],
    },
    "projects/cowork-eu/managedZones/aiplatform/rrsets/aiplatform.eu.rep.googleapis.com./A",
    {},
  ],
};
