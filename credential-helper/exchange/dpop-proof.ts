import { createHash, randomUUID } from "node:crypto";
import { SignJWT } from "jose";

import type { ProofKey } from "../sign-in/proof-key.ts";

/** The request a proof is for, and the token it goes with. */
export interface ProvenRequest {
  readonly method: string;
  /** Without query and fragment. */
  readonly url: string;
  readonly token: string;
}

/**
 * Proof that whoever sends the token holds its key (RFC 9449, 4.2). Good for one request: it is never reused.
 *
 * @param now milliseconds since 1970-01-01.
 */
export function dpopProof(
  key: ProofKey,
  { method, url, token }: ProvenRequest,
  now: number,
): Promise<string> {
  return new SignJWT({
    htm: method,
    htu: url,
    jti: randomUUID(),
    ath: createHash("sha256").update(token, "ascii").digest("base64url"),
  })
    .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk: key.publicJwk })
    .setIssuedAt(Math.floor(now / 1000))
    .sign(key.pair.privateKey);
}
