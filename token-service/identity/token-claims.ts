import type { TrustedIssuer } from "../../contract/trust-policy.ts";
import type { Refused } from "../identity.ts";
import { isRefused, refuse } from "./refused.ts";

type Claims = Readonly<Record<string, unknown>>;

/** When the token was issued and ends, in seconds since 1970-01-01. */
export interface TokenLife {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Whom the token is for, who asked for it and when it is good: everything but who it is about. */
export function checkClaims(
  payload: Claims,
  issuer: TrustedIssuer,
  nowEpochSeconds: number,
): TokenLife | Refused {
  // A back-channel logout token has our audience and a subject, and says the opposite of a sign-in.
  if (Object.hasOwn(payload, "events")) {
    return refuse("token_malformed", "security event and logout tokens are no proof of a sign-in");
  }
  return (
    audienceProblem(payload, issuer) ??
    authorizedPartyProblem(payload, issuer) ??
    lifeOf(payload, issuer, nowEpochSeconds)
  );
}

function audienceProblem(payload: Claims, issuer: TrustedIssuer): Refused | undefined {
  const audiences = audiencesOf(payload);
  if (isRefused(audiences)) return audiences;
  const trusted = (audience: string) => issuer.audiences.includes(audience);
  // OpenID Connect Core 1.0, 3.1.3.7, rule 3: no further audience unless it is trusted too. An authorized
  // party that is checked says what a further audience leaves open: which application asked.
  const fine =
    issuer.authorizedParties === undefined ? audiences.every(trusted) : audiences.some(trusted);
  if (fine && audiences.length > 0) return undefined;
  return refuse(
    "token_audience",
    audiences.some(trusted)
      ? `the token names further audiences, and ${issuer.name} has no authorizedParties`
      : `the token is for another audience than those of ${issuer.name}`,
  );
}

function audiencesOf({ aud }: Claims): readonly string[] | Refused {
  if (aud === undefined) return refuse("token_claim_missing", "the token has no aud");
  const list: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const texts = list.filter((entry) => typeof entry === "string");
  return texts.length === list.length && list.length <= 50
    ? texts
    : refuse("token_malformed", "the token's aud is neither a text nor a list of texts");
}

/**
 * `azp`, else Entra's `appid`, else RFC 9068's `client_id`; several have to agree. A token with none of them
 * and one audience was issued to that audience itself (OpenID Connect Core 1.0, 2: `azp` is only needed when
 * the party is not the audience). With several audiences and none of them nobody knows who asked. Where no parties
 * are listed, one that is named has to be the audience itself (the same, 3.1.3.7, rule 5).
 */
function authorizedPartyProblem(payload: Claims, issuer: TrustedIssuer): Refused | undefined {
  const named = ["azp", "appid", "client_id"].flatMap((name) =>
    Object.hasOwn(payload, name) ? [payload[name]] : [],
  );
  if (issuer.authorizedParties === undefined) {
    const own = named.every((party) => issuer.audiences.some((one) => one === party));
    return own
      ? undefined
      : refuse(
          "token_authorized_party",
          `the token was issued to another application than its audience; list that in authorizedParties of ${issuer.name}`,
        );
  }
  const audiences = audiencesOf(payload);
  if (isRefused(audiences)) return audiences;
  const parties: readonly unknown[] =
    named.length === 0 && audiences.length === 1 ? audiences : named;
  const wrong = (what: string) => refuse("token_authorized_party", what);
  if (parties.length === 0) {
    return wrong("the token has several audiences and does not say which application asked for it");
  }
  if (new Set(parties).size > 1) return wrong("the token names several authorized parties");
  return parties.every((party) => issuer.authorizedParties?.some((one) => one === party))
    ? undefined
    : wrong(`the token was issued to an application that ${issuer.name} does not list`);
}

function lifeOf(payload: Claims, issuer: TrustedIssuer, now: number): TokenLife | Refused {
  const skew = issuer.clockSkewSeconds;
  const expiresAt = instant(payload, "exp");
  if (isRefused(expiresAt)) return expiresAt;
  const issuedAt = instant(payload, "iat");
  if (isRefused(issuedAt)) return issuedAt;
  const notBefore = Object.hasOwn(payload, "nbf") ? instant(payload, "nbf") : { at: 0 };
  if (isRefused(notBefore)) return notBefore;
  if (now >= expiresAt.at + skew) return refuse("token_expired", "the token has expired");
  if (notBefore.at > now + skew) {
    return refuse("token_not_yet_valid", "the token is not valid yet; compare the clocks");
  }
  if (issuedAt.at > now + skew) {
    return refuse("token_not_yet_valid", "the token was issued in the future; compare the clocks");
  }
  if (now - issuedAt.at > issuer.maxTokenAgeSeconds + skew) {
    const most = `${issuer.maxTokenAgeSeconds} s`;
    return refuse("token_too_old", `the token was issued longer ago than ${most}; refresh it`);
  }
  return { issuedAt: issuedAt.at, expiresAt: expiresAt.at };
}

function instant(payload: Claims, name: string): { readonly at: number } | Refused {
  const value = Object.hasOwn(payload, name) ? payload[name] : undefined;
  if (value === undefined) return refuse("token_claim_missing", `the token has no ${name}`);
  return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER
    ? { at: value }
    : refuse("token_malformed", `the token's ${name} is no number of seconds`);
}
