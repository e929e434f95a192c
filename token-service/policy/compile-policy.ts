import type { ServedRoute } from "../../contract/token-service-config.ts";
import type { PolicyEntry, TrustPolicy } from "../../contract/trust-policy.ts";
import { didYouMean } from "../../residency/nearest.ts";
import type { Problem } from "../../residency/problem.ts";
import { canNarrowModels, longestSessionSeconds } from "../exchange/route-limits.ts";
import type { CompiledClaim, CompiledFor } from "./compiled.ts";
import { compilePattern } from "./pattern.ts";

interface Surroundings {
  readonly origins: Pick<TrustPolicy, "issuers" | "deviceAuthorities">;
  readonly service: CompiledFor;
}

/** What is wrong with one policy, its patterns left aside. */
export function policyProblems(
  policy: PolicyEntry,
  path: string,
  { origins, service }: Surroundings,
): Problem[] {
  const geography =
    policy.geography === service.geography
      ? []
      : [
          {
            path: `${path}.geography`,
            reason: `"${policy.geography}" is not this service's; it gives credentials of ${service.geography} only`,
          },
        ];
  return [
    ...originProblems(policy, path, origins),
    ...geography,
    ...policy.routes.flatMap((name, index) =>
      routeProblems(name, `${path}.routes[${index}]`, policy, { origins, service }),
    ),
    ...policy.routes.flatMap((name) => {
      const route = service.routes.find((one) => one.name === name);
      return route === undefined ? [] : [...modelProblems(policy, path, route)];
    }),
  ];
}

/** Checked for every token already, or different in each: they say nothing about who somebody is. */
const notAboutAnybody = ["iss", "aud", "exp", "nbf", "iat", "jti", "nonce"];

/** The patterns of a policy or an administrator, and what is wrong with them. */
export function claimsOf(
  claims: Readonly<Record<string, string>>,
  path: string,
): { readonly compiled: readonly CompiledClaim[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const compiled: CompiledClaim[] = [];
  let namesSomebody = false;
  for (const [claim, text] of Object.entries(claims)) {
    const pattern = compilePattern(text);
    if ("problem" in pattern) {
      problems.push({ path: `${path}.${claim}`, reason: pattern.problem });
      continue;
    }
    if (notAboutAnybody.includes(claim)) {
      problems.push({
        path: `${path}.${claim}`,
        reason: "says nothing about who is meant; name a user, a group or a role",
      });
    } else if (pattern.namesSomebody) {
      namesSomebody = true;
    }
    compiled.push({ claim, matches: pattern.matches });
  }
  if (problems.length === 0 && !namesSomebody) {
    problems.push({
      path,
      reason: "matches anybody or an empty text; one claim has to say who is meant",
    });
  }
  return { compiled, problems };
}

const deviceClaims = ["device", "user", "organization", "organizationalUnit"];

function originProblems(
  { from, claims }: PolicyEntry,
  path: string,
  { issuers, deviceAuthorities }: Surroundings["origins"],
): Problem[] {
  if (issuers.some(({ name }) => name === from)) return [];
  const authority = deviceAuthorities.find(({ name }) => name === from);
  if (authority === undefined) {
    const known = [...issuers, ...deviceAuthorities].map(({ name }) => name);
    const reason = `"${from}" is neither an issuer nor a device authority${didYouMean(from, known)}`;
    return [{ path: `${path}.from`, reason }];
  }
  return Object.keys(claims).flatMap((claim) => {
    const at = `${path}.claims.${claim}`;
    if (!deviceClaims.includes(claim)) {
      const reason = `a device's certificate has no such claim; use one of ${deviceClaims.join(", ")}`;
      return [{ path: at, reason }];
    }
    return claim === "user" && authority.userFrom === undefined
      ? [{ path: at, reason: `"${from}" reads no user from certificates; set its userFrom` }]
      : [];
  });
}

function routeProblems(
  name: string,
  path: string,
  { from, sessionSeconds, routes }: PolicyEntry,
  { origins, service }: Surroundings,
): Problem[] {
  const known = service.routes.map((route) => route.name);
  const route = service.routes.find((one) => one.name === name);
  if (route === undefined) {
    const reason = `"${name}" is not served here, only ${known.join(", ")}${didYouMean(name, known)}`;
    return [{ path, reason }];
  }
  const problems: Problem[] = [];
  if (
    routes.indexOf(name) !== routes.lastIndexOf(name) &&
    path.endsWith(`[${routes.lastIndexOf(name)}]`)
  ) {
    problems.push({ path, reason: `"${name}" is listed twice` });
  }
  if (sessionSeconds > longestSessionSeconds(route)) {
    problems.push({
      path,
      reason: `credentials of "${name}" live at most ${longestSessionSeconds(route)} s, less than sessionSeconds ${sessionSeconds}`,
    });
  }
  if (handsTokenOn(route) && origins.deviceAuthorities.some((one) => one.name === from)) {
    problems.push({
      path,
      reason: `"${name}" hands the person's token on, and a device certificate comes without one`,
    });
  }
  return problems;
}

/** Exchanges by the person's own token, not by the service's identity. */
function handsTokenOn({ exchange }: ServedRoute): boolean {
  return ["web-identity", "workforce", "on-behalf-of"].includes(exchange.kind);
}

function modelProblems({ models }: PolicyEntry, path: string, route: ServedRoute): Problem[] {
  if (models === undefined) return [];
  const served = route.models.map(({ id }) => id);
  const unknown = models.flatMap((model, index) =>
    served.includes(model)
      ? []
      : [
          {
            path: `${path}.models[${index}]`,
            reason: `"${model}" is no model of "${route.name}": ${served.join(", ")}`,
          },
        ],
  );
  const narrows = served.some((model) => !models.includes(model));
  return narrows && !canNarrowModels(route)
    ? [
        ...unknown,
        {
          path: `${path}.models`,
          reason: `credentials of "${route.name}" (${route.provider}) cannot be limited to some of its models; leave models out`,
        },
      ]
    : unknown;
}
