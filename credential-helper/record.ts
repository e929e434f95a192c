import type { Lifetime } from "./freshness.ts";

/** The credential as it is kept between runs. */
export interface CredentialRecord extends Lifetime {
  /**
   * SHA-256 of the configuration's bytes. The configuration was valid when the record was written; an equal
   * one needs no reading, and another one never gets this credential.
   */
  readonly configSha256: string;
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
}

const recordVersion = 1;

export function writeRecord(record: CredentialRecord): string {
  return JSON.stringify({ recordVersion, ...record });
}

/** Undefined for whatever this version did not write. Without zod: read at each start. */
export function parseRecord(text: string): CredentialRecord | undefined {
  const value = parseJson(text);
  if (!isObject(value) || value.recordVersion !== recordVersion) return undefined;
  const { configSha256, token, headers, issuedAtMs, expiresAtEpochSeconds } = value;
  const { ttlSeconds, jitterSeconds } = value;
  if (typeof configSha256 !== "string" || !/^[0-9a-f]{64}$/.test(configSha256)) return undefined;
  if (typeof token !== "string" || !isPrintableToken(token)) return undefined;
  if (!isObject(headers) || !areHeaders(headers)) return undefined;
  if (!isCount(issuedAtMs) || !isCount(expiresAtEpochSeconds)) return undefined;
  if (!isCount(ttlSeconds) || !isCount(jitterSeconds)) return undefined;
  return {
    configSha256,
    token,
    headers,
    issuedAtMs,
    expiresAtEpochSeconds,
    ttlSeconds,
    jitterSeconds,
  };
}

/** Visible ASCII without blanks: anything else would reach a header, or the reader's parser, as something else. */
export function isPrintableToken(token: string): boolean {
  return /^[\x21-\x7e]{1,65536}$/.test(token);
}

/** RFC 9110: a token for a name, visible ASCII with inner blanks for a value. */
export function areHeaders(
  headers: Readonly<Record<string, unknown>>,
): headers is Readonly<Record<string, string>> {
  return Object.entries(headers).every(
    ([name, value]) =>
      /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/.test(name) &&
      typeof value === "string" &&
      /^[\x20-\x7e]{0,16384}$/.test(value),
  );
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
