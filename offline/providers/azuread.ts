import { azureadModel } from "./azuread/model.ts";
import { type ProviderServer, type ServerOptions, startProviderServer } from "./server.ts";

/**
 * Starts the stand-in for the Entra provider: no tenant, no network, the same answers every time.
 *
 * @throws Error when a port is asked for and taken.
 */
export function startAzureadProvider(options: ServerOptions = {}): Promise<ProviderServer> {
  return startProviderServer(azureadModel(), options);
}
