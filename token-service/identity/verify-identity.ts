import type { TrustedIssuer } from "../../contract/trust-policy.ts";
import type { Evidence, Identity, Refused } from "../identity.ts";
import { type CertificateRules, verifyCertificates } from "./certificate-verifier.ts";
import { verifyProof } from "./dpop.ts";
import type { Fetch } from "./fetch-json.ts";
import { createKeySet, type KeySet } from "./key-set.ts";
import { isRefused, refuse } from "./refused.ts";
import { openRevocationFile, type RevocationFile } from "./revocation-file.ts";
import { type VerifiedToken, verifyToken } from "./token-verifier.ts";

/** The part of the trust policy in force that says who is who. */
export interface IdentityRules {
  readonly issuers: readonly TrustedIssuer[];
  /** Claims policies and administrators ask for, by the name of the issuer or authority. */
  readonly claimNames: ReadonlyMap<string, readonly string[]>;
  readonly authorities: CertificateRules["authorities"];
}

export interface IdentityVerifierOptions {
  /** The rules in force; asked for each request, so that a reload counts at once. */
  readonly rules: () => IdentityRules;
  /** Origin laptops use, as configured. */
  readonly publicUrl: string;
  readonly nowEpochSeconds: () => number;
  readonly fetch: Fetch;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Told what an operator has to repair; no token and no claim value. */
  readonly onProblem: (problem: string) => void;
}

export interface IdentityVerifier {
  /** Never rejects: what cannot be checked is refused. */
  verify(evidence: Evidence): Promise<Identity | Refused>;
}

/** Turns what a request brought into who asks. Keys and revocation lists are kept between requests and reloads. */
export function createIdentityVerifier(options: IdentityVerifierOptions): IdentityVerifier {
  const { nowEpochSeconds, fetch } = options;
  const keySets = new Map<string, KeySet>();
  const revocationFiles = new Map<string, RevocationFile>();
  const keySetOf = ({ name, issuer, jwksUrl }: TrustedIssuer) =>
    kept(keySets, `${name} ${issuer} ${jwksUrl ?? ""}`, () =>
      createKeySet({ name, issuer, jwksUrl, nowEpochSeconds, fetch }),
    );
  const revocationFileOf = (file: string) =>
    kept(revocationFiles, file, () =>
      openRevocationFile({
        file,
        readFile: options.readFile,
        nowEpochSeconds,
        onProblem: options.onProblem,
      }),
    );

  const verify = async (evidence: Evidence): Promise<Identity | Refused> => {
    const presented = soleIdentity(evidence);
    if (isRefused(presented)) return presented;
    const { issuers, claimNames, authorities } = options.rules();
    const now = nowEpochSeconds();
    if (presented.kind === "certificate") {
      const rules = { authorities, claimNames, revocationFileOf, nowEpochSeconds: now };
      return verifyCertificates(evidence.certificates, rules);
    }
    const { scheme, token } = presented;
    const verified = await verifyToken(token, {
      issuers,
      claimNames,
      keySetOf,
      nowEpochSeconds: now,
    });
    if (isRefused(verified)) return verified;
    if (scheme === "bearer") return bearerIdentity(verified, token, evidence);
    if (verified.boundTo === undefined) {
      return refuse("proof_invalid", "the token is bound to no key that a DPoP proof could show");
    }
    const proof = await verifyProof({
      ...evidence,
      token,
      boundTo: verified.boundTo,
      publicUrl: options.publicUrl,
      clockSkewSeconds: verified.issuer.clockSkewSeconds,
      nowEpochSeconds: now,
    });
    if (isRefused(proof)) return proof;
    // A token that counts once takes its proof, which names that token, along.
    const once = verified.issuer.replay === "dpop" ? proof.once : verified.once;
    return identityOf(verified, { token, once, keyThumbprint: proof.thumbprint });
  };

  return {
    verify: (evidence) =>
      verify(evidence).catch((error: unknown) => {
        options.onProblem(`an identity could not be checked: ${nameOf(error)}`);
        return refuse("internal", "the identity could not be checked");
      }),
  };
}

type Presented =
  | { readonly kind: "certificate" }
  | { readonly kind: "token"; readonly scheme: "bearer" | "dpop"; readonly token: string };

/** Exactly one identity: of two, nobody could say which one a decision was about. */
function soleIdentity({ authorization, proofs, certificates }: Evidence): Presented | Refused {
  const [header, ...more] = authorization;
  if (more.length > 0) {
    return refuse("smuggled_identity", "the request has more than one Authorization header");
  }
  if (certificates.length > 0) {
    return header === undefined && proofs.length === 0
      ? { kind: "certificate" }
      : refuse("identity_ambiguous", "the request brings a certificate and a token; bring one");
  }
  if (header === undefined) {
    return refuse("identity_missing", "the request has neither a token nor a client certificate");
  }
  const [, scheme = "", token = ""] = /^([A-Za-z]+) +([A-Za-z0-9._~+/=-]+)$/.exec(header) ?? [];
  switch (scheme.toLowerCase()) {
    case "bearer":
      return { kind: "token", scheme: "bearer", token };
    case "dpop":
      return { kind: "token", scheme: "dpop", token };
    case "":
      return refuse("token_malformed", "the Authorization header is no scheme and one token");
    default:
      return refuse("identity_missing", "the Authorization scheme is neither Bearer nor DPoP");
  }
}

function bearerIdentity(
  verified: VerifiedToken,
  token: string,
  { proofs }: Evidence,
): Identity | Refused {
  if (verified.boundTo !== undefined) {
    return refuse(
      "proof_missing",
      "the token is bound to a key; send Authorization: DPoP and a proof",
    );
  }
  if (verified.issuer.replay === "dpop") {
    return refuse(
      "proof_missing",
      `${verified.issuer.name} takes tokens bound to a key only (DPoP)`,
    );
  }
  if (proofs.length > 0) {
    return refuse("proof_invalid", "a DPoP proof came with Authorization: Bearer");
  }
  return identityOf(verified, { token, once: verified.once, keyThumbprint: undefined });
}

function identityOf(
  verified: VerifiedToken,
  shown: Pick<Identity, "token" | "once" | "keyThumbprint">,
): Identity {
  const { issuer, user, device, groups, claims, tokenHash, expiresAtEpochSeconds } = verified;
  return {
    from: issuer.name,
    kind: "token",
    user,
    device,
    groups,
    claims,
    tokenHash,
    expiresAtEpochSeconds,
    ...shown,
  };
}

function kept<T>(map: Map<string, T>, key: string, create: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}

/** The class of an unexpected error says where to look; its message may hold what was given. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown error";
}
