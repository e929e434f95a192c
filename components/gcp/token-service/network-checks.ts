import { type Block, overlaps, parseBlock } from "../../shared/cidr.ts";
import type { Problem } from "../../shared/input-check.ts";
import type { ServiceNetwork } from "./args.ts";
import type { ServicePlan } from "./plan.ts";

/**
 * Narrowest block for instances and for proxies. Cloud Run takes two addresses an instance while it replaces them,
 * and four of a block are Google's own.
 * @see https://docs.cloud.google.com/run/docs/configuring/vpc-direct-vpc (IP address allocation)
 * @see https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets (looked up 2026-11-21)
 */
const narrowestPrefix = 26;
/** Google's four, the load balancer's, and those of the store's endpoint. */
const otherAddresses = 8;

export function checkNetwork(
  { network, subnetCidr, proxies }: ServiceNetwork,
  { projectId, maxReplicas }: Pick<ServicePlan, "projectId" | "maxReplicas">,
  clientCidrs: readonly string[],
): Problem[] {
  const problems: Problem[] = [];
  const own = /^projects\/([^/]+)\/global\/networks\/[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.exec(
    network,
  );
  if (own === null || own[1] !== projectId) {
    const reason = `"${network}" is no network of the service's project; write projects/${projectId}/global/networks/<name>`;
    problems.push({ path: "network.network", reason });
  }
  const subnet = subnetBlock("network.subnetCidr", subnetCidr, problems);
  if (subnet !== undefined && 2 * maxReplicas + otherAddresses > 2 ** (32 - subnet.prefix)) {
    const reason = `"${subnetCidr}" has no room for ${maxReplicas} instances, which take two addresses each; use a wider block`;
    problems.push({ path: "network.subnetCidr", reason });
  }
  const proxy =
    proxies.kind === "create"
      ? subnetBlock("network.proxies.cidr", proxies.cidr, problems)
      : undefined;
  if (subnet && proxy && overlaps(subnet, proxy)) {
    const reason = `"${subnetCidr}" and the proxies' block share addresses; use two blocks`;
    problems.push({ path: "network.proxies.cidr", reason });
  }
  for (const text of clientCidrs) {
    const client = parseBlock(text);
    if ("reason" in client || subnet === undefined || !overlaps(client.block, subnet)) continue;
    const reason = `"${subnetCidr}" overlaps "${text}", where laptops are; answers would not find back`;
    problems.push({ path: "network.subnetCidr", reason });
  }
  return problems;
}

function subnetBlock(path: string, cidr: string, problems: Problem[]): Block | undefined {
  const parsed = parseBlock(cidr);
  if ("reason" in parsed) {
    problems.push({ path, reason: parsed.reason });
    return undefined;
  }
  if (parsed.block.prefix > narrowestPrefix || parsed.block.prefix < 8) {
    const reason = `"${cidr}"; need a block of /8 to /${narrowestPrefix}`;
    problems.push({ path, reason });
    return undefined;
  }
  return parsed.block;
}
