import { type Block, overlaps, parseBlock, split } from "../../shared/cidr.ts";
import type { Problem } from "../../shared/input-check.ts";
import type { ServiceDns, ServiceNetwork } from "./args.ts";
import { networkOf } from "./ids.ts";
import { endpointZones, type ServicePlan } from "./plan.ts";

/** Addresses an environment keeps for itself; a network that uses them cannot hold one. */
const reserved = [
  "100.100.0.0/16",
  "169.254.0.0/16",
  "172.30.0.0/16",
  "172.31.0.0/16",
  "192.0.2.0/24",
];

/**
 * A subnet of an environment is /27 or wider; the network is cut into two.
 * @see https://learn.microsoft.com/azure/container-apps/networking (subnet sizes; looked up 2026-11-21)
 */
export function checkNetwork(network: ServiceNetwork, clientCidrs: readonly string[]): Problem[] {
  if (network.kind === "existing") return checkExisting(network);
  const path = "network.cidr";
  const { cidr } = network;
  const parsed = parseBlock(cidr);
  if ("reason" in parsed) return [{ path, reason: parsed.reason }];
  const { block } = parsed;
  if (block.prefix < 16 || block.prefix > 26) {
    return [{ path, reason: `"${cidr}"; need a block of /16 to /26, cut into two subnets` }];
  }
  const shared = (text: string) => {
    const other = parseBlock(text);
    return "block" in other && overlaps(other.block, block);
  };
  return [
    ...reserved.filter(shared).map((text) => ({
      path,
      reason: `"${cidr}" overlaps ${text}, which Container Apps keeps for itself; use another block`,
    })),
    ...clientCidrs.filter(shared).map((text) => ({
      path,
      reason: `"${cidr}" overlaps "${text}", where laptops are; answers would not find back`,
    })),
  ];
}

/** The two subnets of a created network, written as Azure takes them. */
export function subnetBlocks(cidr: string): readonly Block[] {
  const parsed = parseBlock(cidr);
  return "block" in parsed ? (split(parsed.block, 2) ?? []) : [];
}

function checkExisting({
  environmentSubnetId,
  endpointSubnetId,
}: Extract<ServiceNetwork, { kind: "existing" }>): Problem[] {
  const given = { environmentSubnetId, endpointSubnetId };
  const problems = Object.entries(given)
    .filter(([, id]) => networkOf(id) === undefined)
    .map(([name, id]) => ({
      path: `network.${name}`,
      reason: `"${id}" is no resource id of a subnet: /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/p`,
    }));
  if (problems.length > 0) return problems;
  const path = "network.endpointSubnetId";
  if (environmentSubnetId.toLowerCase() === endpointSubnetId.toLowerCase()) {
    return [
      { path, reason: "is the environment's subnet, which takes nothing else; name another" },
    ];
  }
  return networkOf(environmentSubnetId)?.toLowerCase() ===
    networkOf(endpointSubnetId)?.toLowerCase()
    ? []
    : [
        {
          path,
          reason: "is of another network than the environment's subnet; name one of the same",
        },
      ];
}

/** One zone for each private endpoint, and none that no endpoint writes into. */
export function checkDns(
  dns: ServiceDns,
  { endpoints }: Pick<ServicePlan, "endpoints">,
): Problem[] {
  if (dns.kind === "create") return [];
  const path = "dns.zoneIds";
  const wanted = endpoints.map((endpoint) => endpointZones[endpoint]);
  const given = dns.zoneIds.map(zoneOf);
  return [
    ...wanted
      .filter((zone) => !given.includes(zone))
      .map((zone) => ({
        path,
        reason: `${zone} is missing; the service would be led to a public address that is closed`,
      })),
    ...dns.zoneIds.flatMap((id, index) => {
      const zone = given[index];
      if (zone === undefined || !wanted.includes(zone)) {
        return [{ path, reason: `"${id}" is none of the zones ${wanted.join(", ")}` }];
      }
      return given.indexOf(zone) === index ? [] : [{ path, reason: `${zone} is listed twice` }];
    }),
  ];
}

/** Name of a private DNS zone, from its resource id. */
export function zoneOf(id: string): string | undefined {
  return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/privateDnsZones\/([^/]+)$/i
    .exec(id)?.[1]
    ?.toLowerCase();
}
