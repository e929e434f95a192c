import { type ExchangeContext, ExchangeError } from "./exchange.ts";

/** What is asked of a provider. */
export interface UpstreamRequest {
  readonly url: string;
  /** Default: POST when there is a body, else GET. */
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  /** Default 5. */
  readonly timeoutSeconds?: number;
}

/** What came back: any status, at most 64 KiB. */
export interface UpstreamAnswer {
  readonly host: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A token's answer has a few KiB; whatever sends more is not what was asked. */
const longestAnswerBytes = 65_536;

/**
 * One request, once. Redirects are not followed: they would carry a token to a host nobody configured.
 *
 * @throws ExchangeError `unavailable` when nothing answers in time, `refused` for a redirect or an answer
 *   of more than 64 KiB. Nothing an upstream sent is part of a message.
 */
export async function askUpstream(
  request: UpstreamRequest,
  { fetch, signal }: Pick<ExchangeContext, "fetch" | "signal">,
): Promise<UpstreamAnswer> {
  const host = new URL(request.url).host;
  const timeoutSeconds = request.timeoutSeconds ?? 5;
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const response = await fetch(request.url, {
      method: request.method ?? (request.body === undefined ? "GET" : "POST"),
      redirect: "manual",
      signal: AbortSignal.any([signal, timeout]),
      ...(request.headers === undefined ? {} : { headers: { ...request.headers } }),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel();
      throw new ExchangeError("refused", host, `${host} redirects, which is not followed`);
    }
    const text = await readBounded(response, host);
    return { host, status: response.status, headers: response.headers, text };
  } catch (error) {
    if (error instanceof ExchangeError) throw error;
    throw unreachable(host, error, { timeout, timeoutSeconds, signal });
  }
}

async function readBounded(response: Response, host: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > longestAnswerBytes) {
      // Leaving the loop cancels the body.
      throw new ExchangeError("refused", host, `${host} answered with more than 64 KiB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The signals are asked rather than the error: how an abort looks differs between runtimes. */
function unreachable(
  host: string,
  error: unknown,
  asked: {
    readonly timeout: AbortSignal;
    readonly timeoutSeconds: number;
    readonly signal: AbortSignal;
  },
): ExchangeError {
  if (asked.signal.aborted) {
    return new ExchangeError("unavailable", host, `${host} was not waited for any longer`);
  }
  if (asked.timeout.aborted) {
    const message = `${host} did not answer within ${asked.timeoutSeconds} s`;
    return new ExchangeError("unavailable", host, message);
  }
  const code = systemCode(error);
  const because = code === undefined ? "" : ` (${code})`;
  return new ExchangeError("unavailable", host, `${host} cannot be reached${because}`);
}

/** What an administrator can act on; anything else a runtime or an upstream says is left out. */
const systemCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EPIPE",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_SOCKET",
]);

function systemCode(error: unknown): string | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 4; depth += 1) {
    if ("code" in current && typeof current.code === "string" && systemCodes.has(current.code)) {
      return current.code;
    }
    current = current.cause;
  }
  return undefined;
}
