import { overlaps, parseBlock } from "../components/shared/cidr.ts";
import type { Problem } from "../residency/problem.ts";
import type {
  BedrockRouteConfig,
  FoundryRouteConfig,
  GeographyConfig,
  MantleRouteConfig,
  RouteConfig,
  VertexRouteConfig,
} from "./config-schema.ts";

/** What two routes may not share: a name, and what an account or a project has only once. */
export function sharedProblems({ routes }: GeographyConfig): Problem[] {
  return routes.flatMap((route, position) => {
    const earlier = routes.slice(0, position);
    const twin = earlier.findIndex(({ name }) => name === route.name);
    const reason = `"${route.name}" is the name of routes.${twin} already`;
    return [
      ...(twin < 0 ? [] : [{ path: `routes.${position}.name`, reason }]),
      ...(route.provider === "bedrock" ? accountProblems(route, position, earlier) : []),
      ...(isAws(route) ? issuerProblems(route, position, earlier) : []),
      ...(route.provider === "vertex" ? projectProblems(route, position, earlier) : []),
      ...(route.provider === "foundry" ? subscriptionProblems(route, position, earlier) : []),
    ];
  });
}

function accountProblems(
  route: BedrockRouteConfig,
  position: number,
  earlier: readonly RouteConfig[],
): Problem[] {
  const neighbour = earlier.findIndex(
    (other) =>
      other.provider === "bedrock" &&
      other.accountId === route.accountId &&
      other.region === route.region,
  );
  if (neighbour < 0) return [];
  const reason = `routes.${neighbour} is in ${route.region} of account ${route.accountId} already, and an account has one invocation log a region; merge the two, or use another account`;
  return [{ path: `routes.${position}.region`, reason }];
}

type AwsRouteConfig = BedrockRouteConfig | MantleRouteConfig;

function isAws(route: RouteConfig): route is AwsRouteConfig {
  return route.provider === "bedrock" || route.provider === "mantle";
}

function issuerProblems(
  route: AwsRouteConfig,
  position: number,
  earlier: readonly RouteConfig[],
): Problem[] {
  const rival = earlier.findIndex((other) => isAws(other) && createsSameProvider(other, route));
  if (rival < 0) return [];
  const reason = `routes.${rival} creates the provider of this issuer in the account already; set existingProvider: true here`;
  return [{ path: `routes.${position}.access.issuer`, reason }];
}

/** What a project, a parent of organization policies and all of Google Cloud have only once. */
function projectProblems(
  route: VertexRouteConfig,
  position: number,
  earlier: readonly RouteConfig[],
): Problem[] {
  const first = (same: (other: VertexRouteConfig) => boolean) =>
    earlier.findIndex((other) => other.provider === "vertex" && same(other));
  const { projectId } = route.project;
  const neighbour = first(({ project }) => project.projectId === projectId);
  const parent = policyParent(route);
  const rival = first((other) => parent !== undefined && policyParent(other) === parent);
  const pool = route.access.kind === "workforce" ? route.access.poolId : undefined;
  const twin = first(
    ({ access }) => pool !== undefined && access.kind === "workforce" && access.poolId === pool,
  );
  const at = (path: string, index: number, reason: string): Problem[] =>
    index < 0 ? [] : [{ path: `routes.${position}.${path}`, reason: `routes.${index} ${reason}` }];
  return [
    ...at(
      "project.projectId",
      neighbour,
      `is in project ${projectId} already, and a project has one audit configuration; merge the two, or use another project`,
    ),
    ...at(
      "organizationPolicies",
      rival,
      `sets organization policies on ${parent} already, and a parent has one of each; keep them on one route`,
    ),
    ...at("access.poolId", twin, `makes the workforce pool "${pool}" already; choose another id`),
  ];
}

/** What all of Azure and a subscription have only once. */
function subscriptionProblems(
  route: FoundryRouteConfig,
  position: number,
  earlier: readonly RouteConfig[],
): Problem[] {
  const first = (same: (other: FoundryRouteConfig) => boolean) =>
    earlier.findIndex((other) => other.provider === "foundry" && same(other));
  const { resourceName, subscriptionId, azurePolicy } = route;
  const twin = first((other) => resourceName !== undefined && other.resourceName === resourceName);
  const rival = first(
    (other) =>
      azurePolicy?.scope === "subscription" &&
      other.azurePolicy?.scope === "subscription" &&
      other.subscriptionId === subscriptionId,
  );
  return [
    ...(twin < 0
      ? []
      : [
          {
            path: `routes.${position}.resourceName`,
            reason: `routes.${twin} is called "${resourceName}" already, and a subdomain is unique in all of Azure; choose another`,
          },
        ]),
    ...(rival < 0
      ? []
      : [
          {
            path: `routes.${position}.azurePolicy.scope`,
            reason: `routes.${rival} governs subscription ${subscriptionId} already, and two rules deny what either does; keep it on one route`,
          },
        ]),
  ];
}

/** What organization policies are set on; a project has one route, so that only wider parents can meet. */
function policyParent({ organizationPolicies: policies, organizationId }: VertexRouteConfig) {
  switch (policies?.scope) {
    case "organization":
      return `organization ${organizationId}`;
    case "folder":
      return `folder ${policies.folderId}`;
    default:
      return undefined;
  }
}

/** An account holds one provider an issuer. */
function createsSameProvider(one: AwsRouteConfig, other: AwsRouteConfig): boolean {
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
export function overlapProblems({ routes }: GeographyConfig): Problem[] {
  const blocks = routes.flatMap((route, position) => {
    const { network, path } = networkOf(route);
    if (network?.kind !== "create") return [];
    const parsed = parseBlock(network.cidr);
    return "block" in parsed ? [{ position, path, cidr: network.cidr, block: parsed.block }] : [];
  });
  return blocks.flatMap(({ position, path, cidr, block }, i) =>
    blocks
      .slice(0, i)
      .filter((other) => overlaps(other.block, block))
      .map((other) => ({
        path: `routes.${position}.${path}.cidr`,
        reason: `${cidr} overlaps ${other.cidr} of routes.${other.position}; laptops could reach only one of them`,
      })),
  );
}

function networkOf(route: RouteConfig) {
  if (route.provider === "vertex") {
    const network = route.reach.kind === "private" ? route.reach.network : undefined;
    return { network, path: "reach.network" };
  }
  const network = "network" in route ? route.network : undefined;
  return { network, path: "network" };
}
