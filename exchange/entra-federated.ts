import { askEntra, type EntraRequest } from "./entra-token.ts";
import type { ExchangeContext, ProviderCredential } from "./exchange.ts";
import type { OwnToken } from "./own-token.ts";

/** What a token of the service's managed identity proves the application by, in place of a secret. */
export const clientAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * A Foundry token of an application that trusts the service's managed identity by a federated credential
 * (client credentials, RFC 7523). Calls are the application's: who it was for is in the service's audit events.
 *
 * @param managedIdentity Gives tokens for `api://AzureADTokenExchange`.
 * @throws ExchangeError
 * @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity (2026-11)
 */
export async function federatedToken(
  request: EntraRequest,
  context: ExchangeContext,
  managedIdentity: OwnToken,
): Promise<ProviderCredential> {
  const { token } = await managedIdentity(context);
  return askEntra(
    request,
    {
      grant_type: "client_credentials",
      client_assertion_type: clientAssertionType,
      client_assertion: token,
    },
    context,
  );
}
