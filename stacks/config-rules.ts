import { checkBedrockAccess } from "../components/aws/bedrock-access-checks.ts";
import { overlaps, parseBlock } from "../components/aws/cidr.ts";
import type { Compliance } from "../residency/compliance.ts";
import { didYouMean } from "../residency/nearest.ts";
import type { Problem } from "../residency/problem.ts";
import { countryOf, regionsOf } from "../residency/regions.ts";
import type { Zone } from "../residency/types.ts";
import { resolveZone } from "../residency/zones.ts";
import type { GeographyConfig, RouteConfig } from "./config-schema.ts";

/** What a geography is judged by, besides its own configuration. */
export interface Judging {
  readonly compliance: Compliance;
  /** Name of the stack: what the compliance file maps to a zone. */
  readonly stack: string;
  /** ISO date that decides what is retired and which acceptances are valid. */
  readonly today: string;
}

export type ResolvedGeography =
  | { readonly zone: Zone; readonly problems: readonly [] }
  | { readonly zone: Zone | undefined; readonly problems: readonly Problem[] };

/** The zone the stack must stay inside, and everything that is wrong across values, all at once. */
export function judgeConfig(config: GeographyConfig, judging: Judging): ResolvedGeography {
  const { zone, problems: zoneProblems } = stackZone(config, judging);
  const problems = [...zoneProblems, ...sharedProblems(config), ...overlapProblems(config)];
  if (zone !== undefined) {
    for (const [position, route] of config.routes.entries()) {
      const prefix = `routes.${position}`;
      const strange = regionProblems(`${prefix}.region`, zone, route.region);
      const args = {
        zone,
        route,
        geography: judging.stack,
        organization: config.organization.name,
        today: judging.today,
        profileSources: judging.compliance.profileSources,
      };
      const found = checkBedrockAccess(args).map(({ path, reason }) => ({
        path: `${prefix}.${path}`,
        reason,
      }));
      // One sentence about a misspelt region says more than every consequence of it.
      problems.push(...strange, ...(strange.length > 0 ? [] : found));
    }
  }
  return zone !== undefined && problems.length === 0 ? { zone, problems: [] } : { zone, problems };
}

/**
 * The compliance file decides; the configuration must claim the same. The zone that is used is always
 * the file's, acceptances included.
 */
function stackZone(
  { geography }: GeographyConfig,
  { compliance, stack }: Judging,
): { readonly zone: Zone | undefined; readonly problems: Problem[] } {
  const claimed = typeof geography === "string" ? geography : geography.id;
  const mapped = Object.hasOwn(compliance.stacks, stack) ? compliance.stacks[stack] : undefined;
  const zone =
    mapped !== undefined && Object.hasOwn(compliance.zones, mapped)
      ? compliance.zones[mapped]
      : undefined;
  const known = Object.hasOwn(compliance.zones, claimed);
  const servable = known ? [] : unknownZone(geography, Object.keys(compliance.zones));
  if (mapped === undefined || zone === undefined) {
    const reason = `compliance/zones.yaml maps no zone to the stack "${stack}"; ask the compliance team to add it`;
    return { zone: undefined, problems: [...servable, { path: "geography", reason }] };
  }
  if (servable.length > 0) return { zone: undefined, problems: servable };
  if (claimed !== mapped) {
    const reason = `the stack claims "${claimed}", compliance/zones.yaml maps "${stack}" to "${mapped}"`;
    return { zone: undefined, problems: [{ path: "geography", reason }] };
  }
  if (typeof geography !== "string" && !sameCountries(geography.countries, zone.countries)) {
    const reason = `differ from those of zone "${mapped}" in compliance/zones.yaml (${zone.countries.join(", ")})`;
    return { zone: undefined, problems: [{ path: "geography.countries", reason }] };
  }
  return { zone, problems: [] };
}

/** Why a zone is not known: it may be one nobody can serve, and then the reason says what could be. */
function unknownZone(geography: GeographyConfig["geography"], known: readonly string[]): Problem[] {
  if (typeof geography !== "string") {
    const resolved = resolveZone(geography);
    if ("problems" in resolved) return [...resolved.problems];
    const reason = `zone "${geography.id}" is not in compliance/zones.yaml; the compliance team owns zones`;
    return [{ path: "geography", reason }];
  }
  const hint = didYouMean(geography, known);
  return [
    {
      path: "geography",
      reason: `"${geography}" is no zone of compliance/zones.yaml; use one of ${known.join(", ")}${hint}`,
    },
  ];
}

function sameCountries(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join() === other.toSorted().join();
}

function regionProblems(path: string, zone: Zone, region: string): Problem[] {
  if (countryOf(region) !== undefined) return [];
  const inside = regionsOf(zone);
  const hint = didYouMean(region, inside);
  const reason = `no dated source knows "${region}"; zone ${zone.id} has ${inside.join(", ")}${hint}`;
  return [{ path, reason }];
}

/** What two routes may not share: their name, and an account's one log configuration a region. */
function sharedProblems({ routes }: GeographyConfig): Problem[] {
  return routes.flatMap((route, position) => {
    const earlier = routes.slice(0, position);
    const problems: Problem[] = [];
    const twin = earlier.findIndex(({ name }) => name === route.name);
    if (twin >= 0) {
      const reason = `"${route.name}" is the name of routes.${twin} already`;
      problems.push({ path: `routes.${position}.name`, reason });
    }
    const neighbour = earlier.findIndex(
      ({ accountId, region }) => accountId === route.accountId && region === route.region,
    );
    if (neighbour >= 0) {
      const reason = `routes.${neighbour} is in ${route.region} of account ${route.accountId} already, and an account has one invocation log a region; merge the two, or use another account`;
      problems.push({ path: `routes.${position}.region`, reason });
    }
    const rival = earlier.findIndex((other) => createsSameProvider(other, route));
    if (rival >= 0) {
      const reason = `routes.${rival} creates the provider of this issuer in the account already; set existingProvider: true here`;
      problems.push({ path: `routes.${position}.access.issuer`, reason });
    }
    return problems;
  });
}

/** An account holds one provider an issuer. */
function createsSameProvider(one: RouteConfig, other: RouteConfig): boolean {
  return (
    one.accountId === other.accountId &&
    one.access.kind === "oidc" &&
    other.access.kind === "oidc" &&
    one.access.issuer === other.access.issuer &&
    !one.access.existingProvider &&
    !other.access.existingProvider
  );
}

/** Networks that overlap cannot both be routed from the company's own. */
function overlapProblems({ routes }: GeographyConfig): Problem[] {
  const blocks = routes.flatMap(({ network }, position) => {
    if (network.kind !== "create") return [];
    const parsed = parseBlock(network.cidr);
    return "block" in parsed ? [{ position, cidr: network.cidr, block: parsed.block }] : [];
  });
  return blocks.flatMap(({ position, cidr, block }, i) =>
    blocks
      .slice(0, i)
      .filter((other) => overlaps(other.block, block))
      .map((other) => ({
        path: `routes.${position}.network.cidr`,
        reason: `${cidr} overlaps ${other.cidr} of routes.${other.position}; laptops could reach only one of them`,
      })),
  );
}
