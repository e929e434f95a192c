import type { STSClientConfig } from "@aws-sdk/client-sts";

import { statusError } from "./answer.ts";
import { type ExchangeContext, ExchangeError } from "./exchange.ts";
import { askUpstream } from "./upstream.ts";

/** The same in every client of the SDK. */
type Handler = Exclude<
  NonNullable<STSClientConfig["requestHandler"]>,
  undefined | Record<string, unknown>
>;

/**
 * How AWS's clients reach AWS here: through the caller's `fetch`, with the limits every provider has. Retries, time
 * limits and proxies of the SDK are left out on purpose.
 */
export function awsRequestHandler(context: ExchangeContext): Handler {
  return {
    async handle(request: {
      protocol: string;
      hostname: string;
      port?: number;
      path: string;
      method: string;
      headers: Record<string, string>;
      body?: string | Uint8Array<ArrayBuffer>;
    }) {
      const port = request.port === undefined ? "" : `:${request.port}`;
      const { host: _, "content-length": __, ...headers } = request.headers;
      const { status, text, ...answer } = await askUpstream(
        {
          url: `${request.protocol}//${request.hostname}${port}${request.path}`,
          method: "POST",
          headers,
          body: plain(request.body),
        },
        context,
      );
      const body = new TextEncoder().encode(text);
      return {
        response: { statusCode: status, headers: Object.fromEntries(answer.headers), body },
      };
    },
    // The SDK duck-types what a handler returns and is given; its own classes are in a package below it.
  } as unknown as Handler;
}

/** The SDK's own kind of byte array warns on standard output when it is copied the usual way. */
function plain(body: string | Uint8Array<ArrayBuffer> | undefined) {
  return typeof body === "object"
    ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
    : body;
}

/** Error codes any service of AWS may answer with. */
const generalCodes: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "ExpiredToken",
  "ExpiredTokenException",
  "InternalFailure",
  "InvalidClientTokenId",
  "RequestExpired",
  "RequestLimitExceeded",
  "ServiceUnavailable",
  "SignatureDoesNotMatch",
  "Throttling",
  "ThrottlingException",
  "ValidationError",
]);
/** Sent with status 400, although the next attempt may succeed. */
const unavailableCodes: ReadonlySet<string> = new Set([
  "IDPCommunicationError",
  "KMSInternalException",
  "KeyUnavailableException",
  "RequestLimitExceeded",
  "Throttling",
  "ThrottlingException",
]);

/**
 * What an SDK's error means. Only codes of a closed list are repeated: an upstream may send a token as one.
 *
 * @param codes The service's own, besides the general ones.
 */
export function awsFailure(
  error: unknown,
  host: string,
  codes: ReadonlySet<string>,
): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const { name, Code, $metadata } = error as {
    name?: unknown;
    Code?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const said = [Code, name, typeof name === "string" ? name.replace(/Exception$/, "") : undefined];
  const code = said.find(
    (text): text is string =>
      typeof text === "string" && (codes.has(text) || generalCodes.has(text)),
  );
  const status = $metadata?.httpStatusCode;
  if (code !== undefined && unavailableCodes.has(code)) {
    const message = `${host} cannot answer now (${code})`;
    return new ExchangeError("unavailable", host, message, code);
  }
  if (status !== undefined && status !== 200) return statusError(host, status, code);
  return new ExchangeError("refused", host, `${host} answered with something else`);
}
