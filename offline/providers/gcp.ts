import { gcpModel } from "./gcp/model.ts";
import { type ProviderServer, type ServerOptions, startProviderServer } from "./server.ts";

/**
 * Starts the stand-in for the Google provider: no project, no network, the same answers every time.
 *
 * @throws Error when a port is asked for and taken.
 */
export function startGcpProvider(options: ServerOptions = {}): Promise<ProviderServer> {
  return startProviderServer(gcpModel(), options);
}
