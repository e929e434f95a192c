import { constants } from "node:crypto";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Duplex } from "node:stream";

import { type Handling, handleRequest } from "./handle-request.ts";
import type { ServerLimits } from "./limits.ts";
import { type Refusal, refusalAnswer } from "./refusals.ts";
import { traceIdOf } from "./trace.ts";

export interface TlsOptions {
  readonly certificate: Buffer;
  readonly privateKey: Buffer;
  /** Asks callers for a certificate. Who is trusted is judged by the trust policy, not here. */
  readonly askForCertificate: boolean;
}

/** Node's own HTTP server with every limit set; not listening yet. */
export function httpServer(
  handling: Handling,
  limits: ServerLimits,
  tls: TlsOptions | undefined,
): Server {
  const options = {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.receiveTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    insecureHTTPParser: false,
    // Checked with the other headers that may come once, so that it is answered like them.
    requireHostHeader: false,
    noDelay: true,
  };
  const server = tls
    ? createTlsServer({
        ...options,
        cert: tls.certificate,
        key: tls.privateKey,
        minVersion: "TLSv1.2",
        // Node's own is two minutes, in which a connection that says nothing takes up room.
        handshakeTimeout: limits.headersTimeoutMs,
        requestCert: tls.askForCertificate,
        rejectUnauthorized: false,
        // A resumed session shows no key again, and of the certificates only the leaf: no way up to the authority.
        ...(tls.askForCertificate ? { secureOptions: constants.SSL_OP_NO_TICKET } : {}),
      })
    : createServer(options);
  server.maxConnections = limits.maxConnections;
  server.on("request", (request, response) => void handleRequest(handling, request, response));
  server.on("clientError", refuseConnection);
  // What asks for another protocol gets none; without a listener the body could be taken for a request.
  server.on("checkExpectation", (_, response) => response.writeHead(417).end());
  return server;
}

const refusals: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    code: "malformed_request",
    status: 408,
    message: "the request came too slowly",
  },
  HPE_HEADER_OVERFLOW: {
    code: "request_too_large",
    status: 431,
    message: "the headers are too large",
  },
};
const notHttp: Refusal = { code: "malformed_request", message: "this is not well-formed HTTP" };

/** What the parser refuses never becomes a request, and is answered on the bare connection. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
  // An answer would wait for TLS that never comes about, and the connection with it.
  const unencrypted = "secureConnecting" in socket && socket.secureConnecting === true;
  if (!socket.writable || unencrypted || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const refusal = refusals[error.code ?? ""] ?? notHttp;
  const { status, body } = refusalAnswer(refusal, traceIdOf([]));
  const head = [
    `HTTP/1.1 ${status} Refused`,
    "content-type: application/json",
    "cache-control: no-store",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
