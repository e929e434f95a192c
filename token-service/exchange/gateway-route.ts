import {
  type ExchangeContext,
  ExchangeError,
  type ProviderCredential,
} from "../../exchange/exchange.ts";
import type { Identity } from "../identity.ts";
import { gatewayToken } from "../signing/gateway-token.ts";
import type { KeySigner } from "../signing/key-signer.ts";
import type { ExchangeGrant, RouteOf } from "./grant.ts";

/** A token the service signs itself, for a gateway that knows its keys. */
export async function gatewayCredential(
  request: {
    readonly route: RouteOf<"gateway">;
    readonly identity: Identity;
    readonly grant: ExchangeGrant;
    readonly geography: string;
    readonly publicUrl: string;
  },
  context: ExchangeContext,
  signer: KeySigner | undefined,
): Promise<ProviderCredential> {
  const { route, identity, grant } = request;
  const subject = identity.user ?? identity.device;
  if (signer === undefined)
    throw refused("a gateway route needs a signing key, and none is configured");
  if (!subject)
    throw refused("neither a person nor a device is known, and a gateway's token names one");
  const token = await gatewayToken(
    {
      issuer: request.publicUrl,
      audience: route.audience,
      subject,
      geography: request.geography,
      route: route.name,
      models: grant.models ?? route.models.map(({ id }) => id),
      lifeSeconds: grant.sessionSeconds,
    },
    signer,
    context,
  );
  return { ...token, kind: "gateway-jwt" };
}

function refused(message: string): ExchangeError {
  return new ExchangeError("refused", "the route's configuration", message);
}
