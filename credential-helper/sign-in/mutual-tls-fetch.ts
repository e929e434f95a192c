import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";

import { authorities } from "../network.ts";

export interface TlsOptions {
  /** PEM bundle trusted besides the authorities of the runtime and of the system. */
  readonly certificateAuthoritiesPem?: string;
  /** Shown to servers that ask for one. PEM; the certificate leaf first, the key not encrypted. */
  readonly clientCertificate?: { readonly certificatePem: string; readonly privateKeyPem: string };
}

/**
 * A `fetch` with the company's own authorities and a client certificate, the same under Node and in the built
 * executable: Node's own `fetch` takes neither. Redirects are handed back, never followed.
 */
export function tlsFetch(options: TlsOptions): typeof globalThis.fetch {
  const { certificateAuthoritiesPem, clientCertificate } = options;
  const tls = {
    // `ca` replaces the defaults, so they are listed again: a company's bundle adds, it takes nothing away.
    ca: [
      ...authorities(),
      ...(certificateAuthoritiesPem === undefined ? [] : [certificateAuthoritiesPem]),
    ],
    ...(clientCertificate === undefined
      ? {}
      : { cert: clientCertificate.certificatePem, key: clientCertificate.privateKeyPem }),
    minVersion: "TLSv1.2" as const,
    // A connection of another certificate must never be taken up again.
    agent: false as const,
  };
  return async (input, init) => {
    const asked = new Request(input, init);
    const body = Buffer.from(await asked.arrayBuffer());
    const url = new URL(asked.url);
    const headers: Record<string, string> = Object.fromEntries(asked.headers);
    if (body.length > 0) headers["content-length"] = String(body.length);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const common = { method: asked.method, headers, signal: asked.signal };
      const sent =
        url.protocol === "https:"
          ? tlsRequest(url, { ...common, ...tls }, resolve)
          : plainRequest(url, { ...common, agent: false }, resolve);
      sent.on("error", reject).end(body);
    });
    return responseOf(answer);
  };
}

function responseOf(answer: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const status = answer.statusCode ?? 0;
  const bodyless = status === 204 || status === 205 || status === 304;
  // Handed on as a stream, so that whoever reads may stop at a limit.
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      answer.on("data", (chunk: Buffer) => controller.enqueue(new Uint8Array(chunk)));
      answer.on("end", () => controller.close());
      answer.on("error", (error) => controller.error(error));
      answer.on("close", () => {
        if (!answer.complete) controller.error(new Error("the answer broke off"));
      });
    },
    cancel() {
      answer.destroy();
    },
  });
  if (bodyless) answer.resume();
  return new Response(bodyless ? null : body, { status, headers });
}
