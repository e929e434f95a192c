import type { ServedRoute } from "../../contract/token-service-config.ts";

/** Longest session any provider gives, in seconds; the trust policy's own upper bound. */
const TWELVE_HOURS = 43_200;
const ONE_HOUR = 3600;

/**
 * Longest life, in seconds, a credential of this route can have. A policy that asks for more is refused when
 * it is compiled: the provider would shorten it silently, or refuse every request.
 *
 * - Role chaining at AWS: one hour, whatever the role says
 *   (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining, 2026-11).
 * - Impersonation at Google: one hour, unless the organization lifts it
 *   (https://cloud.google.com/iam/docs/create-short-lived-credentials-direct, 2026-11). The kit does not ask
 *   organizations to.
 * - A role's own maximum, a workforce pool's session and Entra's token lifetime are the customer's to set.
 */
export function longestSessionSeconds(route: ServedRoute): number {
  switch (route.exchange.kind) {
    case "assume-role":
    case "impersonate":
      return ONE_HOUR;
    case "web-identity":
    case "workforce":
    case "federated":
    case "on-behalf-of":
    case "jwt":
      return TWELVE_HOURS;
  }
}

/**
 * Whether the credential itself can be limited to some of the route's models: by a session policy at AWS, by
 * the `models` claim at a gateway. Tokens of Google and Entra carry whatever their principal may do, and a session
 * policy binds nobody who can take the same token to AWS without one.
 */
export function canNarrowModels(route: ServedRoute): boolean {
  switch (route.provider) {
    case "bedrock":
    case "mantle":
      return !opensProviderWithoutService(route);
    case "gateway":
      return true;
    case "vertex":
    case "foundry":
      return false;
  }
}

/**
 * Whether the provider lets the service ask for a life. Where it does not, the pool or tenant decides, and an
 * answer that lives longer than the policy allows is refused.
 */
export function lifeCanBeAsked(route: ServedRoute): boolean {
  switch (route.exchange.kind) {
    case "assume-role":
    case "web-identity":
    case "impersonate":
    case "jwt":
      return true;
    case "workforce":
    case "federated":
    case "on-behalf-of":
      return false;
  }
}

/**
 * Whether the token a person brings opens the provider also without this service: AWS and Google exchange it for
 * whoever holds it. What only this service adds then binds nobody: narrower models, a shorter session, revocation.
 * Entra's exchange on behalf of a person needs the service's own identity besides.
 */
export function opensProviderWithoutService({ exchange }: ServedRoute): boolean {
  return exchange.kind === "web-identity" || exchange.kind === "workforce";
}

/**
 * Longest life, in seconds, of what a provider gives that takes no wish, as it comes from the factory; absent where a
 * life is asked for. A policy that allows less refuses some of its credentials, or all.
 *
 * - Entra draws 60 to 90 minutes for each token
 *   (https://learn.microsoft.com/entra/identity-platform/access-tokens#token-lifetime, 2026-11).
 * - A workforce pool's `sessionDuration` is one hour
 *   (https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools, 2026-11).
 */
export function usualLifeSeconds(route: ServedRoute): number | undefined {
  if (lifeCanBeAsked(route)) return undefined;
  return route.provider === "foundry" ? 5400 : ONE_HOUR;
}
