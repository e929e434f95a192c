import type { RefusalCode } from "../contract/token-api.ts";

/** Who asks, as an issuer or a device authority vouched for. */
export interface Identity {
  /** Name of the issuer or device authority in the trust policy. */
  readonly from: string;
  readonly kind: "token" | "certificate";
  /** Absent when nothing vouched for one, as with a device of no person. */
  readonly user: string | undefined;
  readonly device: string | undefined;
  readonly groups: readonly string[];
  /** What patterns of policies are held against: only claims the trust policy names, each as texts. */
  readonly claims: Readonly<Record<string, readonly string[]>>;
  /** SHA-256 of the token or of the certificate, hexadecimal: says which one it was, not what it said. */
  readonly tokenHash: string;
  /** Thumbprint of the key a DPoP proof or a certificate showed possession of; revocation by key names it. */
  readonly keyThumbprint: string | undefined;
  /** The token itself, for exchanges that hand it on; never logged. */
  readonly token: string | undefined;
  /** End of the identity's own life. A credential may outlive it: how long it lives is the policy's to say. */
  readonly expiresAtEpochSeconds: number;
  /** What may be presented once; absent when TLS itself proves possession. */
  readonly once: { readonly key: string; readonly untilEpochSeconds: number } | undefined;
}

/** What a request brought to prove who it is. */
export interface Evidence {
  /** `Authorization` headers as they came; more than one is refused. */
  readonly authorization: readonly string[];
  /** `DPoP` headers as they came. */
  readonly proofs: readonly string[];
  /** DER of the client certificate, leaf first, from wherever the configuration says; empty without one. */
  readonly certificates: readonly Uint8Array[];
  /** Of the request, for DPoP's `htm` and `htu`. */
  readonly method: string;
  readonly url: string;
}

export interface Refused {
  readonly refused: RefusalCode;
  /** One sentence for an administrator; no token and no claim value. */
  readonly reason: string;
}
