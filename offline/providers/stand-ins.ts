import { startAwsProvider } from "./aws.ts";
import { startAzureNativeProvider } from "./azure-native.ts";
import { startAzureadProvider } from "./azuread.ts";
import { startGcpProvider } from "./gcp.ts";

/** Stand-ins for every cloud, serving any number of stacks. */
export interface StandIns {
  /** Tells an engine to use them: `PULUMI_DEBUG_PROVIDERS`. */
  readonly env: Readonly<Record<string, string>>;
  /** Closes every connection and frees the ports. */
  close(): void;
}

const providers = {
  aws: startAwsProvider,
  gcp: startGcpProvider,
  "azure-native": startAzureNativeProvider,
  azuread: startAzureadProvider,
};

/** Starts a stand-in for each cloud. A program that uses one of them only never notices the others. */
export async function startStandIns(): Promise<StandIns> {
  const started = await Promise.all(
    Object.entries(providers).map(async ([name, start]) => ({ name, server: await start() })),
  );
  const ports = started.map(({ name, server }) => `${name}:${server.port}`);
  return {
    env: { PULUMI_DEBUG_PROVIDERS: ports.join(",") },
    close() {
      for (const { server } of started) server.close();
    },
  };
}
