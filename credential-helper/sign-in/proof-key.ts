import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import type { CryptoKey, CryptoKeyPair } from "openid-client";

/** The key of DPoP (RFC 9449): what is bound to it is of no use to whoever copies a token. */
export interface ProofKey {
  readonly pair: CryptoKeyPair;
  readonly publicJwk: JWK;
  /** RFC 7638, as `cnf.jkt` carries it. */
  readonly thumbprint: string;
  /** What the session keeps. */
  readonly text: string;
}

/** A fresh key: P-256, the curve every issuer with DPoP supports. */
export async function newProofKey(): Promise<ProofKey> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  return fromJwk(await exportJWK(privateKey));
}

/** The key a session kept; undefined when the text is none, so that a new sign-in makes a new one. */
export async function readProofKey(text: string): Promise<ProofKey | undefined> {
  try {
    return await fromJwk(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function fromJwk(jwk: JWK): Promise<ProofKey> {
  const { kty, crv, x, y, d } = jwk;
  if (kty !== "EC" || crv !== "P-256" || !x || !y || !d) throw new Error("not a private P-256 key");
  const publicJwk: JWK = { kty, crv, x, y };
  const privateJwk: JWK = { ...publicJwk, d };
  return {
    pair: {
      privateKey: await cryptoKey(privateJwk),
      publicKey: await cryptoKey(publicJwk),
    },
    publicJwk,
    thumbprint: await calculateJwkThumbprint(publicJwk),
    text: JSON.stringify(privateJwk),
  };
}

async function cryptoKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, "ES256", { extractable: true });
  if (key instanceof Uint8Array) throw new Error("not an asymmetric key");
  return key;
}
