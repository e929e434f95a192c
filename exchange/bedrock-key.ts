import { createHash, createHmac } from "node:crypto";

import { type ExchangeContext, ExchangeError, type ProviderCredential } from "./exchange.ts";

/** Keys of a role session, and its end. */
export interface AwsSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent only for keys that are not a session's. */
  readonly sessionToken: string | undefined;
  readonly expiresAtEpochSeconds: number;
}

/** AWS refuses keys that live longer. */
const longestLifeSeconds = 43_200;

/** The one host name in every region and partition; the region is in the signature's scope. */
const host = "bedrock.amazonaws.com";

/**
 * SHA-256 of no bytes. Bedrock verifies the presigned request with the payload it has, an empty one;
 * `UNSIGNED-PAYLOAD`, right for S3, gives a key that is refused.
 */
const emptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/**
 * A short-term Bedrock key: a presigned `CallWithBearerToken` request for one region, made without any
 * network call. It carries exactly the session's rights and lives no longer than the session, `lifeSeconds` or
 * 12 hours, whichever ends first.
 *
 * @throws ExchangeError (`refused`) when no whole second of life is left.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-how.html (2026-11)
 */
export function bedrockKey(
  request: { readonly session: AwsSession; readonly region: string; readonly lifeSeconds: number },
  { now }: Pick<ExchangeContext, "now">,
): ProviderCredential {
  const { session, region } = request;
  const nowSeconds = Math.floor(now() / 1000);
  const lifeSeconds = Math.floor(
    Math.min(request.lifeSeconds, longestLifeSeconds, session.expiresAtEpochSeconds - nowSeconds),
  );
  // The comparison is this way round so that NaN is refused as well.
  if (!(lifeSeconds >= 1)) {
    const message = "the AWS session has ended, or has no known end: no key can be made of it";
    throw new ExchangeError("refused", host, message);
  }
  const url = presign(session, region, new Date(nowSeconds * 1000), lifeSeconds);
  return {
    token: `bedrock-api-key-${Buffer.from(`${url}&Version=1`).toString("base64")}`,
    kind: "bedrock-api-key",
    expiresAtEpochSeconds: nowSeconds + lifeSeconds,
  };
}

/** Signature version 4, in the query string, without the scheme. */
function presign(session: AwsSession, region: string, date: Date, lifeSeconds: number): string {
  const longDate = date.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const shortDate = longDate.slice(0, 8);
  const scope = `${shortDate}/${region}/bedrock/aws4_request`;
  // In the order of their names, as both the signature and the key have them.
  const parameters: readonly (readonly [string, string | undefined])[] = [
    ["Action", "CallWithBearerToken"],
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ["X-Amz-Credential", `${session.accessKeyId}/${scope}`],
    ["X-Amz-Date", longDate],
    ["X-Amz-Expires", String(lifeSeconds)],
    ["X-Amz-Security-Token", session.sessionToken || undefined],
  ];
  const unsigned = parameters.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeUri(value)}`],
  );
  const signedHeaders = "X-Amz-SignedHeaders=host";
  const canonicalRequest = [
    "POST",
    "/",
    [...unsigned, signedHeaders].join("&"),
    `host:${host}\n`,
    "host",
    emptyPayloadHash,
  ].join("\n");
  const hash = createHash("sha256").update(canonicalRequest).digest("hex");
  const key = [shortDate, region, "bedrock", "aws4_request"].reduce<string | Buffer>(
    (previous, part) => createHmac("sha256", previous).update(part).digest(),
    `AWS4${session.secretAccessKey}`,
  );
  const signature = createHmac("sha256", key)
    .update(`AWS4-HMAC-SHA256\n${longDate}\n${scope}\n${hash}`)
    .digest("hex");
  return `${host}/?${[...unsigned, `X-Amz-Signature=${signature}`, signedHeaders].join("&")}`;
}

/** RFC 3986, which `encodeURIComponent` is not quite. */
function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
