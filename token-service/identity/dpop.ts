import { createHash } from "node:crypto";
import { calculateJwkThumbprint, compactVerify, importJWK, type JWK } from "jose";

import { isRecord } from "../../residency/is-record.ts";
import type { Refused } from "../identity.ts";
import { isRefused, refuse } from "./refused.ts";
import { shapeOf } from "./token-shape.ts";
import { sha256Hex } from "./token-verifier.ts";

/** How long after it was made a proof is accepted, besides the issuer's clock skew; in seconds. */
export const proofLifeSeconds = 60;
const maxProofBytes = 8192;
const proofAlgorithms = ["ES256", "ES384", "PS256", "RS256", "EdDSA"];
const privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
const publicMembers = ["kty", "crv", "x", "y", "n", "e"] as const;

export interface ProofRequest {
  /** `DPoP` headers as they came. */
  readonly proofs: readonly string[];
  readonly token: string;
  /** Thumbprint of the key the token is bound to. */
  readonly boundTo: string;
  readonly method: string;
  /** Of the request: its path counts, its host is whatever the client wrote. */
  readonly url: string;
  /** Origin laptops use; the only host a proof may name. */
  readonly publicUrl: string;
  readonly clockSkewSeconds: number;
  readonly nowEpochSeconds: number;
}

export interface Proof {
  /** RFC 7638 thumbprint of the key that was shown. */
  readonly thumbprint: string;
  readonly once: { readonly key: string; readonly untilEpochSeconds: number };
}

/** Checks a proof of possession as RFC 9449, 4.3 lists it. Server-provided nonces are not asked for. */
export async function verifyProof(request: ProofRequest): Promise<Proof | Refused> {
  const invalid = (reason: string) => refuse("proof_invalid", `the DPoP proof ${reason}`);
  const [proof] = request.proofs;
  if (proof === undefined) return refuse("proof_missing", "the request has no DPoP proof");
  if (request.proofs.length > 1) return invalid("is there more than once");
  if (proof.length > maxProofBytes) return invalid(`is longer than ${maxProofBytes} bytes`);
  const shape = shapeOf(proof);
  if (isRefused(shape)) return invalid("is no well-formed JWT");
  if (shape.type !== "dpop+jwt") return invalid("has another typ than dpop+jwt");
  if (!proofAlgorithms.includes(shape.algorithm)) {
    return invalid(`is signed with another algorithm than ${proofAlgorithms.join(", ")}`);
  }
  const jwk = publicKeyOf(shape.header.jwk);
  if (jwk === undefined) return invalid("holds no public key, or more than a public key");
  if (!(await isSignedBy(proof, jwk, shape.algorithm))) return invalid("is not signed by its key");

  const { htm, htu, iat, jti, ath } = shape.payload;
  const { nowEpochSeconds: now, clockSkewSeconds: skew } = request;
  if (htm !== request.method) return invalid("is for another method");
  if (typeof htu !== "string" || !isSameAddress(htu, request)) {
    return invalid("is for another address");
  }
  if (typeof iat !== "number" || iat > now + skew || iat < now - skew - proofLifeSeconds) {
    return invalid(`was not made within the last ${proofLifeSeconds} s; compare the clocks`);
  }
  if (typeof jti !== "string" || jti === "") return invalid("has no jti");
  if (ath !== createHash("sha256").update(request.token).digest("base64url")) {
    return invalid("is for another token");
  }
  const thumbprint = await calculateJwkThumbprint(jwk);
  if (thumbprint !== request.boundTo)
    return invalid("is by another key than the token is bound to");
  return {
    thumbprint,
    once: {
      key: `proof:${sha256Hex(`${thumbprint}|${jti}`)}`,
      untilEpochSeconds: Math.ceil(iat) + proofLifeSeconds + skew + 1,
    },
  };
}

function publicKeyOf(value: unknown): JWK | undefined {
  if (!isRecord(value)) return undefined;
  if (privateMembers.some((member) => Object.hasOwn(value, member))) return undefined;
  if (value.kty !== "EC" && value.kty !== "RSA" && value.kty !== "OKP") return undefined;
  const members = publicMembers.flatMap((name) => {
    const text = value[name];
    return typeof text === "string" ? [[name, text] as const] : [];
  });
  return Object.fromEntries(members) as JWK; // Its members are texts of the names JWK gives them.
}

async function isSignedBy(proof: string, jwk: JWK, algorithm: string): Promise<boolean> {
  try {
    const key = await importJWK(jwk, algorithm);
    await compactVerify(proof, key, { algorithms: [algorithm] });
    return true;
  } catch {
    return false;
  }
}

/** RFC 9449, 4.3, check 9: syntax- and scheme-based normalisation, without query and fragment. */
function isSameAddress(htu: string, { url, publicUrl }: ProofRequest): boolean {
  const named = URL.parse(htu);
  const asked = URL.parse(url, publicUrl);
  if (named === null || asked === null || named.username !== "" || named.password !== "") {
    return false;
  }
  return named.origin === new URL(publicUrl).origin && named.pathname === asked.pathname;
}
