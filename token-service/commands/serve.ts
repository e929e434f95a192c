import { CommandFailed, type ExitCode, type Io } from "../config/io.ts";
import { defaultMetricsAddress, metricsAddress } from "../config/metrics-address.ts";
import type { OpenProviders } from "../providers.ts";
import { serve } from "../serve.ts";
import { neededConfig } from "./needed-config.ts";

interface ServeCommandOptions {
  readonly config?: string;
  readonly metrics?: string;
}

/** Signals a service listens to, as a process has them. */
export interface Signals {
  on(name: NodeJS.Signals, listener: () => void): unknown;
}

/** Serves until a stop signal; answers when everything under way is done and written. */
export async function serveCommand(
  options: ServeCommandOptions,
  io: Io,
  { signals, openProviders }: { readonly signals: Signals; readonly openProviders: OpenProviders },
): Promise<ExitCode> {
  const given = options.metrics ?? io.env.COWORK_METRICS ?? defaultMetricsAddress;
  const metrics = metricsAddress(given);
  if (metrics === undefined) {
    const reason = "--metrics takes an address like 127.0.0.1:9464, same-port or off";
    throw new CommandFailed(reason, 2);
  }
  const config = await neededConfig(options.config, io);
  // From here on a stop signal is kept: one that comes while everything opens must not be lost.
  const stopped = new Promise<void>((stop) => {
    for (const name of ["SIGTERM", "SIGINT"] as const) signals.on(name, () => stop());
  });
  const service = await serve(config, {
    openProviders,
    metrics,
    log: io.err,
    env: io.env,
    readFile: io.readFile,
    fetch: io.fetch,
    now: io.now,
  });
  signals.on("SIGHUP", () => void service.reload());
  const { port, metricsPort } = service.server;
  const where = `${config.listen.host}:${port}`;
  const scraped = metricsPort === undefined ? "" : `, metrics at port ${metricsPort}`;
  io.err(`serving ${config.geography} at ${where}${scraped}`);
  await stopped;
  io.err("stopping");
  await service.stop();
  io.err("stopped");
  return 0;
}
