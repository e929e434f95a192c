import type { ServedRoute } from "../../contract/token-service-config.ts";
import { stsEndpoint } from "../../exchange/aws-place.ts";
import { sessionPolicyProblem } from "../../exchange/aws-session-policy.ts";
import { ExchangeError } from "../../exchange/exchange.ts";
import type { Problem } from "../../residency/problem.ts";
import { sessionTagProblems } from "./aws-route.ts";

/**
 * What would make every exchange of a route fail, found before the first request: for the check of a configuration
 * at start.
 */
export function routeProblems(route: ServedRoute, path: string): Problem[] {
  if (route.provider !== "bedrock" && route.provider !== "mantle") return [];
  const { exchange } = route;
  const tags = exchange.kind === "assume-role" ? sessionTagProblems(exchange.sessionTags) : [];
  const place = placeProblem({ ...route, roleArn: exchange.roleArn });
  const models = sessionPolicyProblem({ ...route, roleArn: exchange.roleArn });
  return [
    ...(place === undefined ? [] : [{ path, reason: place }]),
    ...(models === undefined ? [] : [{ path: `${path}.models`, reason: models }]),
    ...tags.map((reason) => ({ path: `${path}.exchange.sessionTags`, reason })),
  ];
}

function placeProblem(role: Parameters<typeof stsEndpoint>[0]): string | undefined {
  try {
    stsEndpoint(role);
    return undefined;
  } catch (error) {
    if (error instanceof ExchangeError) return error.message;
    throw error;
  }
}
