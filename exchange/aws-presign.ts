import { createHash, createHmac } from "node:crypto";

/** Keys that sign; a session's token belongs to them. */
export interface SigningKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent only for keys that are not a session's. */
  readonly sessionToken?: string | undefined;
}

export interface PresignedRequest {
  readonly method: "GET" | "POST";
  readonly host: string;
  readonly service: string;
  readonly region: string;
  /** Parameters of the call, in the order of their names; each sorts before `X-Amz-`. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly lifeSeconds: number;
  readonly date: Date;
}

/**
 * SHA-256 of no bytes. What is presigned here is verified with the payload it has, an empty one;
 * `UNSIGNED-PAYLOAD`, right for S3, gives a signature that is refused.
 */
const emptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/**
 * A request AWS accepts instead of a password: signature version 4 in the query string, without the scheme and
 * without any network call.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html (2026-11)
 */
export function presign(request: PresignedRequest, keys: SigningKeys): string {
  const { method, host, service, region, lifeSeconds } = request;
  const longDate = request.date.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const shortDate = longDate.slice(0, 8);
  const scope = `${shortDate}/${region}/${service}/aws4_request`;
  // In the order of their names, as both the signature and the result have them.
  const parameters: readonly (readonly [string, string | undefined])[] = [
    ...request.parameters,
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ["X-Amz-Credential", `${keys.accessKeyId}/${scope}`],
    ["X-Amz-Date", longDate],
    ["X-Amz-Expires", String(lifeSeconds)],
    ["X-Amz-Security-Token", keys.sessionToken || undefined],
  ];
  const unsigned = parameters.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeUri(value)}`],
  );
  const signedHeaders = "X-Amz-SignedHeaders=host";
  const canonicalRequest = [
    method,
    "/",
    [...unsigned, signedHeaders].join("&"),
    `host:${host}\n`,
    "host",
    emptyPayloadHash,
  ].join("\n");
  const hash = createHash("sha256").update(canonicalRequest).digest("hex");
  const key = [shortDate, region, service, "aws4_request"].reduce<string | Buffer>(
    (previous, part) => createHmac("sha256", previous).update(part).digest(),
    `AWS4${keys.secretAccessKey}`,
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
