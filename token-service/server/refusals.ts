import type { RefusalCode, TokenRefusal } from "../../contract/token-api.ts";

interface Kind {
  readonly status: number;
  readonly error: TokenRefusal["error"];
}

const request = (status: number): Kind => ({ status, error: "invalid_request" });
const token: Kind = { status: 401, error: "invalid_token" };
const proof: Kind = { status: 401, error: "invalid_dpop_proof" };
const denied: Kind = { status: 403, error: "access_denied" };
const later: Kind = { status: 503, error: "temporarily_unavailable" };

/** HTTP status and OAuth error of every code. */
export const refusalKinds: Readonly<Record<RefusalCode, Kind>> = {
  malformed_request: request(400),
  unsupported_media_type: request(415),
  request_too_large: request(413),
  not_found: request(404),
  method_not_allowed: request(405),
  smuggled_identity: request(400),
  identity_missing: token,
  identity_ambiguous: request(400),
  token_malformed: token,
  token_algorithm: token,
  token_key_unknown: token,
  token_signature: token,
  token_issuer: token,
  token_audience: token,
  token_authorized_party: token,
  token_expired: token,
  token_not_yet_valid: token,
  token_too_old: token,
  token_claim_missing: token,
  token_replayed: token,
  proof_missing: proof,
  proof_invalid: proof,
  proof_replayed: proof,
  certificate_untrusted: token,
  certificate_expired: token,
  certificate_usage: token,
  certificate_revoked: token,
  certificate_identity: token,
  geography_mismatch: denied,
  route_unknown: denied,
  policy_none: denied,
  revoked: denied,
  rate_limited: { status: 429, error: "temporarily_unavailable" },
  issuer_unavailable: later,
  store_unavailable: later,
  upstream_refused: { status: 502, error: "server_error" },
  upstream_unavailable: later,
  shutting_down: later,
  internal: { status: 500, error: "server_error" },
};

/** Codes after which the same call can succeed, and when to try; `rate_limited` brings its own time. */
const retryAfterSeconds: Partial<Record<RefusalCode, number>> = {
  issuer_unavailable: 5,
  store_unavailable: 5,
  upstream_unavailable: 5,
  shutting_down: 1,
};

export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence for an administrator; no token and no claim value. */
  readonly message: string;
  /** In place of the code's own. */
  readonly status?: number;
  readonly retryAfterSeconds?: number;
}

/** What goes back to a caller. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The only place refusals become answers. */
export function refusalAnswer(refusal: Refusal, traceId: string): Answer {
  const { status, error } = refusalKinds[refusal.code];
  const wait = refusal.retryAfterSeconds ?? retryAfterSeconds[refusal.code];
  const body: TokenRefusal = {
    error,
    code: refusal.code,
    message: refusal.message,
    traceId,
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
  };
  return {
    status: refusal.status ?? status,
    headers: {
      ...(wait === undefined ? {} : { "retry-after": String(wait) }),
      // RFC 6750, 3: a 401 names a way to authenticate.
      ...(status === 401 ? { "www-authenticate": challenge(error) } : {}),
    },
    body: JSON.stringify(body),
  };
}

function challenge(error: string): string {
  return `Bearer error="${error}", DPoP error="${error}"`;
}

export function jsonAnswer(status: number, body: object): Answer {
  return { status, headers: {}, body: JSON.stringify(body) };
}
