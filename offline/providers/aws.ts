import { awsModel } from "./aws/model.ts";
import { type ProviderServer, type ServerOptions, startProviderServer } from "./server.ts";

/** Options of {@link startAwsProvider}. */
export interface AwsProviderOptions extends ServerOptions {
  /**
   * Optional. Account of providers that name none through `allowedAccountIds` or `assumeRoles`, 12 digits.
   * Default: `123456789012`.
   */
  readonly accountId?: string;
}

/**
 * Starts the stand-in for the AWS provider: no account, no network, the same answers every time.
 *
 * @throws Error when a port is asked for and taken.
 */
export function startAwsProvider({
  accountId,
  ...options
}: AwsProviderOptions = {}): Promise<ProviderServer> {
  return startProviderServer(awsModel(accountId), options);
}
