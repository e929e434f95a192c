import {
  type RefusalCode,
  type TokenRefusal,
  type TokenResponse,
  tokenRefusal,
  tokenResponse,
} from "../../contract/token-api.ts";
import { type FailureCause, HelperFailure } from "../failure.ts";

/** What one request came to: a credential, or a failure and whether asking again can help. */
export type ServiceAnswer =
  | { readonly response: TokenResponse }
  | {
      readonly failure: HelperFailure;
      readonly code: RefusalCode | undefined;
      /** Absent when the service named no time. */
      readonly retryAfterSeconds: number | undefined;
    };

/** What came back: any status, the body within bounds. */
export interface RawAnswer {
  readonly host: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Codes after which the same helper may get a credential a moment later. */
const transient: ReadonlySet<RefusalCode> = new Set([
  "rate_limited",
  "issuer_unavailable",
  "store_unavailable",
  "upstream_unavailable",
  "shutting_down",
  // The service broke: nobody decided anything about who asks.
  "internal",
]);

/** Codes that say something about the device certificate. */
const ofCertificate: ReadonlySet<RefusalCode> = new Set([
  "certificate_untrusted",
  "certificate_expired",
  "certificate_usage",
  "certificate_revoked",
  "certificate_identity",
]);

const hints: Partial<Record<RefusalCode, string>> = {
  token_audience: "the service expects another client id in its trust policy",
  token_replayed:
    "each token is taken once, and the issuer did not give a new one: let it issue an ID token on refresh",
  token_expired: "compare this computer's clock with the issuer's",
  token_not_yet_valid: "compare this computer's clock with the issuer's",
  geography_mismatch: "this laptop has the profile of another geography than the service serves",
  identity_missing: "check exchange.present and signIn against the service's trust policy",
  policy_none:
    "no policy takes who is signed in; to sign in as somebody else, run the helper with sign-out first",
  revoked: "an administrator revoked this person, device or session at the token service",
  proof_missing: "set exchange.dpop: the service wants proof of possession",
};

/** Reads a service's answer strictly: what the contract does not describe is no credential. */
export function readServiceAnswer(answer: RawAnswer): ServiceAnswer {
  const { host, status } = answer;
  const isJson = /^application\/json\s*(;|$)/i.test(answer.headers.get("content-type") ?? "");
  const body = isJson ? parseJson(answer.text) : undefined;
  if (status === 200) {
    const parsed = tokenResponse.safeParse(body);
    if (parsed.success) return { response: parsed.data };
    const why = isJson
      ? `without a sound ${fieldsOf(parsed.error.issues)}`
      : "with something that is not JSON";
    return final("wrongCredential", `the token service ${host} answered ${why}`);
  }
  const refusal = tokenRefusal.safeParse(body);
  if (refusal.success) return refused(host, refusal.data);
  const isTrouble = status === 408 || status === 429 || status >= 500;
  if (!isTrouble) {
    return final(
      "refused",
      `${host} answered HTTP ${status} and gave no reason: check that exchange.url is the token service`,
    );
  }
  return {
    failure: new HelperFailure("unavailable", `the token service ${host} answered HTTP ${status}`),
    code: undefined,
    retryAfterSeconds: retryAfter(answer.headers.get("retry-after")),
  };
}

/**
 * The service's own sentence is left out: its code says as much, and whoever answers in the service's place
 * could write anything there.
 */
function refused(host: string, refusal: TokenRefusal): ServiceAnswer {
  const { code, traceId, retryAfterSeconds } = refusal;
  const hint = hints[code];
  const said = `the token service ${host} refused: ${code} (trace ${traceId})`;
  return {
    failure: new HelperFailure(causeOf(code), hint === undefined ? said : `${said}: ${hint}`),
    code,
    retryAfterSeconds,
  };
}

function causeOf(code: RefusalCode): FailureCause {
  if (transient.has(code)) return "unavailable";
  if (ofCertificate.has(code)) return "deviceCertificate";
  return "refused";
}

function final(cause: FailureCause, message: string): ServiceAnswer {
  return {
    failure: new HelperFailure(cause, message),
    code: undefined,
    retryAfterSeconds: undefined,
  };
}

/** Names of fields come from the schema; a key the answer made up is not repeated. */
function fieldsOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): string {
  const known = Object.keys(tokenResponse.shape);
  const named = new Set(issues.map(({ path }) => String(path[0] ?? "")));
  const fields = known.filter((field) => named.has(field));
  return fields.length === 0 ? "body" : fields.join(", ");
}

/** Seconds only: a date would trust their clock. */
function retryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,5}$/.test(header) ? Math.max(1, Number(header)) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
