import ipaddr from "ipaddr.js";

import { fipsServices } from "../../residency/bedrock.ts";
import { regionsOf } from "../../residency/regions.ts";
import { parseBlock, split } from "../shared/cidr.ts";
import type { Problem } from "../shared/input-check.ts";
import { blockProblems } from "./block-problems.ts";
import { hasFipsName, wantedServices } from "./interface-endpoints.ts";
import { checkLabel } from "./names.ts";
import type { BedrockNetworkArgs } from "./network-args.ts";
import { checkPlace } from "./place.ts";
import { checkRetention } from "./retention.ts";

/**
 * Inbound rules a security group holds unless the account's quota was raised.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
const rulesPerGroup = 60;

/** Everything about a network's arguments that can be judged without AWS. Pure. */
export function checkBedrockNetwork(args: Omit<BedrockNetworkArgs, "kmsKeyArn">): Problem[] {
  return [
    ...checkPlace(args.place),
    ...checkLabel(args.label),
    ...checkSource(args),
    ...checkClients(args),
    ...checkEndpoints(args),
  ];
}

type Checked = Omit<BedrockNetworkArgs, "kmsKeyArn">;

function checkSource({ source, place, reach, flowLogRetentionDays }: Checked): Problem[] {
  if (source.kind === "existing") return checkExisting(source, reach.kind === "resolver");
  const problems: Problem[] = [];
  const { cidr, zoneCount = 2, availabilityZones } = source;
  const countIsGood = Number.isInteger(zoneCount) && zoneCount >= 2 && zoneCount <= 6;
  if (!countIsGood) {
    const reason = `${zoneCount}; need a whole number from 2 to 6`;
    problems.push({ path: "source.zoneCount", reason });
  }
  const parsed = parseBlock(cidr);
  if ("reason" in parsed) {
    problems.push({ path: "source.cidr", reason: parsed.reason });
  } else if (parsed.block.prefix < 16 || parsed.block.prefix > 28) {
    const reason = `"${cidr}"; a VPC is /16 to /28`;
    problems.push({ path: "source.cidr", reason });
  } else if (countIsGood && split(parsed.block, zoneCount) === undefined) {
    const reason = `"${cidr}" has no room for ${zoneCount} subnets of /28; use a wider block`;
    problems.push({ path: "source.cidr", reason });
  }
  if (availabilityZones !== undefined) {
    const path = "source.availabilityZones";
    if (new Set(availabilityZones).size !== zoneCount || availabilityZones.length !== zoneCount) {
      const reason = `[${availabilityZones.join(", ")}]; need ${zoneCount} different zones`;
      problems.push({ path, reason });
    }
    for (const zone of availabilityZones) {
      if (!new RegExp(`^${place.region}[a-z]$`).test(zone)) {
        problems.push({ path, reason: `"${zone}" is not a zone of ${place.region}` });
      }
    }
  }
  return [...problems, ...checkRetention("flowLogRetentionDays", flowLogRetentionDays)];
}

function checkExisting(
  source: Extract<Checked["source"], { kind: "existing" }>,
  withResolver: boolean,
): Problem[] {
  const problems: Problem[] = [];
  if (!/^vpc-[0-9a-f]{8,17}$/.test(source.vpcId)) {
    problems.push({ path: "source.vpcId", reason: `"${source.vpcId}" is not a VPC id` });
  }
  const different = new Set(source.subnetIds);
  if (different.size < 2 || different.size !== source.subnetIds.length) {
    const reason = `[${source.subnetIds.join(", ")}]; need two or more different subnets, one a zone`;
    problems.push({ path: "source.subnetIds", reason });
  }
  for (const id of source.subnetIds) {
    if (!/^subnet-[0-9a-f]{8,17}$/.test(id)) {
      problems.push({ path: "source.subnetIds", reason: `"${id}" is not a subnet id` });
    }
  }
  const addresses = source.resolverAddresses ?? [];
  if (withResolver) {
    const path = "source.resolverAddresses";
    if (addresses.length !== source.subnetIds.length) {
      const reason = `${addresses.length} given; reach "resolver" needs one free address in each of the ${source.subnetIds.length} subnets, in their order`;
      problems.push({ path, reason });
    }
    for (const address of addresses) {
      if (!ipaddr.IPv4.isValidFourPartDecimal(address)) {
        problems.push({ path, reason: `"${address}" is not an IPv4 address` });
      }
    }
  }
  return problems;
}

function checkClients({ clientCidrs, source, reach }: Checked): Problem[] {
  const path = "clientCidrs";
  if (clientCidrs.length === 0) {
    return [{ path, reason: "empty; name the blocks laptops come from, or nobody gets in" }];
  }
  const problems: Problem[] = [];
  const limit = reach.kind === "resolver" ? rulesPerGroup / 2 : rulesPerGroup;
  if (clientCidrs.length > limit) {
    const reason = `${clientCidrs.length} blocks; a security group holds ${limit}: merge some`;
    problems.push({ path, reason });
  }
  const own = source.kind === "create" ? parseBlock(source.cidr) : undefined;
  const vpc = own !== undefined && "block" in own ? own.block : undefined;
  return [
    ...problems,
    ...blockProblems(path, clientCidrs, { meant: "the company's own blocks", vpc }),
  ];
}

function checkEndpoints(args: Checked): Problem[] {
  const { place, endpointPolicies, fips = false } = args;
  const problems: Problem[] = [];
  const wanted = wantedServices(args);
  for (const service of wanted) {
    const policy: unknown = Object.hasOwn(endpointPolicies, service)
      ? endpointPolicies[service]
      : undefined;
    if (policy === undefined || policy === "") {
      const reason = "missing; without one AWS would let everybody do everything";
      problems.push({ path: `endpointPolicies.${service}`, reason });
    }
  }
  if (fips) {
    const has = fipsServices(place.region);
    const needed = wanted.filter(hasFipsName);
    const lacking = needed.filter((service) => !has.includes(service));
    if (lacking.length > 0) {
      const inZone = regionsOf(place.zone).filter((region) =>
        needed.every((service) => fipsServices(region).includes(service)),
      );
      const instead =
        inZone.length === 0 ? `no region of ${place.zone.id} has` : `${inZone.join(", ")} have`;
      const all = needed.length === 1 ? "one" : "them all";
      const reason = `${place.region} has no FIPS endpoint for ${lacking.join(", ")}; ${instead} ${all}`;
      problems.push({ path: "fips", reason });
    }
    if (wanted.includes("bedrock-mantle")) {
      problems.push({ path: "fips", reason: "bedrock-mantle has no FIPS endpoint anywhere" });
    }
  }
  return problems;
}
