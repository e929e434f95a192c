import type {
  AssumeRoleResponse,
  AssumeRoleWithWebIdentityResponse,
  STSClient,
  STSClientConfig,
} from "@aws-sdk/client-sts";

import { checkedExpiry, statusError } from "./answer.ts";
import { type AwsRole, roleOf, stsEndpoint } from "./aws-place.ts";
import type { AwsSession } from "./bedrock-key.ts";
import { type ExchangeContext, ExchangeError } from "./exchange.ts";
import { askUpstream } from "./upstream.ts";

type Sdk = typeof import("@aws-sdk/client-sts");
type Handler = Exclude<
  NonNullable<STSClientConfig["requestHandler"]>,
  undefined | Record<string, unknown>
>;

/**
 * One call of STS: AWS's client writes and reads it, this file decides where it goes and what is believed.
 * Retries are the caller's; nothing is taken from the machine's AWS configuration but `credentials`.
 *
 * @throws ExchangeError in every case but a session of the role that was asked for.
 */
export async function askSts(
  role: AwsRole & { readonly sessionSeconds: number },
  credentials: STSClientConfig["credentials"],
  send: (
    client: STSClient,
    sdk: Sdk,
  ) => Promise<AssumeRoleResponse | AssumeRoleWithWebIdentityResponse>,
  context: ExchangeContext,
): Promise<AwsSession> {
  const endpoint = stsEndpoint(role);
  const { host } = new URL(endpoint);
  // On demand: it takes longer to load than everything else in a helper's process.
  const sdk = await import("@aws-sdk/client-sts");
  const client = new sdk.STSClient({
    region: role.region,
    endpoint,
    // Both would change the host that was chosen here.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    maxAttempts: 1,
    ...(credentials === undefined ? {} : { credentials }),
    requestHandler: handlerFor(context),
  });
  try {
    return sessionOf(await send(client, sdk), role, host, context);
  } catch (error) {
    throw error instanceof ExchangeError ? error : failureOf(error, host);
  } finally {
    client.destroy();
  }
}

function handlerFor(context: ExchangeContext): Handler {
  return {
    async handle(request: {
      protocol: string;
      hostname: string;
      port?: number;
      path: string;
      method: string;
      headers: Record<string, string>;
      body?: string;
    }) {
      const port = request.port === undefined ? "" : `:${request.port}`;
      const { host: _, "content-length": __, ...headers } = request.headers;
      const { status, text, ...answer } = await askUpstream(
        {
          url: `${request.protocol}//${request.hostname}${port}${request.path}`,
          method: "POST",
          headers,
          body: request.body,
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

/** Error codes of STS and of AWS in general that help an administrator. */
const stsCodes: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "ExpiredToken",
  "ExpiredTokenException",
  "IDPCommunicationError",
  "IDPRejectedClaim",
  "InternalFailure",
  "InvalidClientTokenId",
  "InvalidIdentityToken",
  "MalformedPolicyDocument",
  "PackedPolicyTooLarge",
  "RegionDisabledException",
  "RequestExpired",
  "RequestLimitExceeded",
  "ServiceUnavailable",
  "SessionDurationEscalationException",
  "SignatureDoesNotMatch",
  "Throttling",
  "ThrottlingException",
  "ValidationError",
]);
/** Sent with status 400, although the next attempt may succeed. */
const unavailableCodes: ReadonlySet<string> = new Set([
  "IDPCommunicationError",
  "RequestLimitExceeded",
  "Throttling",
  "ThrottlingException",
]);

function failureOf(error: unknown, host: string): ExchangeError {
  const { name, Code, $metadata } = error as {
    name?: unknown;
    Code?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const said = [Code, name, typeof name === "string" ? name.replace(/Exception$/, "") : undefined];
  const code = said.find((text): text is string => typeof text === "string" && stsCodes.has(text));
  const status = $metadata?.httpStatusCode;
  if (code !== undefined && unavailableCodes.has(code)) {
    const message = `${host} cannot answer now (${code})`;
    return new ExchangeError("unavailable", host, message, code);
  }
  if (status !== undefined && status !== 200) return statusError(host, status, code);
  return new ExchangeError("refused", host, `${host} answered with something else`);
}

/** Nothing but a session of that role, of that account, that ends in time. */
function sessionOf(
  answer: AssumeRoleResponse | AssumeRoleWithWebIdentityResponse,
  role: AwsRole & { readonly sessionSeconds: number },
  host: string,
  context: ExchangeContext,
): AwsSession {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) {
    throw new ExchangeError("refused", host, `${host} answered without a complete session`);
  }
  const { account, name } = roleOf(role.roleArn);
  const assumed = `arn:${role.partition}:sts::${account}:assumed-role/${name}/`;
  if (answer.AssumedRoleUser?.Arn?.startsWith(assumed) !== true) {
    const message = `${host} answered with a session of another role than the route's`;
    throw new ExchangeError("refused", host, message);
  }
  const expiresAtEpochSeconds = checkedExpiry(
    {
      host,
      expiresAtEpochSeconds: Expiration === undefined ? Number.NaN : Expiration.getTime() / 1000,
      askedSeconds: role.sessionSeconds,
      clock: "theirs",
      fix: "whatever answers there is not AWS",
    },
    context,
  );
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresAtEpochSeconds,
  };
}
