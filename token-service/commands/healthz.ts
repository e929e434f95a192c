import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";

import type { ExitCode, Io } from "../config/io.ts";
import { neededConfig } from "./needed-config.ts";

/** For a container's own health check, in images without a shell: asks the service on this machine. */
export async function healthzCommand(
  { config: file }: { readonly config?: string },
  io: Io,
): Promise<ExitCode> {
  const { listen } = await neededConfig(file, io);
  const host = ["0.0.0.0", "::"].includes(listen.host) ? "127.0.0.1" : listen.host;
  const options = { host, port: listen.port, path: "/healthz", timeout: 2_000 };
  const status = await new Promise<number | undefined>((done) => {
    const asked = listen.tls
      ? // Not checked: the certificate names the service's public address, and this is the machine itself.
        tlsRequest({ ...options, rejectUnauthorized: false })
      : plainRequest(options);
    asked.on("response", (response) => done(response.resume().statusCode));
    asked.on("error", () => done(undefined));
    asked.on("timeout", () => asked.destroy());
    asked.end();
  });
  if (status === 200) return 0;
  io.err(status === undefined ? "the service does not answer" : `the service answers ${status}`);
  return 1;
}
