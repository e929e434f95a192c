import { z } from "zod";

import { readAnswer } from "./answer.ts";
import { type ExchangeContext, ExchangeError } from "./exchange.ts";
import type { OwnToken, PlatformToken } from "./own-token.ts";
import { askUpstream } from "./upstream.ts";

/** What Container Apps and App Service set, and the deployment's choice among several identities. */
export interface ManagedIdentityEnvironment {
  readonly IDENTITY_ENDPOINT?: string | undefined;
  readonly IDENTITY_HEADER?: string | undefined;
  /** Client id of a user-assigned identity; absent: the system-assigned one. */
  readonly AZURE_CLIENT_ID?: string | undefined;
}

/** Audience of a token that proves an application to Entra (federated credentials). */
export const tokenExchangeAudience = "api://AzureADTokenExchange";

/** What Key Vault takes. */
export const keyVaultAudience = "https://vault.azure.net";

const identityAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.literal("Bearer"),
  /** Text, although it is a number of seconds since 1970-01-01. */
  expires_on: z.coerce.number().int().positive(),
});

/**
 * Token of the managed identity that Container Apps or App Service run this as.
 *
 * @throws ExchangeError
 * @see https://learn.microsoft.com/azure/container-apps/managed-identity#rest-endpoint-reference (2026-11)
 */
export function managedIdentityToken(
  environment: ManagedIdentityEnvironment,
  audience: string,
): OwnToken {
  return async (context: ExchangeContext): Promise<PlatformToken> => {
    const { IDENTITY_ENDPOINT, IDENTITY_HEADER, AZURE_CLIENT_ID } = environment;
    if (!IDENTITY_ENDPOINT || !IDENTITY_HEADER || !URL.canParse(IDENTITY_ENDPOINT)) {
      const message =
        "there is no managed identity: IDENTITY_ENDPOINT and IDENTITY_HEADER are set by Container Apps and App Service once the app has one";
      throw new ExchangeError("refused", "the managed identity", message);
    }
    const url = new URL(IDENTITY_ENDPOINT);
    url.searchParams.set("api-version", "2019-08-01");
    url.searchParams.set("resource", audience);
    if (AZURE_CLIENT_ID) url.searchParams.set("client_id", AZURE_CLIENT_ID);
    const answer = await askUpstream(
      { url: url.href, headers: { "x-identity-header": IDENTITY_HEADER } },
      context,
    );
    const { access_token, expires_on } = readAnswer(answer, identityAnswer, () => undefined);
    if (expires_on * 1000 <= context.now()) {
      const message = `${answer.host} gave a token that has ended already`;
      throw new ExchangeError("refused", answer.host, message);
    }
    return { token: access_token, expiresAtEpochSeconds: expires_on };
  };
}
