import type { ExchangeContext, ProviderCredential } from "../../exchange/exchange.ts";
import { impersonate } from "../../exchange/google-impersonation.ts";
import { workforceToken } from "../../exchange/google-workforce.ts";
import type { OwnToken } from "../../exchange/own-token.ts";
import type { Identity } from "../identity.ts";
import { type ExchangeGrant, type RouteOf, tokenToHandOn } from "./grant.ts";

/** A Google access token: of the person through a workforce pool, or of the route's caller account. */
export async function googleCredential(
  request: {
    readonly route: RouteOf<"vertex">;
    readonly identity: Identity;
    readonly grant: ExchangeGrant;
  },
  context: ExchangeContext,
  ownToken: OwnToken,
): Promise<ProviderCredential> {
  const { route, identity } = request;
  const { sessionSeconds } = request.grant;
  const { exchange } = route;
  if (exchange.kind === "impersonate") {
    const { serviceAccount } = exchange;
    return impersonate({ serviceAccount, sessionSeconds }, context, ownToken);
  }
  const { audience, userProject } = exchange;
  const token = tokenToHandOn(route, identity);
  return workforceToken({ audience, userProject, token, sessionSeconds }, context);
}
