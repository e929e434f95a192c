import { checkBedrockAccess } from "../components/aws/bedrock-access-checks.ts";
import { checkMantleAccess } from "../components/aws/mantle-access-checks.ts";
import { checkFoundryResource } from "../components/azure/foundry-resource-checks.ts";
import { checkVertexProject } from "../components/gcp/vertex-project-checks.ts";
import type { Compliance } from "../residency/compliance.ts";
import { didYouMean } from "../residency/nearest.ts";
import type { Problem } from "../residency/problem.ts";
import { countryOf, regionsOf } from "../residency/regions.ts";
import type { Zone } from "../residency/types.ts";
import { resolveZone } from "../residency/zones.ts";
import { checkAnthropicRoute } from "./anthropic-route.ts";
import type { GeographyConfig, RouteConfig } from "./config-schema.ts";
import { checkGatewayRoute } from "./gateway-route.ts";
import { helperProblems } from "./helper-rules.ts";
import { usesHelper } from "./helper-sign-in.ts";
import { withInstalledHelper } from "./installed-helper.ts";
import { overlapProblems, sharedProblems } from "./route-rules.ts";
import type { GeographyFacts } from "./token-service-config.ts";
import { createdServiceProblems, tokenServiceProblems } from "./token-service-rules.ts";

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
  const problems = [
    ...zoneProblems,
    ...sharedProblems(config),
    ...overlapProblems(config),
    ...tokenServiceProblems(config, judging.stack),
  ];
  if (zone !== undefined) {
    for (const [position, route] of config.routes.entries()) {
      const found = routeProblems(config, route, zone, judging);
      problems.push(
        ...found.map(({ path, reason }) => ({
          path: `routes.${position}.${inFile(path)}`,
          reason,
        })),
      );
    }
  }
  if (zone !== undefined && problems.length === 0) {
    problems.push(...createdServiceProblems(config, factsOf(config, judging, zone)));
  }
  return zone !== undefined && problems.length === 0 ? { zone, problems: [] } : { zone, problems };
}

/** What every part of a geography is made of. */
export function factsOf(
  { organization }: GeographyConfig,
  { stack, today }: Judging,
  zone: Zone,
): GeographyFacts {
  return { zone, geography: stack, organization: organization.name, today };
}

/** A label is made of organization, geography and route; of these a file names the route beside it. */
function inFile(path: string): string {
  return path === "label" ? "name" : path;
}

function routeProblems(
  config: GeographyConfig,
  given: RouteConfig,
  zone: Zone,
  judging: Judging,
): readonly Problem[] {
  return [
    ...providerProblems(config, given, zone, judging),
    ...(usesHelper(given) ? helperProblems(given, config) : []),
  ];
}

function providerProblems(
  { organization }: GeographyConfig,
  given: RouteConfig,
  zone: Zone,
  { compliance, stack, today }: Judging,
): readonly Problem[] {
  const route = withInstalledHelper(given);
  const judged = { zone, geography: stack, organization: organization.name, today };
  if (route.provider === "vertex") return checkVertexProject({ ...judged, route });
  if (route.provider === "foundry") return checkFoundryResource({ ...judged, route });
  if (route.provider === "gateway") return checkGatewayRoute(route, { zone, today });
  if (route.provider === "anthropic") return checkAnthropicRoute(route, { zone, today });
  const strange = regionProblems("region", zone, route.region);
  // One sentence about a misspelt region says more than every consequence of it.
  if (strange.length > 0) return strange;
  if (route.provider === "mantle") return checkMantleAccess({ ...judged, route });
  return checkBedrockAccess({ ...judged, route, profileSources: compliance.profileSources });
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
