import { parseBlock, split } from "../../shared/cidr.ts";
import type { Problem } from "../../shared/input-check.ts";
import { blockProblems, unansweredProblems } from "../block-problems.ts";
import type { ServiceEndpoint, ServiceNetwork } from "./args.ts";
import type { ServicePlan } from "./plan.ts";

/**
 * Rules a security group holds in each direction unless the account's quota was raised.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
const rulesPerGroup = 60;

/** Blocks let in or out: at most `limit`, none wider than /8, none twice. */
export function checkCidrs(path: string, cidrs: readonly string[], limit = 40): Problem[] {
  const problems: Problem[] = [];
  if (cidrs.length > limit) {
    const reason = `${cidrs.length} blocks; at most ${limit} fit a security group of ${rulesPerGroup} rules: merge some`;
    problems.push({ path, reason });
  }
  return [...problems, ...blockProblems(path, cidrs, { meant: "the blocks that are meant" })];
}

export function checkNetwork(
  network: ServiceNetwork,
  plan: ServicePlan,
  clientCidrs: readonly string[],
): Problem[] {
  return network.kind === "create"
    ? checkCreated(network, plan, clientCidrs)
    : checkExisting(network, plan);
}

function checkCreated(
  network: Extract<ServiceNetwork, { kind: "create" }>,
  { place }: ServicePlan,
  clientCidrs: readonly string[],
): Problem[] {
  const { cidr, zoneCount = 2, availabilityZones } = network;
  const problems: Problem[] = [];
  const countIsGood = Number.isInteger(zoneCount) && zoneCount >= 2 && zoneCount <= 6;
  if (!countIsGood) {
    const reason = `${zoneCount}; need a whole number from 2 to 6`;
    problems.push({ path: "network.zoneCount", reason });
  }
  const path = "network.cidr";
  const parsed = parseBlock(cidr);
  if ("reason" in parsed) problems.push({ path, reason: parsed.reason });
  else if (parsed.block.prefix < 16 || parsed.block.prefix > 28) {
    problems.push({ path, reason: `"${cidr}"; a VPC is /16 to /28` });
  } else {
    const { block } = parsed;
    const pieces = countIsGood ? split(block, zoneCount) : undefined;
    // A load balancer wants eight free addresses in each subnet, and a /28 has eleven in all.
    if (countIsGood && (pieces?.[0]?.prefix ?? 29) > 27) {
      const reason = `"${cidr}" has no room for ${zoneCount} subnets of /27; use a wider block`;
      problems.push({ path, reason });
    }
    problems.push(...unansweredProblems("clientCidrs", clientCidrs, block));
  }
  if (availabilityZones !== undefined) {
    const at = "network.availabilityZones";
    if (new Set(availabilityZones).size !== zoneCount || availabilityZones.length !== zoneCount) {
      const reason = `[${availabilityZones.join(", ")}]; need ${zoneCount} different zones`;
      problems.push({ path: at, reason });
    }
    for (const zone of availabilityZones) {
      if (!new RegExp(`^${place.region}[a-z]$`).test(zone)) {
        problems.push({ path: at, reason: `"${zone}" is not a zone of ${place.region}` });
      }
    }
  }
  return problems;
}

function checkExisting(
  network: Extract<ServiceNetwork, { kind: "existing" }>,
  plan: ServicePlan,
): Problem[] {
  const { vpcId, subnetIds, routeTableId, endpointsExist = [], s3PrefixListId } = network;
  const problems = checkCidrs("network.subnetCidrs", network.subnetCidrs);
  const id = (path: string, value: unknown, kind: string) => {
    // What is not plain comes from a resource of the same program.
    if (typeof value !== "string" || new RegExp(`^${kind}-[0-9a-f]{8,17}$`).test(value)) return;
    problems.push({ path, reason: `"${value}" is not an id such as ${kind}-0a1b2c3d` });
  };
  id("network.vpcId", vpcId, "vpc");
  id("network.routeTableId", routeTableId, "rtb");
  for (const subnet of subnetIds) id("network.subnetIds", subnet, "subnet");
  if (subnetIds.length < 2 || new Set(subnetIds).size !== subnetIds.length) {
    const reason = `${new Set(subnetIds).size} different subnets; need two or more, one a zone`;
    problems.push({ path: "network.subnetIds", reason });
  }
  if (network.subnetCidrs.length !== subnetIds.length) {
    const reason = `${network.subnetCidrs.length} blocks for ${subnetIds.length} subnets; give each subnet's own`;
    problems.push({ path: "network.subnetCidrs", reason });
  }
  const known: readonly ServiceEndpoint[] = [
    ...(["ecr.api", "ecr.dkr", "s3", "logs"] as const),
    ...(["sts", "kms", "secretsmanager", "ssm"] as const),
  ];
  for (const service of endpointsExist.filter((one) => !known.includes(one))) {
    const reason = `"${service}" is no endpoint of the service; it uses ${known.join(", ")}`;
    problems.push({ path: "network.endpointsExist", reason });
  }
  const hasS3 = endpointsExist.includes("s3");
  if (!hasS3 && plan.endpoints.includes("s3") && routeTableId === undefined) {
    const reason =
      "missing; the S3 endpoint that image layers come through is entered there, or name s3 in endpointsExist";
    problems.push({ path: "network.routeTableId", reason });
  }
  if (hasS3 && !/^pl-[0-9a-f]{8,17}$/.test(s3PrefixListId ?? "")) {
    const reason = `"${s3PrefixListId ?? ""}" is no prefix list such as pl-6ea54007; without it the tasks cannot open a connection to S3`;
    problems.push({ path: "network.s3PrefixListId", reason });
  }
  return problems;
}
