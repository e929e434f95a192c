import { azureNativeModel } from "./azure-native/model.ts";
import { type ProviderServer, type ServerOptions, startProviderServer } from "./server.ts";

/**
 * Starts the stand-in for the Azure provider: no subscription, no network. As long as it runs it
 * remembers where resource groups lie and which names are taken.
 *
 * @throws Error when a port is asked for and taken.
 */
export function startAzureNativeProvider(options: ServerOptions = {}): Promise<ProviderServer> {
  return startProviderServer(azureNativeModel(), options);
}
