import { constants, type KeyObject, type VerifyKeyObjectInput, verify } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, type JWK } from "jose";

import { digestOf, type SignatureAlgorithm } from "./key-signer.ts";

/** Shortest RSA key RFC 7518 (3.3) allows, and the longest that signs in reasonable time. */
const rsaBits = { shortest: 2048, longest: 4096 } as const;

const curves: Readonly<Record<string, SignatureAlgorithm>> = {
  prime256v1: "ES256",
  secp384r1: "ES384",
};

/**
 * The one algorithm a key is used with.
 *
 * @param padding Of an RSA key whose keeper fixed it. Default: PKCS #1 v1.5, as more gateways verify that.
 * @returns A sentence that says why, for a key that is not used at all.
 */
export function algorithmOf(
  key: KeyObject,
  padding: "pkcs1" | "pss" = "pkcs1",
): { readonly algorithm: SignatureAlgorithm } | { readonly problem: string } {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === "ec") {
    const algorithm = curves[details?.namedCurve ?? ""];
    return algorithm === undefined
      ? { problem: "its curve is neither P-256 nor P-384" }
      : { algorithm };
  }
  if (type !== "rsa") return { problem: "it is neither an elliptic curve key nor an RSA key" };
  const bits = details?.modulusLength ?? 0;
  if (bits < rsaBits.shortest || bits > rsaBits.longest) {
    return {
      problem: `its ${bits} bits are not between ${rsaBits.shortest} and ${rsaBits.longest}`,
    };
  }
  return { algorithm: padding === "pss" ? "PS256" : "RS256" };
}

/** What is published of a key: the public members, and what it is for. */
export async function publishedJwk(
  key: KeyObject,
  algorithm: SignatureAlgorithm,
): Promise<JWK & { readonly kid: string }> {
  const { kty, crv, x, y, n, e } = await exportJWK(key);
  // Named one by one, so that no private member can slip in.
  const members = kty === "EC" ? { kty, crv, x, y } : { kty, n, e };
  const jwk = members as JWK;
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: algorithm, use: "sig" };
}

/**
 * Whether a signature, as JOSE writes it, is the key's. What a remote key signed is always checked: an answer that
 * was damaged, or made by another key, must not leave as a token.
 */
export function verifies(
  key: KeyObject,
  algorithm: SignatureAlgorithm,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verify(digestOf[algorithm], data, joseKey(key, algorithm), signature);
}

/** How `node:crypto` is told to write signatures the way JOSE does. */
function joseKey(key: KeyObject, algorithm: SignatureAlgorithm): VerifyKeyObjectInput {
  if (algorithm === "PS256") {
    return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  }
  return algorithm === "RS256"
    ? { key, padding: constants.RSA_PKCS1_PADDING }
    : { key, dsaEncoding: "ieee-p1363" };
}
