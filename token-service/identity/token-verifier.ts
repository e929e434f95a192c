import { createHash } from "node:crypto";
import { compactVerify } from "jose";
import type { TrustedIssuer } from "../../contract/trust-policy.ts";
import { isRecord } from "../../residency/is-record.ts";
import type { Refused } from "../identity.ts";
import { claimValues, soleClaimValue } from "./claim-values.ts";
import type { KeySet } from "./key-set.ts";
import { isRefused, refuse } from "./refused.ts";
import { checkClaims } from "./token-claims.ts";
import { shapeOf, type TokenShape } from "./token-shape.ts";

/** What the verifier is told by the trust policy in force. */
export interface TokenRules {
  readonly issuers: readonly TrustedIssuer[];
  /** Claims policies and administrators ask for, by issuer name. */
  readonly claimNames: ReadonlyMap<string, readonly string[]>;
  readonly keySetOf: (issuer: TrustedIssuer) => KeySet;
  readonly nowEpochSeconds: number;
}

/** A token whose signature and every claim that is looked at held. */
export interface VerifiedToken {
  readonly issuer: TrustedIssuer;
  readonly user: string;
  readonly device: string | undefined;
  readonly groups: readonly string[];
  readonly claims: Readonly<Record<string, readonly string[]>>;
  readonly tokenHash: string;
  readonly expiresAtEpochSeconds: number;
  /** Thumbprint of the key the token is bound to (`cnf.jkt`, RFC 9449). */
  readonly boundTo: string | undefined;
  readonly once: { readonly key: string; readonly untilEpochSeconds: number };
}

/** Types a token that proves a sign-in may have: none, `JWT`, or RFC 9068's for access tokens. */
const acceptedTypes = [undefined, "jwt", "at+jwt"];

/** Longest `maxTokenAgeSeconds` and `clockSkewSeconds` any trust policy can state. */
const longestAgeSeconds = 86_400;
const longestSkewSeconds = 120;

/** Verifies a bearer of an OpenID provider's JWT; every way it can be wrong has a code of its own. */
export async function verifyToken(
  token: string,
  rules: TokenRules,
): Promise<VerifiedToken | Refused> {
  const shape = shapeOf(token);
  if (isRefused(shape)) return shape;
  if (!acceptedTypes.includes(shape.type)) {
    return refuse("token_malformed", "the header's typ says that this is another kind of token");
  }
  const issuer = rules.issuers.find((one) => one.issuer === shape.payload.iss);
  if (issuer === undefined) {
    return Object.hasOwn(shape.payload, "iss")
      ? refuse("token_issuer", "the trust policy names no such issuer")
      : refuse("token_claim_missing", "the token has no iss");
  }
  const unsigned = await signatureProblem(token, shape, issuer, rules.keySetOf);
  if (unsigned !== undefined) return unsigned;
  const life = checkClaims(shape.payload, issuer, rules.nowEpochSeconds);
  if (isRefused(life)) return life;
  const person = personOf(shape.payload, issuer, rules.claimNames.get(issuer.name) ?? []);
  if (isRefused(person)) return person;
  const boundTo = bindingOf(shape.payload);
  if (isRefused(boundTo)) return boundTo;
  const key = singleUseKey(shape, issuer);
  if (isRefused(key)) return key;
  return {
    issuer,
    ...person,
    tokenHash: sha256Hex(token),
    expiresAtEpochSeconds: Math.floor(life.expiresAt),
    boundTo: boundTo.thumbprint,
    once: {
      key: key.key,
      // After its longest age no policy accepts the token, whatever it says of its own end; a reload that
      // lengthens ages or skews within the schema does not make a used token good again.
      untilEpochSeconds:
        Math.ceil(Math.min(life.expiresAt, life.issuedAt + longestAgeSeconds)) + longestSkewSeconds,
    },
  };
}

export function sha256Hex(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

async function signatureProblem(
  token: string,
  { algorithm, keyId }: TokenShape,
  issuer: TrustedIssuer,
  keySetOf: TokenRules["keySetOf"],
): Promise<Refused | undefined> {
  if (!issuer.algorithms.some((accepted) => accepted === algorithm)) {
    const accepted = issuer.algorithms.join(", ");
    return refuse("token_algorithm", `${issuer.name} signs with ${accepted} and nothing else`);
  }
  const found = await keySetOf(issuer).find(keyId, algorithm);
  if (isRefused(found)) return found;
  try {
    await compactVerify(token, found.key, { algorithms: [algorithm] });
    return undefined;
  } catch {
    return refuse("token_signature", `the signature is not by the key of ${issuer.name}`);
  }
}

type Person = Pick<VerifiedToken, "user" | "device" | "groups" | "claims">;

function personOf(
  payload: Readonly<Record<string, unknown>>,
  issuer: TrustedIssuer,
  claimNames: readonly string[],
): Person | Refused {
  const user = soleClaimValue(payload, issuer.userClaim);
  if (user === undefined) {
    return refuse("token_claim_missing", `the token has no ${issuer.userClaim}`);
  }
  if (typeof user !== "string") return user;
  const leftOut = groupsLeftOut(payload, issuer);
  if (leftOut !== undefined) return leftOut;
  const groups = claimValues(payload, issuer.groupsClaim) ?? [];
  if (isRefused(groups)) return groups;
  const device =
    issuer.deviceClaim === undefined ? undefined : soleClaimValue(payload, issuer.deviceClaim);
  if (typeof device === "object") return device;
  const claims: [string, readonly string[]][] = [];
  for (const name of claimNames) {
    const values = claimValues(payload, name);
    if (values === undefined) continue;
    if (isRefused(values)) return values;
    claims.push([name, values]);
  }
  return { user, device, groups, claims: Object.fromEntries(claims) };
}

/**
 * Entra leaves `groups` out of a token when there are more than 200, and says so in `_claim_names` or
 * `hasgroups` (https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference, 2026-11). Such a
 * person would slip through a revocation by group.
 */
function groupsLeftOut(
  payload: Readonly<Record<string, unknown>>,
  issuer: TrustedIssuer,
): Refused | undefined {
  const elsewhere = payload._claim_names;
  const left =
    (isRecord(elsewhere) && Object.hasOwn(elsewhere, issuer.groupsClaim)) ||
    (issuer.groupsClaim === "groups" && payload.hasgroups !== undefined);
  return left
    ? refuse(
        "token_claim_missing",
        "the issuer left the groups out because there are too many; have it send only groups assigned to the application",
      )
    : undefined;
}

/** `cnf` says which key the bearer has to hold. A way of holding that is not understood is not passed over. */
function bindingOf(
  payload: Readonly<Record<string, unknown>>,
): { readonly thumbprint: string | undefined } | Refused {
  const { cnf } = payload;
  if (cnf === undefined) return { thumbprint: undefined };
  const invalid = refuse(
    "proof_invalid",
    "the token's cnf is none that DPoP can show possession of",
  );
  if (!isRecord(cnf)) return invalid;
  const { jkt, ...others } = cnf;
  if (typeof jkt !== "string" || Object.keys(others).length > 0) return invalid;
  return { thumbprint: jkt };
}

/**
 * What stands for this token and no other. Its signature would not do: who holds an ECDSA signature can write
 * another valid one for the same content (s -> n - s). What is signed cannot be changed.
 */
function singleUseKey(
  { payload, signingInput }: TokenShape,
  issuer: TrustedIssuer,
): { readonly key: string } | Refused {
  const { jti } = payload;
  if (jti === undefined) return { key: `token:${sha256Hex(signingInput)}` };
  return typeof jti === "string" && jti !== ""
    ? { key: `token:${sha256Hex(`${issuer.issuer}|${jti}`)}` }
    : refuse("token_malformed", "the token's jti is no text");
}
