import type { Problem } from "../../residency/problem.ts";
import { blockProblems, ofNetwork } from "../shared/block-problems.ts";
import { type Block, contains, parseBlock } from "../shared/cidr.ts";
import { foundryDnsZones, zoneOfId } from "./dns-zones.ts";
import type { FoundryDns, FoundryRouteSettings } from "./foundry-route.ts";

/** The kit's own limit: the endpoint needs a handful of addresses, and each must be routed to it. */
const widestPrefix = 16;

/**
 * Azure keeps five addresses of a subnet and the endpoint takes one for each of its three host names: a /29
 * would just do and leave nothing, so a /28 is the narrowest.
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
 */
const narrowestPrefix = 28;

/** Addresses that belong to nobody on the internet: RFC 1918 and RFC 6598. */
const privateSpace = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

const subnetPattern =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/i;

/** Everything about a private endpoint that can be judged without Azure. Pure. */
export function checkPrivateAccess({
  network,
  dns,
}: Pick<FoundryRouteSettings, "network" | "dns">): Problem[] {
  const own = network.kind === "create" ? parseBlock(network.cidr) : undefined;
  return [
    ...(network.kind === "create" ? checkCreated(network.cidr) : checkSubnet(network.subnetId)),
    ...checkClients(network.clientCidrs, own && "block" in own ? own.block : undefined),
    ...checkDns(dns),
  ];
}

function checkCreated(cidr: string): Problem[] {
  const path = "network.cidr";
  const parsed = parseBlock(cidr);
  if ("reason" in parsed) return [{ path, reason: parsed.reason }];
  const { block } = parsed;
  const problems: Problem[] = [];
  if (block.prefix < widestPrefix || block.prefix > narrowestPrefix) {
    const reason = `"${cidr}"; a network for the endpoint takes /${widestPrefix} to /${narrowestPrefix}`;
    problems.push({ path, reason });
  }
  if (!privateSpace.some((space) => isWithin(block, space))) {
    const reason = `"${cidr}" is not private; use a block of ${privateSpace.join(", ")}`;
    problems.push({ path, reason });
  }
  return problems;
}

function checkSubnet(subnetId: string): Problem[] {
  if (subnetPattern.test(subnetId)) return [];
  const reason = `"${subnetId}" is no resource id of a subnet: /subscriptions/…/virtualNetworks/…/subnets/…`;
  return [{ path: "network.subnetId", reason }];
}

function checkClients(clientCidrs: readonly string[], own: Block | undefined): Problem[] {
  const path = "network.clientCidrs";
  if (clientCidrs.length === 0) {
    return [{ path, reason: "empty; list at least one range laptops come from" }];
  }
  return blockProblems(clientCidrs, {
    at: (index) => `${path}.${index}`,
    also: (given) => [
      ...(given.block.prefix === 0 ? [`"${given.text}" is everybody`] : []),
      ...ofNetwork(given, own),
    ],
  });
}

/** All three zones, each once, and nothing else. */
function checkDns(dns: FoundryDns): Problem[] {
  if (dns.kind === "create") return [];
  const given = dns.zoneIds.map(zoneOfId);
  const problems = dns.zoneIds.flatMap((id, position) => {
    const zone = given[position];
    const path = `dns.zoneIds.${position}`;
    if (zone === undefined || !foundryDnsZones.some((known) => known === zone)) {
      const reason = `"${id}" is none of the zones ${foundryDnsZones.join(", ")}`;
      return [{ path, reason }];
    }
    return given.indexOf(zone) === position ? [] : [{ path, reason: `${zone} is listed twice` }];
  });
  const missing = foundryDnsZones.filter((zone) => !given.includes(zone));
  if (missing.length > 0) {
    const reason = `${missing.join(" and ")} missing; all three zones or none: laptops would be led to the public address and refused with 401`;
    problems.push({ path: "dns.zoneIds", reason });
  }
  return problems;
}

function isWithin(block: Block, space: string): boolean {
  const parsed = parseBlock(space);
  return "block" in parsed && contains(parsed.block, block);
}
