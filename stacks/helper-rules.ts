import { credentialMarginSeconds } from "../contract/helper-config.ts";
import type { Problem } from "../residency/problem.ts";
import type { GeographyConfig } from "./config-schema.ts";
import { type HelperRoute, helperIssuer } from "./helper-sign-in.ts";

/**
 * Shortest life Entra ID gives an access token: they live 60 to 90 minutes
 * (https://learn.microsoft.com/entra/identity-platform/access-tokens, read 2026-11-20).
 */
const SHORTEST_ENTRA_SECONDS = 3600;
/**
 * Longest life Google's STS gives a federated token, however long the pool's session is
 * (https://docs.cloud.google.com/iam/docs/workforce-obtaining-short-lived-credentials, read 2026-11-20).
 */
const LONGEST_GOOGLE_SECONDS = 3600;
const DEFAULT_SESSION_SECONDS = 3600;

/** Everything wrong with a route's use of the kit's own helper; paths inside the route. */
export function helperProblems(route: HelperRoute, config: GeographyConfig): Problem[] {
  return [
    ...exchangeProblems(route, config),
    ...signInProblems(route, config),
    ...lifeProblems(route, config),
  ];
}

function exchangeProblems(route: HelperRoute, { tokenService }: GeographyConfig): Problem[] {
  const path = "desktop.exchange";
  if (route.desktop.exchange === "token-service") {
    if (tokenService === undefined) {
      return [{ path, reason: "the file has no tokenService; add one, or use direct" }];
    }
    return servedRoutes(tokenService).includes(route.name)
      ? []
      : [
          {
            path,
            reason: `the token service gives no credential for "${route.name}"; list it there`,
          },
        ];
  }
  const needed = neededAccess(route);
  return needed === undefined
    ? []
    : [
        {
          path,
          reason: `direct needs access kind ${needed}; change the access, or use token-service`,
        },
      ];
}

/** What the route's access has to be for the laptop to exchange by itself; absent when it is that. */
function neededAccess(route: HelperRoute): string | undefined {
  if (route.provider === "bedrock" || route.provider === "mantle") {
    return route.access.kind === "oidc" ? undefined : "oidc";
  }
  if (route.provider === "vertex") {
    return route.access.kind === "workforce" ? undefined : "workforce";
  }
  return undefined;
}

function signInProblems(route: HelperRoute, config: GeographyConfig): Problem[] {
  const { signIn, exchange } = route.desktop;
  if (signIn.kind === "device-certificate") {
    return exchange === "token-service"
      ? []
      : [
          {
            path: "desktop.signIn.kind",
            reason:
              "a device certificate is presented to a token service; set exchange: token-service",
          },
        ];
  }
  const { issuer, clientId } = helperIssuer(route, config);
  const problems: Problem[] = [];
  if (issuer === undefined) {
    const reason = "missing; neither the route's access nor the token service says which issuer";
    problems.push({ path: "desktop.signIn.issuer", reason });
  } else if (!/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[^\s?#]*)?$/.test(issuer)) {
    const reason = "must be an https URL without credentials, query or fragment";
    problems.push({ path: "desktop.signIn.issuer", reason });
  }
  if (clientId === undefined && !madeHere(route)) {
    const reason = "missing; neither the route's access nor the token service says which client";
    problems.push({ path: "desktop.signIn.clientId", reason });
  }
  if (signIn.scopes !== undefined && !signIn.scopes.split(" ").includes("openid")) {
    const reason = "must contain openid; without it there is no ID token";
    problems.push({ path: "desktop.signIn.scopes", reason });
  }
  return problems;
}

/** The kit registers the application, so its id is known once that exists. */
function madeHere(route: HelperRoute): boolean {
  return route.provider === "foundry" && route.application?.kind !== "existing";
}

function lifeProblems(route: HelperRoute, config: GeographyConfig): Problem[] {
  const { desktop } = route;
  const life = shortestLife(route, config);
  const needed = desktop.ttlSeconds + credentialMarginSeconds;
  const problems: Problem[] = [];
  if (life !== undefined && life < needed) {
    const reason = `a credential may live ${life} s only, and ${desktop.ttlSeconds} s of keeping need ${needed}; write ${life - credentialMarginSeconds} at most`;
    problems.push({ path: "desktop.ttlSeconds", reason });
  }
  if (
    desktop.exchange === "direct" &&
    (route.provider === "bedrock" || route.provider === "mantle")
  ) {
    const longest = route.access.maxSessionSeconds ?? DEFAULT_SESSION_SECONDS;
    if (desktop.sessionSeconds > longest) {
      const reason = `the role's sessions live ${longest} s at most; ask for less, or raise access.maxSessionSeconds`;
      problems.push({ path: "desktop.sessionSeconds", reason });
    }
  }
  return problems;
}

/** Life of the shortest credential the route may be answered with; absent where nobody here decides it. */
function shortestLife(route: HelperRoute, { tokenService }: GeographyConfig): number | undefined {
  const { desktop } = route;
  if (desktop.exchange === "token-service") {
    if (tokenService?.kind !== "create") return tokenService?.longestSessionSeconds;
    const lives = tokenService.trustPolicy.policies
      .filter(({ mode, routes }) => mode === "enforce" && routes.includes(route.name))
      .map(({ sessionSeconds }) => sessionSeconds);
    return lives.length === 0 ? undefined : Math.min(...lives);
  }
  switch (route.provider) {
    case "bedrock":
    case "mantle":
      return desktop.sessionSeconds;
    case "vertex":
      return route.access.kind === "workforce"
        ? Math.min(LONGEST_GOOGLE_SECONDS, route.access.sessionSeconds ?? DEFAULT_SESSION_SECONDS)
        : undefined;
    case "foundry":
      return SHORTEST_ENTRA_SECONDS;
    default:
      return undefined;
  }
}

/** Routes a token service gives credentials for: those a policy in force names. */
export function servedRoutes(
  service: NonNullable<GeographyConfig["tokenService"]>,
): readonly string[] {
  if (service.kind === "existing") return service.routes;
  const named = service.trustPolicy.policies
    .filter(({ mode }) => mode === "enforce")
    .flatMap(({ routes }) => routes);
  return [...new Set(named)];
}
