import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import type { TrustedIssuer } from "../../../contract/trust-policy.ts";
import type { Fetch } from "../../../token-service/identity/fetch-json.ts";
import { createKeySet, type KeySet } from "../../../token-service/identity/key-set.ts";
import { type TokenRules, verifyToken } from "../../../token-service/identity/token-verifier.ts";

/** Seconds since 1970-01-01 at which every forged token is judged. */
export const now = 1_800_000_000;

export const issuerUrl = "https://login.example.com";

export function trusted(changes: Partial<TrustedIssuer> = {}): TrustedIssuer {
  return {
    name: "login",
    issuer: issuerUrl,
    audiences: ["cowork-desktop"],
    algorithms: ["ES256"],
    maxTokenAgeSeconds: 3600,
    clockSkewSeconds: 30,
    replay: "single-use",
    userClaim: "sub",
    groupsClaim: "groups",
    ...changes,
  };
}

/** Claims of a token that is fine. */
export const soundClaims: JWTPayload = {
  iss: issuerUrl,
  aud: "cowork-desktop",
  sub: "alice",
  iat: now - 10,
  exp: now + 300,
  jti: "one",
  groups: ["cowork-eu"],
};

export interface Signer {
  readonly jwk: JWK;
  readonly sign: (claims: JWTPayload, header?: Record<string, unknown>) => Promise<string>;
}

/** A key of its own, and a way to sign anything with it. */
export async function newSigner(algorithm = "ES256", kid = "k1"): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, use: "sig", alg: algorithm },
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid, ...header }).sign(privateKey),
  };
}

/** A token of exactly these parts, whatever they are. */
export function compact(header: unknown, payload: unknown, signature = ""): string {
  const part = (value: unknown) =>
    Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
  return `${part(header)}.${part(payload)}.${signature}`;
}

/** Answers like an issuer with these keys; whatever is not named is not found. */
export function issuerAnswering(keys: readonly JWK[], issuer = issuerUrl): Fetch {
  const documents: Record<string, unknown> = {
    [`${issuer}/.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}/keys` },
    [`${issuer}/keys`]: { keys },
  };
  return async (url) =>
    url in documents ? Response.json(documents[url]) : new Response("", { status: 404 });
}

export function rulesFor(
  issuers: readonly TrustedIssuer[],
  keys: readonly JWK[],
  changes: Partial<TokenRules> = {},
): TokenRules {
  const sets = new Map<string, KeySet>();
  return {
    issuers,
    claimNames: new Map(issuers.map(({ name }) => [name, ["groups", "sub"]])),
    keySetOf: ({ name, issuer, jwksUrl }) => {
      const known = sets.get(issuer);
      if (known) return known;
      const fetch = issuerAnswering(keys, issuer);
      const set = createKeySet({ name, issuer, jwksUrl, nowEpochSeconds: () => now, fetch });
      sets.set(issuer, set);
      return set;
    },
    nowEpochSeconds: now,
    ...changes,
  };
}

/** `accepted`, or the code and reason of the refusal. */
export async function outcome(token: string, rules: TokenRules): Promise<string> {
  const result = await verifyToken(token, rules);
  return "refused" in result ? `${result.refused}: ${result.reason}` : "accepted";
}
