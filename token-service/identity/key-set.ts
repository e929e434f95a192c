import { type CryptoKey, importJWK, type JWK } from "jose";

import { isRecord } from "../../residency/is-record.ts";
import type { Refused } from "../identity.ts";
import { type Fetch, fetchJson, isHttps, isLoopback } from "./fetch-json.ts";
import { refuse } from "./refused.ts";

/** Keys are asked for again after this time, so that a key the issuer withdrew stops working; in seconds. */
export const freshSeconds = 300;
/** While the issuer does not answer, keys are used this long after they were last confirmed; then nobody gets in. */
export const staleSeconds = 3600;
/** A key id nobody knows asks the issuer again at most this often. */
export const unknownKeyCooldownSeconds = 30;
/** An issuer that failed is left alone for this time. */
export const retrySeconds = 5;
const maxKeys = 100;

export interface KeySet {
  /** The issuer's key of that id; without an id, its only key. */
  find(keyId: string | undefined, algorithm: string): Promise<VerificationKey | Refused>;
}

export interface VerificationKey {
  readonly key: CryptoKey;
}

interface KeySource {
  readonly name: string;
  readonly issuer: string;
  /** Default: what the discovery document says. */
  readonly jwksUrl: string | undefined;
  readonly nowEpochSeconds: () => number;
  readonly fetch: Fetch;
}

/** An issuer's published keys, cached. Unknown, unreachable or unclear is a refusal, never a pass. */
export function createKeySet(source: KeySource): KeySet {
  const { nowEpochSeconds } = source;
  let keys: readonly JWK[] = [];
  let imported = new Map<string, VerificationKey>();
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let attemptedAt = Number.NEGATIVE_INFINITY;
  let failure: string | undefined;
  let running: Promise<void> | undefined;

  const load = async () => {
    attemptedAt = nowEpochSeconds();
    try {
      const fetched = await fetchKeys(source);
      keys = fetched;
      imported = new Map();
      confirmedAt = nowEpochSeconds();
      failure = undefined;
    } catch (error) {
      failure = error instanceof Error ? error.message : "failed";
    }
  };
  const refresh = () => {
    running ??= load().finally(() => {
      running = undefined;
    });
    return running;
  };
  /** A clock that was turned back says nothing about how long ago something was. */
  const secondsSince = (at: number) => {
    const seconds = nowEpochSeconds() - at;
    return seconds < 0 ? Number.POSITIVE_INFINITY : seconds;
  };
  const ageSeconds = () => secondsSince(confirmedAt);
  const sinceAttempt = () => secondsSince(attemptedAt);
  const unavailable = () =>
    refuse(
      "issuer_unavailable",
      `the keys of ${source.name} cannot be had: ${failure ?? "no answer"}`,
    );

  /**
   * Half of the time is left for a refresh nobody waits for. Nobody waits either for an issuer that failed already,
   * as long as keys may be used without it: one that hangs would hold every request up until there are too many.
   */
  const refreshWhenDue = async () => {
    const age = ageSeconds();
    if (age <= freshSeconds || (failure !== undefined && age <= staleSeconds)) {
      if (age > freshSeconds / 2 && sinceAttempt() >= retrySeconds) void refresh();
      return;
    }
    if (running !== undefined || sinceAttempt() >= retrySeconds) await refresh();
  };

  const select = async (keyId: string | undefined, algorithm: string) => {
    if (keyId === undefined && keys.length > 1) {
      return refuse("token_key_unknown", `the token names no key, and ${source.name} has several`);
    }
    const named = keyId === undefined ? keys : keys.filter(({ kid }) => kid === keyId);
    if (named.length === 0) return undefined;
    const usable = named.filter((key) => isFor(key, algorithm));
    const [jwk] = usable;
    if (jwk === undefined || usable.length > 1) {
      const many = usable.length > 1 ? "several keys" : "no key";
      return refuse("token_key_unknown", `${source.name} has ${many} of that id for ${algorithm}`);
    }
    // A key is imported for one algorithm. Remembered by its id alone, one token that names another algorithm,
    // forged or not, would spoil it for everybody else's.
    const use = `${algorithm} ${jwk.kid ?? ""}`;
    const cache = imported; // Of these keys: others may be there once the import is done.
    const known = cache.get(use);
    if (known !== undefined) return known;
    const key = await imports(jwk, algorithm);
    if (key === undefined) {
      return refuse("token_key_unknown", `the key of ${source.name} is no usable public key`);
    }
    cache.set(use, key);
    return key;
  };

  return {
    async find(keyId, algorithm) {
      await refreshWhenDue();
      if (ageSeconds() > staleSeconds) return unavailable();
      const found = await select(keyId, algorithm);
      if (found !== undefined) return found;
      if (running !== undefined || sinceAttempt() >= unknownKeyCooldownSeconds) await refresh();
      const again = await select(keyId, algorithm);
      if (again !== undefined) return again;
      if (failure !== undefined) return unavailable();
      return refuse("token_key_unknown", `${source.name} publishes no key of the token's kid`);
    },
  };
}

async function fetchKeys(source: KeySource): Promise<readonly JWK[]> {
  const url = source.jwksUrl ?? (await discoveredKeysUrl(source));
  const { keys } = await fetchJson(url, source.fetch);
  if (!Array.isArray(keys) || keys.length > maxKeys) {
    throw new Error(`${url}: the answer has no list of at most ${maxKeys} keys`);
  }
  const usable = keys.filter(isPublicKey);
  if (usable.length === 0) throw new Error(`${url}: the list holds no public key`);
  return usable;
}

async function discoveredKeysUrl({ issuer, fetch }: KeySource): Promise<string> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const document = await fetchJson(url, fetch);
  // OpenID Connect Discovery 1.0, 4.3: otherwise one issuer could speak for another.
  if (document.issuer !== issuer) throw new Error(`${url}: the document names another issuer`);
  const keysUrl = document.jwks_uri;
  const plain = issuer.startsWith("http://") && typeof keysUrl === "string" && isLoopback(keysUrl);
  if (typeof keysUrl === "string" && (isHttps(keysUrl) || plain)) return keysUrl;
  throw new Error(`${url}: jwks_uri is no https address`);
}

/** Symmetric keys and private ones have no business in a published list; whoever uses them is not trusted. */
function isPublicKey(value: unknown): value is JWK {
  return (
    isRecord(value) &&
    (value.kty === "RSA" || value.kty === "EC" || value.kty === "OKP") &&
    value.d === undefined &&
    (value.kid === undefined || typeof value.kid === "string")
  );
}

const keyTypes: Readonly<Record<string, readonly [type: string, curve: string | undefined]>> = {
  RS256: ["RSA", undefined],
  PS256: ["RSA", undefined],
  ES256: ["EC", "P-256"],
  ES384: ["EC", "P-384"],
  EdDSA: ["OKP", "Ed25519"],
};

function isFor(key: JWK, algorithm: string): boolean {
  const wanted = Object.hasOwn(keyTypes, algorithm) ? keyTypes[algorithm] : undefined;
  if (wanted === undefined || key.kty !== wanted[0]) return false;
  if (wanted[1] !== undefined && key.crv !== wanted[1]) return false;
  if (key.alg !== undefined && key.alg !== algorithm) return false;
  if (key.use !== undefined && key.use !== "sig") return false;
  return !Array.isArray(key.key_ops) || key.key_ops.includes("verify");
}

async function imports(jwk: JWK, algorithm: string): Promise<VerificationKey | undefined> {
  try {
    const key = await importJWK(jwk, algorithm);
    return key instanceof Uint8Array ? undefined : { key };
  } catch {
    return undefined;
  }
}
