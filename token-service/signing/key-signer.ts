import type { JWK } from "jose";

import type { ExchangeContext } from "../../exchange/exchange.ts";

/** Algorithms the service signs with; nothing weaker, and nothing symmetric, can be configured. */
export type SignatureAlgorithm = "ES256" | "ES384" | "RS256" | "PS256";

/** A private key somewhere, and its public half here. */
export interface KeySigner {
  readonly algorithm: SignatureAlgorithm;
  /** RFC 7638 thumbprint of the public key. */
  readonly keyId: string;
  /** With `kid`, `alg` and `use`; never a private member. */
  readonly publicJwk: JWK;
  /**
   * Signature as JOSE writes it.
   *
   * @throws ExchangeError when the key is elsewhere and does not answer.
   */
  sign(data: Uint8Array, context: ExchangeContext): Promise<Uint8Array>;
}

export const digestOf: Readonly<Record<SignatureAlgorithm, "sha256" | "sha384">> = {
  ES256: "sha256",
  ES384: "sha384",
  RS256: "sha256",
  PS256: "sha256",
};
