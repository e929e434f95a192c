import { createHash, timingSafeEqual } from "node:crypto";
import { decodeProtectedHeader } from "jose";
import type * as oidc from "openid-client";

import { HelperFailure } from "../failure.ts";
import type { IdToken, SignedIn } from "./signed-in.ts";

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

/**
 * Tokens that openid-client has verified, in the helper's own words. `at_hash` is checked here: the library
 * does so for the hybrid flow only.
 *
 * @param now milliseconds since 1970-01-01.
 * @throws HelperFailure `signInFailed` when ID token and access token do not belong together.
 */
export function verifiedTokens(tokens: Tokens, host: string, now: number): SignedIn {
  const claims = tokens.claims();
  let idToken: IdToken | undefined;
  if (tokens.id_token !== undefined && claims !== undefined) {
    checkAccessTokenHash(tokens.id_token, claims.at_hash, tokens.access_token, host);
    idToken = {
      text: tokens.id_token,
      subject: claims.sub,
      expiresAtEpochSeconds: claims.exp,
    };
  }
  const lifeSeconds = tokens.expires_in;
  return {
    accessToken: tokens.access_token,
    accessTokenType: tokens.token_type === "dpop" ? "dpop" : "bearer",
    accessTokenExpiresAtEpochSeconds:
      lifeSeconds === undefined ? undefined : Math.floor(now / 1000 + lifeSeconds),
    grantedScopes: tokens.scope?.split(" ").filter((scope) => scope !== ""),
    idToken,
    refreshToken: tokens.refresh_token,
  };
}

/** OpenID Connect Core 1.0, 3.1.3.8: the left half of the hash that belongs to the ID token's algorithm. */
function checkAccessTokenHash(
  idToken: string,
  claimed: unknown,
  accessToken: string,
  host: string,
): void {
  // Optional in the code flow.
  if (claimed === undefined) return;
  const bits = /^(RS|PS|ES)(256|384|512)$/.exec(decodeProtectedHeader(idToken).alg ?? "")?.[2];
  // Ed25519 hashes with SHA-512 by itself.
  const digest = createHash(`sha${bits ?? "512"}`)
    .update(accessToken, "ascii")
    .digest();
  const expected = digest.subarray(0, digest.length / 2).toString("base64url");
  if (typeof claimed !== "string" || !sameText(claimed, expected)) {
    throw new HelperFailure(
      "signInFailed",
      `${host} sent an ID token and an access token that do not belong together (at_hash)`,
    );
  }
}

/** Whether two texts are equal, in a time that does not depend on where they differ. */
export function sameText(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
