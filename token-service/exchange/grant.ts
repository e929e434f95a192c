import type { ServedRoute } from "../../contract/token-service-config.ts";
import { ExchangeError } from "../../exchange/exchange.ts";
import type { Identity } from "../identity.ts";

/** What a policy allowed. */
export interface ExchangeGrant {
  /** Life of the credential. */
  readonly sessionSeconds: number;
  /** Ids of the route's models; absent: all of the route's. */
  readonly models: readonly string[] | undefined;
}

export type RouteOf<Provider extends ServedRoute["provider"]> = Extract<
  ServedRoute,
  { readonly provider: Provider }
>;

/**
 * The person's own token, for the exchanges that hand it on.
 *
 * @throws ExchangeError `refused` for a device certificate: there is nothing to hand on.
 */
export function tokenToHandOn(route: ServedRoute, identity: Identity): string {
  if (identity.token !== undefined && identity.token !== "") return identity.token;
  const message = `route ${route.name} hands the person's token on to the provider, and a device certificate has none`;
  throw new ExchangeError("refused", "the route's configuration", message);
}
