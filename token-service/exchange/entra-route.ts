import { federatedToken } from "../../exchange/entra-federated.ts";
import { onBehalfOfToken } from "../../exchange/entra-on-behalf-of.ts";
import type { ExchangeContext, ProviderCredential } from "../../exchange/exchange.ts";
import type { OwnToken } from "../../exchange/own-token.ts";
import type { Identity } from "../identity.ts";
import { type ExchangeGrant, type RouteOf, tokenToHandOn } from "./grant.ts";

/** A Foundry token: of the route's application, or of the person it asks on behalf of. */
export async function entraCredential(
  request: {
    readonly route: RouteOf<"foundry">;
    readonly identity: Identity;
    readonly grant: ExchangeGrant;
  },
  context: ExchangeContext,
  managedIdentity: OwnToken,
): Promise<ProviderCredential> {
  const { route, identity } = request;
  const { tenantId, scope } = route;
  const { clientId } = route.exchange;
  const asked = { tenantId, clientId, scope, sessionSeconds: request.grant.sessionSeconds };
  return route.exchange.kind === "federated"
    ? federatedToken(asked, context, managedIdentity)
    : onBehalfOfToken(
        { ...asked, token: tokenToHandOn(route, identity) },
        context,
        managedIdentity,
      );
}
