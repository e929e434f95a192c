import { blockProblems, ofNetwork, tooWide } from "../shared/block-problems.ts";
import { type Block, contains, parseBlock } from "../shared/cidr.ts";
import type { Problem } from "../shared/input-check.ts";
import { type EndpointKind, endpointKind, narrowestPrefix } from "./private-path-plan.ts";
import type { CreatedNetwork, ExistingNetwork, VertexProjectArgs } from "./vertex-route.ts";

/** The kit's own limit: a path needs a handful of addresses, and each must be routed to it. */
const widestPrefix = 16;

/** Addresses that belong to nobody on the internet: RFC 1918 and RFC 6598. */
const privateSpace = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Everything about a private path that can be judged without Google; nothing for public reach. Pure. */
export function checkPrivatePath({ route }: VertexProjectArgs): Problem[] {
  const { reach, location, dataRegion } = route;
  if (reach.kind === "public") return [];
  const { network } = reach;
  const kind = endpointKind(location);
  return [
    ...(kind === undefined ? [noEndpoint(location)] : []),
    ...(network.kind === "create"
      ? checkCreated(network, kind)
      : checkExisting(network, kind, dataRegion)),
    ...checkClients(network),
  ];
}

function noEndpoint(location: string): Problem {
  const reason = `"${location}" has no private endpoint that stays in a place; use eu, us or a region with a Claude endpoint`;
  return { path: "location", reason };
}

function checkCreated({ cidr }: CreatedNetwork, kind: EndpointKind = "regional"): Problem[] {
  const path = "reach.network.cidr";
  const parsed = parseBlock(cidr);
  if ("reason" in parsed) return [{ path, reason: parsed.reason }];
  const problems: Problem[] = [];
  const narrowest = narrowestPrefix[kind];
  if (parsed.block.prefix < widestPrefix || parsed.block.prefix > narrowest) {
    const why = kind === "bundle" ? ", half of it free for the endpoint" : "";
    const reason = `"${cidr}"; a private path takes /${widestPrefix} to /${narrowest}${why}`;
    problems.push({ path, reason });
  }
  if (!isWithin(parsed.block, privateSpace)) {
    const reason = `"${cidr}" is not private; use a block of ${privateSpace.join(", ")}`;
    problems.push({ path, reason });
  }
  return problems;
}

function checkExisting(
  { network, subnetwork }: ExistingNetwork,
  kind: EndpointKind | undefined,
  dataRegion: string,
): Problem[] {
  const problems: Problem[] = [];
  const [, networkProject] = /^projects\/([^/]+)\/global\/networks\/[^/]+$/.exec(network) ?? [];
  if (networkProject === undefined) {
    const reason = `"${network}"; write it as projects/PROJECT/global/networks/NAME`;
    problems.push({ path: "reach.network.network", reason });
  }
  const path = "reach.network.subnetwork";
  const [, project, region] =
    /^projects\/([^/]+)\/regions\/([^/]+)\/subnetworks\/[^/]+$/.exec(subnetwork) ?? [];
  if (project === undefined) {
    const reason = `"${subnetwork}"; write it as projects/PROJECT/regions/REGION/subnetworks/NAME`;
    problems.push({ path, reason });
  } else if (region !== dataRegion) {
    const reason = `"${subnetwork}" is in ${region}; the endpoint lies in the data region, ${dataRegion}`;
    problems.push({ path, reason });
  }
  if (project !== undefined && networkProject !== undefined && project !== networkProject) {
    const reason = `"${subnetwork}" is of project ${project}, the network of ${networkProject}`;
    problems.push({ path, reason });
  }
  if (kind === "bundle") {
    const reason = `"existing"; a single region is reached through an endpoint outside every subnetwork, whose address only a created network knows: use "create", or reach "public" with a perimeter`;
    problems.push({ path: "reach.network.kind", reason });
  }
  return problems;
}

function checkClients(network: CreatedNetwork | ExistingNetwork): Problem[] {
  const path = "reach.network.clientCidrs";
  if (network.clientCidrs.length === 0) {
    return [{ path, reason: "empty; name the blocks laptops come from: answers are routed there" }];
  }
  const parsedOwn = network.kind === "create" ? parseBlock(network.cidr) : undefined;
  const own = parsedOwn && "block" in parsedOwn ? parsedOwn.block : undefined;
  return blockProblems(network.clientCidrs, {
    at: (index) => `${path}.${index}`,
    also: (given) => [...tooWide(given, "the company's own blocks"), ...ofNetwork(given, own)],
  });
}

function isWithin(block: Block, spaces: readonly string[]): boolean {
  return spaces.some((space) => {
    const parsed = parseBlock(space);
    return "block" in parsed && contains(parsed.block, block);
  });
}
