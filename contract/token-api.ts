import { z } from "zod";

/**
 * What the credential helper and the token service say to each other: `POST /v1/token`. The identity is in
 * `Authorization: Bearer`, or `DPoP` (RFC 9449), or in the TLS client certificate; never in the body.
 */

export const tokenPath = "/v1/token";

export const tokenRequest = z.strictObject({
  /** The geography the laptop was configured for; another one than the service's own is refused. */
  geography: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  route: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/),
  /** Why it asks: the helper's context. For the audit event; nothing is decided by it. */
  context: z
    .enum(["interactive", "mid-session-refresh", "background", "scheduled-task", "setup-test"])
    .optional(),
});

/** What the answer's token is. */
export const credentialKinds = [
  "bedrock-api-key",
  "google-access-token",
  "entra-access-token",
  "gateway-jwt",
] as const;

export const tokenResponse = z.strictObject({
  token: z.string().min(1),
  kind: z.enum(credentialKinds),
  /** Headers every inference request has to carry besides. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Seconds since 1970-01-01. */
  expiresAtEpochSeconds: z.int().positive(),
  geography: z.string(),
  route: z.string(),
  /** Of the decision's audit event. */
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
});

/** One a cause; stable, so that a help desk can look them up. `docs/token-service.md` explains each. */
export const refusalCodes = [
  "malformed_request",
  "unsupported_media_type",
  "request_too_large",
  "not_found",
  "method_not_allowed",
  "smuggled_identity",
  "identity_missing",
  "identity_ambiguous",
  "token_malformed",
  "token_algorithm",
  "token_key_unknown",
  "token_signature",
  "token_issuer",
  "token_audience",
  "token_authorized_party",
  "token_expired",
  "token_not_yet_valid",
  "token_too_old",
  "token_claim_missing",
  "token_replayed",
  "proof_missing",
  "proof_invalid",
  "proof_replayed",
  "certificate_untrusted",
  "certificate_expired",
  "certificate_usage",
  "certificate_revoked",
  "certificate_identity",
  "geography_mismatch",
  "route_unknown",
  "policy_none",
  "revoked",
  "rate_limited",
  "issuer_unavailable",
  "store_unavailable",
  "upstream_refused",
  "upstream_unavailable",
  "shutting_down",
  "internal",
] as const;

export const tokenRefusal = z.strictObject({
  /** OAuth 2.0 error (RFC 6749, 5.2), for generic clients. */
  error: z.enum([
    "invalid_request",
    "invalid_token",
    "access_denied",
    "invalid_dpop_proof",
    "temporarily_unavailable",
    "server_error",
  ]),
  code: z.enum(refusalCodes),
  /** One sentence for an administrator; no token and no claim value. */
  message: z.string().min(1),
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  /** When asking again can help. */
  retryAfterSeconds: z.int().min(1).optional(),
});

export type TokenRequest = z.infer<typeof tokenRequest>;
export type TokenResponse = z.infer<typeof tokenResponse>;
export type TokenRefusal = z.infer<typeof tokenRefusal>;
export type RefusalCode = (typeof refusalCodes)[number];
export type CredentialKind = (typeof credentialKinds)[number];
