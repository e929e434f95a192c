import { ExchangeError } from "../exchange/exchange.ts";
import type { OpenProviders } from "./providers.ts";
import { gatewayToken } from "./signing/gateway-token.ts";
import { openSigningKeys } from "./signing/signing-keys.ts";

/** Signing keys, and exchanges of every route the configuration names. */
export const openProviders: OpenProviders = async (config, { env, fetch, now }) => {
  const opening = { fetch, now, signal: AbortSignal.timeout(30_000) };
  const keys = await openSigningKeys(config.signingKeys, { environment: env }, opening);
  return {
    async exchange(route, identity, grant, context) {
      if (route.provider !== "gateway" || keys.signer === undefined) {
        throw new ExchangeError("refused", "token-service", "no exchange for this route");
      }
      const given = await gatewayToken(
        {
          issuer: config.publicUrl,
          audience: route.audience,
          subject: identity.user ?? identity.device ?? "",
          geography: config.geography,
          route: route.name,
          models: grant.models ?? route.models.map(({ id }) => id),
          lifeSeconds: grant.sessionSeconds,
        },
        keys.signer,
        context,
      );
      return { ...given, kind: "gateway-jwt" };
    },
    jwks: async () => keys.jwks(),
    signingProblem: () => undefined,
  };
};
