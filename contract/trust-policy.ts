import { z } from "zod";

import { issuerUrl } from "./helper-config.ts";

/**
 * Whom a token service trusts, as data: issuers and device authorities, and the policies that say which of
 * their identities get which routes. Shapes only; what spans several values is judged when it is compiled.
 */

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "lower-case letters, digits and dashes");
/** Claim path: `groups`, or `realm_access.roles` for a nested one. */
const claimName = z.string().regex(/^[A-Za-z0-9_:/.-]{1,128}$/, "the name of a claim");
/** RE2 syntax; always matched against the whole value. */
const pattern = z.string().min(1).max(512);

/** Signature algorithms; `none` and HMAC are not among them and cannot be configured. */
export const tokenAlgorithms = ["RS256", "PS256", "ES256", "ES384", "EdDSA"] as const;

const trustedIssuer = z.strictObject({
  name,
  /** Exactly as the token's `iss` says it. */
  issuer: issuerUrl,
  /** Where the keys are. Default: what the issuer's discovery document says. */
  jwksUrl: issuerUrl.optional(),
  audiences: z.array(z.string().min(1)).min(1),
  algorithms: z.array(z.enum(tokenAlgorithms)).min(1),
  /**
   * Clients a token may have been issued to (`azp`, or Entra's `appid`). Required with several audiences, and for tokens
   * that name another one than their audience, as access tokens do.
   */
  authorizedParties: z.array(z.string().min(1)).min(1).optional(),
  /** Longest time since `iat`. Bounds how long a stolen token could be presented for the first time. */
  maxTokenAgeSeconds: z.int().min(30).max(86_400).default(3600),
  clockSkewSeconds: z.int().min(0).max(120).default(30),
  /** `single-use`: each token once. `dpop`: bound to a key, each proof once. */
  replay: z.enum(["single-use", "dpop"]).default("single-use"),
  /** Claim that names the person in audit events and revocations. */
  userClaim: claimName.default("sub"),
  /** Claim that lists groups, for revocation by group. */
  groupsClaim: claimName.default("groups"),
  /** Claim that names the device, where the issuer knows it. */
  deviceClaim: claimName.optional(),
});

const deviceAuthority = z.strictObject({
  name,
  /** PEM, one certificate or a chain up to a root. Never a private key. */
  certificates: z.string().includes("-----BEGIN CERTIFICATE-----"),
  /** Object identifiers a leaf has to carry all of. Default: client authentication. */
  extendedKeyUsage: z
    .array(z.string().regex(/^\d+(\.\d+)+$/))
    .min(1)
    .default(["1.3.6.1.5.5.7.3.2"]),
  /** PEM of the authority's certificate revocation list, and when none was read: refuse, or do without. */
  revocation: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("crl"),
      /** File that is read again when it changes; an expired list refuses every certificate. */
      file: z.string().min(1),
    }),
    /** Certificates live shorter than this, so that a list is not needed. */
    z.strictObject({ kind: z.literal("short-lived"), maxLifeHours: z.int().min(1).max(168) }),
  ]),
  /** Where in a leaf the device is named. */
  deviceFrom: z.enum(["subject-common-name", "san-dns", "san-uri"]).default("subject-common-name"),
  /** Where in a leaf the person is named; absent when a device has no person. */
  userFrom: z.enum(["san-email", "san-upn"]).optional(),
});

const policy = z.strictObject({
  name,
  /** `audit-only` refuses nothing and grants nothing: it records what it would have done. */
  mode: z.enum(["enforce", "audit-only"]).default("enforce"),
  /** An issuer's or a device authority's name. */
  from: name,
  /**
   * Claim -> pattern each; all have to match, a list matches when one of its values does. For devices the
   * claims are `device`, `user`, `organization` and `organizationalUnit`.
   */
  claims: z.record(claimName, pattern).refine((claims) => Object.keys(claims).length > 0, {
    message: "at least one claim has to say who is meant",
  }),
  /** The service's own; written out so that a policy copied elsewhere fails. */
  geography: name,
  routes: z.array(z.string().min(1)).min(1),
  /** Narrower than the route's own, where its credential can carry that. Default: the route's. */
  models: z.array(z.string().min(1)).min(1).optional(),
  /** Life of the credential. */
  sessionSeconds: z.int().min(900).max(43_200),
});

export const trustPolicy = z.strictObject({
  trustPolicyVersion: z.literal(1),
  issuers: z.array(trustedIssuer).default([]),
  deviceAuthorities: z.array(deviceAuthority).default([]),
  policies: z.array(policy).min(1),
  /** Who may revoke: claims of an issuer's token, as in a policy. Absent: only whoever reaches the store. */
  administrators: z
    .array(z.strictObject({ from: name, claims: z.record(claimName, pattern) }))
    .default([]),
});

export type TrustPolicy = z.infer<typeof trustPolicy>;
export type TrustedIssuer = TrustPolicy["issuers"][number];
export type DeviceAuthority = TrustPolicy["deviceAuthorities"][number];
export type PolicyEntry = TrustPolicy["policies"][number];
