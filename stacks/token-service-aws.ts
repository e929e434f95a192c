import type { AwsTokenServiceArgs, CallerRole } from "../components/aws/token-service/args.ts";
import { checkTokenService } from "../components/aws/token-service/checks.ts";
import { serviceLabel, taskRoleArn } from "../components/aws/token-service/names.ts";
import type { Problem } from "../residency/problem.ts";
import type { RouteConfig } from "./config-schema.ts";
import { inServiceBlock, type ServiceParts } from "./token-service-parts.ts";

type AwsRoute = Extract<RouteConfig, { provider: "bedrock" | "mantle" }>;

/** What the component at AWS is given, from the block that asks for it and the route it runs on. */
export function awsServiceArgs(parts: ServiceParts, runsOn: AwsRoute): AwsTokenServiceArgs {
  const { aws } = parts.settings;
  if (aws === undefined) throw new Error("the rules let a token service pass without its part");
  const { path, permissionsBoundaryArn } = runsOn.serviceRoles ?? {};
  return {
    ...parts.shared,
    ...aws,
    accountId: runsOn.accountId,
    region: runsOn.region,
    callers: callersOf(parts),
    roleRules: {
      ...(path === undefined ? {} : { path }),
      ...(permissionsBoundaryArn === undefined
        ? {}
        : { permissionsBoundary: permissionsBoundaryArn }),
    },
  };
}

/** Roles of the routes the service makes credentials for, each once. */
function callersOf({ served }: ServiceParts): readonly CallerRole[] {
  const roles = served.flatMap(({ exchange }): CallerRole[] =>
    exchange.kind === "assume-role" || exchange.kind === "web-identity"
      ? [{ kind: exchange.kind, roleArn: exchange.roleArn }]
      : [],
  );
  return roles.filter(
    ({ roleArn }, index) => roles.findIndex((other) => other.roleArn === roleArn) === index,
  );
}

/** Settings that stand in the block's AWS part; every other one stands beside it. */
const ofAws = ["certificateArn", "network", "store", "deletionProtection"];

/** What the component refuses, at the place of the file where it stands. */
export function awsServiceProblems(parts: ServiceParts, runsOn: AwsRoute): Problem[] {
  return inServiceBlock(checkTokenService(awsServiceArgs(parts, runsOn)), "aws", ofAws);
}

/** Routes whose role one other role assumes have to name this service, and the geography it tags sessions with. */
export function callerTrustProblems(
  { facts }: ServiceParts,
  runsOn: AwsRoute,
  routes: readonly RouteConfig[],
  served: readonly string[],
): Problem[] {
  const { zone, organization, geography } = facts;
  const place = { zone, accountId: runsOn.accountId, region: runsOn.region };
  const label = serviceLabel(organization, geography);
  const right = taskRoleArn(place, label, runsOn.serviceRoles?.path);
  return routes.flatMap((route, index) => {
    if (route.provider !== "bedrock" && route.provider !== "mantle") return [];
    if (!served.includes(route.name) || route.access.kind !== "principal") return [];
    const { principalArn, requiredTags = {} } = route.access;
    const at = `routes.${index}.access`;
    return [
      ...(principalArn === right
        ? []
        : [
            {
              path: `${at}.principalArn`,
              reason: `the stack's token service acts as ${right}; write that`,
            },
          ]),
      ...(requiredTags["cowork:geography"] === geography
        ? []
        : [
            {
              path: `${at}.requiredTags`,
              reason: `write { "cowork:geography": ${geography} }, or another geography's service that is taken for this one gets in`,
            },
          ]),
    ];
  });
}
