import { presign } from "./aws-presign.ts";
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
  const url = presign(
    {
      method: "POST",
      host,
      service: "bedrock",
      region,
      parameters: [["Action", "CallWithBearerToken"]],
      lifeSeconds,
      date: new Date(nowSeconds * 1000),
    },
    session,
  );
  return {
    token: `bedrock-api-key-${Buffer.from(`${url}&Version=1`).toString("base64")}`,
    kind: "bedrock-api-key",
    expiresAtEpochSeconds: nowSeconds + lifeSeconds,
  };
}
