import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import type { Dependencies } from "./dependencies.ts";
import type { Handling } from "./handle-request.ts";
import { httpServer, type TlsOptions } from "./http-server.ts";
import { type ServerLimits, serverLimits } from "./limits.ts";
import { metricsAnswer, routeTable } from "./routes.ts";

/** Where metrics are: at an address of their own, beside the rest, or nowhere. */
export type MetricsAt = { readonly host: string; readonly port: number } | "same-port" | "off";

export interface ServerOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly tls?: TlsOptions | undefined;
  readonly metrics: MetricsAt;
  readonly limits?: Partial<ServerLimits>;
  /** Shared with the metrics, which count them. */
  readonly underWay: { count: number };
}

export interface RunningServer {
  readonly port: number;
  readonly metricsPort: number | undefined;
  /**
   * Stops in order: readiness fails, then (after `drainSeconds`, so that load balancers have seen it) nothing new is
   * accepted, then work under way may take until `graceSeconds` from now, then it is ended.
   */
  stop(times: { readonly drainSeconds: number; readonly graceSeconds: number }): Promise<void>;
}

/** @throws Error when an address cannot be listened at. */
export async function startServer(
  dependencies: Dependencies,
  options: ServerOptions,
): Promise<RunningServer> {
  const limits = { ...serverLimits, ...options.limits };
  const state = { shuttingDown: false, closing: false };
  const stopping = new AbortController();
  const handling: Handling = {
    dependencies,
    table: routeTable(dependencies, {
      shuttingDown: () => state.shuttingDown,
      serveMetrics: options.metrics === "same-port",
    }),
    maxUnderWay: limits.maxUnderWay,
    draining: () => state.shuttingDown,
    closing: () => state.closing,
    stop: stopping.signal,
    underWay: options.underWay,
    poisoned: new WeakSet(),
  };
  const server = httpServer(handling, limits, options.tls);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const port = await listen(server, options.host, options.port);
  const { metrics } = options;
  const scraped = typeof metrics === "string" ? undefined : metricsServer(dependencies);
  let metricsPort: number | undefined;
  try {
    if (scraped && typeof metrics !== "string") {
      metricsPort = await listen(scraped, metrics.host, metrics.port);
    }
  } catch (error) {
    server.close();
    throw error;
  }

  return {
    port,
    metricsPort,
    async stop({ drainSeconds, graceSeconds }) {
      const deadlineMs = performance.now() + graceSeconds * 1000;
      state.shuttingDown = true;
      await sleep(Math.min(drainSeconds, graceSeconds) * 1000);
      state.closing = true;
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeIdleConnections();
      const timer = setTimeout(() => stopping.abort(), Math.max(0, deadlineMs - performance.now()));
      // Work that was ended still answers and writes its event; a second is plenty. Node's own
      // `closeAllConnections` leaves out those on which TLS has not come about.
      const late = setTimeout(
        () => {
          for (const socket of sockets) socket.destroy();
        },
        Math.max(0, deadlineMs - performance.now()) + 1000,
      );
      await closed;
      clearTimeout(timer);
      clearTimeout(late);
      scraped?.close();
      scraped?.closeAllConnections();
    },
  };
}

function metricsServer({ metrics }: Dependencies): Server {
  return createServer(async (request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    const { status, headers, body } = await metricsAnswer(metrics);
    response.writeHead(status, headers).end(body);
  });
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(new Error(`cannot listen at ${host}:${port}: ${error.code ?? "unknown reason"}`));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
