import { createServer } from "node:net";
import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";

import { Configurations } from "./configurations.ts";
import { handlers, type LogLine } from "./handlers.ts";
import type { ProviderModel } from "./provider-model.ts";

/** Options of {@link startProviderServer}. */
export interface ServerOptions {
  /** Optional. Port on 127.0.0.1. Default: one the system picks. */
  readonly port?: number;
  /** Optional. Called once per request, for tests and tracing. Default: nothing. */
  readonly onLog?: (line: LogLine) => void;
}

/** A provider server that accepts connections. */
export interface ProviderServer {
  /** Port on 127.0.0.1, for `PULUMI_DEBUG_PROVIDERS`. */
  readonly port: number;
  /** Closes every connection and frees the port. */
  close(): void;
}

/**
 * Serves a provider model to Pulumi engines; one server serves any number of stacks side by side.
 *
 * @throws Error when the port is taken.
 */
export async function startProviderServer(
  model: ProviderModel,
  { port = 0, onLog = () => {} }: ServerOptions = {},
): Promise<ProviderServer> {
  const address = `127.0.0.1:${port}`;
  // Asked before gRPC, which would write a line of its own to the terminal.
  if (port !== 0 && (await isTaken(port))) throw new Error(cannotListen(model.name, address));
  // Policies and schemas outgrow the four megabytes gRPC allows by default.
  const server = new grpc.Server({ "grpc.max_receive_message_length": 64 * 1024 * 1024 });
  server.addService(services.ResourceProviderService, handlers(model, new Configurations(), onLog));
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, actual) => {
      if (error === null) resolve(actual);
      else reject(new Error(cannotListen(model.name, address), { cause: error }));
    });
  });
  return { port: bound, close: () => server.forceShutdown() };
}

function isTaken(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once("error", () => resolve(true));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(false)));
  });
}

function cannotListen(name: string, address: string): string {
  return `the offline ${name} stand-in cannot listen on ${address}: the port is taken; leave the port out to get a free one`;
}
