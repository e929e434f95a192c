import type { GeographyConfig, RouteConfig } from "./config-schema.ts";
import type { CredentialHelperConfig } from "./credential-helper-schema.ts";

/** Where a route's people sign in, as far as the stack file says it. */
export interface HelperIssuer {
  readonly issuer: string | undefined;
  /** Absent where Azure makes the application, whose id is known once it exists. */
  readonly clientId: string | undefined;
}

/** Route that asks for the kit's own helper. */
export type HelperRoute = RouteConfig & { readonly desktop: CredentialHelperConfig };

export function usesHelper(route: RouteConfig): route is HelperRoute {
  return route.desktop.kind === "credential-helper";
}

/**
 * What the route says itself, else what its access says, else the one issuer the token service trusts: the
 * same fact is not asked for twice.
 */
export function helperIssuer(
  route: HelperRoute,
  { tokenService }: Pick<GeographyConfig, "tokenService">,
): HelperIssuer {
  const { signIn } = route.desktop;
  const given: Partial<HelperIssuer> = signIn.kind === "oidc" ? signIn : {};
  const access = accessIssuer(route);
  const trusted =
    route.desktop.exchange === "token-service" && tokenService?.kind === "create"
      ? onlyIssuer(tokenService.trustPolicy.issuers)
      : undefined;
  return {
    issuer: given.issuer ?? access?.issuer ?? trusted?.issuer,
    clientId: given.clientId ?? access?.clientId ?? trusted?.clientId,
  };
}

function accessIssuer(route: HelperRoute): HelperIssuer | undefined {
  if (route.provider === "bedrock" || route.provider === "mantle") {
    const { access } = route;
    return access.kind === "oidc"
      ? { issuer: access.issuer, clientId: access.audience }
      : undefined;
  }
  if (route.provider === "vertex") {
    const { access } = route;
    return access.kind === "workforce"
      ? { issuer: access.issuer, clientId: access.clientId }
      : undefined;
  }
  if (route.provider === "foundry") {
    const application = route.application;
    return {
      issuer: `https://login.microsoftonline.com/${route.tenantId}/v2.0`,
      clientId: application?.kind === "existing" ? application.clientId : undefined,
    };
  }
  return undefined;
}

function onlyIssuer(
  issuers: readonly { readonly issuer: string; readonly audiences: readonly string[] }[],
): HelperIssuer | undefined {
  const [one, ...others] = issuers;
  if (one === undefined || others.length > 0) return undefined;
  return {
    issuer: one.issuer,
    clientId: one.audiences.length === 1 ? one.audiences[0] : undefined,
  };
}
