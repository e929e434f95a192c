import * as oidc from "openid-client";

import { HelperFailure } from "../failure.ts";
import { Unanswered } from "./bounded-fetch.ts";

/** OAuth's own error codes and OpenID Connect's: everything else an issuer writes may be anything. */
const knownErrors = [
  "access_denied",
  "account_selection_required",
  "authorization_pending",
  "consent_required",
  "expired_token",
  "interaction_required",
  "invalid_client",
  "invalid_dpop_proof",
  "invalid_grant",
  "invalid_request",
  "invalid_scope",
  "invalid_target",
  "login_required",
  "server_error",
  "slow_down",
  "temporarily_unavailable",
  "unauthorized_client",
  "unsupported_grant_type",
  "unsupported_response_type",
] as const;

export type OauthErrorCode = (typeof knownErrors)[number] | "unlisted";

const hints: Partial<Record<OauthErrorCode, string>> = {
  access_denied: "the person or the issuer's policy said no",
  expired_token: "the code was not entered in time",
  invalid_client:
    "register the helper as a public client (native, no secret, public client flows on)",
  unauthorized_client: "allow this grant for the client at the issuer",
  invalid_scope: "check signIn.scopes against what the client may ask for",
  invalid_target: "check signIn.resource against what the issuer knows",
  invalid_request: "check the client id and the redirect address registered at the issuer",
  consent_required: "an administrator has to consent to the scopes",
};

/** The error code an issuer answered with, if that is what went wrong; `unlisted` for one of its own. */
export function oauthErrorOf(error: unknown): OauthErrorCode | undefined {
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError) {
    return knownErrors.find((known) => known === error.error) ?? "unlisted";
  }
  return undefined;
}

/** What was tried, for the message. */
export interface Attempt {
  readonly host: string;
  /** For example `redeeming the code`. */
  readonly doing: string;
}

/**
 * What openid-client threw, as the failure the helper ends with. Nothing an issuer wrote gets into the
 * message but codes that are known here and Entra's AADSTS numbers.
 */
export function signInFailure(error: unknown, { host, doing }: Attempt): HelperFailure {
  if (error instanceof HelperFailure) return error;
  const unanswered = causes(error).find((cause) => cause instanceof Unanswered);
  if (unanswered instanceof Unanswered) {
    return new HelperFailure("unavailable", `${doing}: ${unanswered.host} ${unanswered.reason}`);
  }
  const code = oauthErrorOf(error);
  if (code !== undefined) {
    const number = aadstsNumber(error);
    const said = `${doing}: ${host} answered ${code === "unlisted" ? "with an error it does not share with others" : code}${number}`;
    const isTrouble = code === "temporarily_unavailable" || code === "server_error";
    const hint = hints[code];
    return new HelperFailure(
      isTrouble ? "unavailable" : "signInFailed",
      hint === undefined ? said : `${said}: ${hint}`,
    );
  }
  if (error instanceof oidc.WWWAuthenticateChallengeError) {
    return new HelperFailure(
      "signInFailed",
      `${doing}: ${host} wants the client to authenticate: ${hints.invalid_client}`,
    );
  }
  const status = causes(error).find((cause) => cause instanceof Response);
  if (status instanceof Response) {
    const isTrouble = status.status >= 500 || status.status === 429 || status.status === 408;
    return new HelperFailure(
      isTrouble ? "unavailable" : "signInFailed",
      `${doing}: ${host} answered HTTP ${status.status}${isTrouble ? "" : ", not as OpenID Connect asks"}`,
    );
  }
  return new HelperFailure("signInFailed", `${doing}: ${host} ${tokenProblem(error)}`);
}

function aadstsNumber(error: unknown): string {
  const text =
    error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError
      ? error.error_description
      : undefined;
  const number = /\bAADSTS\d{4,7}\b/.exec(typeof text === "string" ? text : "")?.[0];
  return number === undefined ? "" : ` (${number})`;
}

/** Names of claims come from the library, so they are compared with these and never copied. */
const claimProblems: Readonly<Record<string, string>> = {
  iss: "sent an ID token of another issuer",
  aud: "sent an ID token for another client",
  azp: "sent an ID token for another client",
  nonce: "sent an ID token of another sign-in (nonce)",
  exp: "sent an ID token that has expired: check this computer's clock",
  nbf: "sent an ID token that is not valid yet: check this computer's clock",
};

/** Words of the library's own sentences, which hold no value. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [
    /response parameter "iss"|"iss" \(issuer\) response/,
    "answered in the name of another issuer (iss)",
  ],
  [/"alg"|JWS algorithm/, "signed the ID token with an algorithm that is not accepted"],
  [/signature verification failed/, "sent an ID token whose signature is not its own"],
  [
    /error when selecting a JWT verification key/,
    "signed the ID token with a key it does not publish",
  ],
  [/JWE/, "sent an encrypted ID token, which the helper has no key for"],
  [/JWT|"id_token"/, "sent an ID token that is not well formed, or none"],
  [/content-type|"response" body|as JSON/, "answered with something that is not OpenID Connect"],
];

function tokenProblem(error: unknown): string {
  for (const cause of causes(error)) {
    const claim =
      typeof cause === "object" && cause !== null && "claim" in cause ? String(cause.claim) : "";
    const known = Object.hasOwn(claimProblems, claim) ? claimProblems[claim] : undefined;
    if (known !== undefined) return known;
  }
  const said = causes(error)
    .flatMap((cause) => (cause instanceof Error ? [cause.message] : []))
    .reverse();
  for (const message of said) {
    const found = sentences.find(([pattern]) => pattern.test(message));
    if (found) return found[1];
  }
  return "answered in a way that cannot be used";
}

/** An error and what it was caused by, outermost first. */
function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let at: unknown = error; at !== undefined && at !== null && found.length < 6; ) {
    found.push(at);
    at = at instanceof Error ? at.cause : undefined;
  }
  return found;
}
