/** Nobody answered, or not with anything that can be read: asking again may help. */
export class Unanswered extends TypeError {
  readonly host: string;
  /** What happened, as the end of a sentence; never anything that came over the wire. */
  readonly reason: string;

  constructor(host: string, reason: string) {
    super(`${host} ${reason}`);
    this.name = "Unanswered";
    this.host = host;
    this.reason = reason;
  }
}

export interface Bounds {
  /** The run's own deadline. */
  readonly signal: AbortSignal;
  /** Answers longer than this are dropped. Default: 262,144 bytes. */
  readonly maxAnswerBytes?: number;
  /** One request and its answer. Default: 15 s. */
  readonly timeoutMilliseconds?: number;
}

/**
 * A `fetch` that follows no redirect, reads a bounded answer, and ends in time. Whatever goes wrong below
 * HTTP becomes {@link Unanswered}: the runtimes name the same trouble differently.
 */
export function boundedFetch(fetch: typeof globalThis.fetch, bounds: Bounds): typeof fetch {
  const { signal, maxAnswerBytes = 262_144, timeoutMilliseconds = 15_000 } = bounds;
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const { host } = new URL(address);
    const timeout = AbortSignal.timeout(timeoutMilliseconds);
    const ends = [signal, timeout, ...(init?.signal ? [init.signal] : [])];
    try {
      const response = await fetch(input, {
        ...init,
        redirect: "manual",
        signal: AbortSignal.any(ends),
      });
      const body = await boundedBody(response, host, maxAnswerBytes);
      const { status, statusText, headers } = response;
      return new Response(bodyless.has(status) ? null : body, { status, statusText, headers });
    } catch (error) {
      if (error instanceof Unanswered) throw error;
      if (signal.aborted) throw new Unanswered(host, "did not answer before the deadline");
      if (timeout.aborted) {
        throw new Unanswered(host, `did not answer within ${timeoutMilliseconds / 1000} s`);
      }
      throw new Unanswered(host, reasonOf(error));
    }
  };
}

/** Statuses whose `Response` cannot have a body. */
const bodyless = new Set([204, 205, 304]);

async function boundedBody(
  response: Response,
  host: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) break;
    length += part.value.byteLength;
    if (length > maxBytes) {
      await reader?.cancel().catch(() => undefined);
      throw new Unanswered(host, `answered with more than ${maxBytes} bytes`);
    }
    chunks.push(part.value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}

/** Error codes of Node and of Bun, in words. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^(ECONNREFUSED|ConnectionRefused)$/, "refused the connection"],
  [/^(ENOTFOUND|EAI_AGAIN|DNSException)$/, "has a name that DNS does not resolve"],
  [/^(ECONNRESET|EPIPE|ConnectionClosed|UND_ERR_SOCKET)$/, "closed the connection"],
  [/^(ETIMEDOUT|ConnectionTimeout|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/, "did not answer"],
  [/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/, "cannot be reached from this network"],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    "shows a certificate of another name: check for TLS interception",
  ],
  [/^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/, "shows a certificate that is not valid today"],
  [/^ERR_SSL_|EPROTO/, "ended the TLS handshake; it may want a client certificate it accepts"],
  [
    /CERT|ISSUER|SIGNATURE/,
    "shows a certificate that is not trusted here; add its authority to certificateAuthorities",
  ],
];

function reasonOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = "code" in at && typeof at.code === "string" ? at.code : "";
    const found = reasons.find(([pattern]) => pattern.test(code));
    if (found) return found[1];
  }
  return "could not be reached";
}
