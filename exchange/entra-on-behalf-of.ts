import { clientAssertionType } from "./entra-federated.ts";
import { askEntra, type EntraRequest } from "./entra-token.ts";
import type { ExchangeContext, ProviderCredential } from "./exchange.ts";
import type { OwnToken } from "./own-token.ts";

export interface OnBehalfOfRequest extends EntraRequest {
  /** Access token of the person for this very application; Entra takes no ID token here. */
  readonly token: string;
}

/**
 * A Foundry token of the person, asked for by an application that trusts the service's managed identity. Calls are
 * the person's own, in Azure's logs and role assignments.
 *
 * @param managedIdentity Gives tokens for `api://AzureADTokenExchange`.
 * @throws ExchangeError
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow (2026-11)
 */
export async function onBehalfOfToken(
  request: OnBehalfOfRequest,
  context: ExchangeContext,
  managedIdentity: OwnToken,
): Promise<ProviderCredential> {
  const { token } = await managedIdentity(context);
  return askEntra(
    request,
    {
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      requested_token_use: "on_behalf_of",
      assertion: request.token,
      client_assertion_type: clientAssertionType,
      client_assertion: token,
    },
    context,
  );
}
