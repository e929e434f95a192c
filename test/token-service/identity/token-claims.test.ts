import type { JWTPayload } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import type { TrustedIssuer } from "../../../contract/trust-policy.ts";
import {
  newSigner,
  now,
  outcome,
  rulesFor,
  type Signer,
  soundClaims,
  trusted,
} from "./token-rig.ts";

let signer: Signer;

beforeAll(async () => {
  signer = await newSigner();
});

const judge = async (claims: JWTPayload, issuer: Partial<TrustedIssuer>) =>
  outcome(await signer.sign(claims), rulesFor([trusted(issuer)], [signer.jwk]));

/** The claims without one. */
const without = (name: string): JWTPayload =>
  Object.fromEntries(Object.entries(soundClaims).filter(([own]) => own !== name));

describe("a token is refused", () => {
  const life = (changes: JWTPayload) => ({ ...soundClaims, ...changes });
  it.each<[string, JWTPayload, string, Partial<TrustedIssuer>?]>([
    [
      "of another issuer",
      life({ iss: "https://evil.example" }),
      "token_issuer: the trust policy names no such issuer",
    ],
    [
      "of the issuer with a slash",
      life({ iss: "https://login.example.com/" }),
      "token_issuer: the trust policy names no such issuer",
    ],
    [
      "of an issuer that is a list",
      { ...soundClaims, iss: ["https://login.example.com"] as never },
      "token_issuer: the trust policy names no such issuer",
    ],
    ["without issuer", without("iss"), "token_claim_missing: the token has no iss"],
    [
      "for another audience",
      life({ aud: "another-app" }),
      "token_audience: the token is for another audience than those of login",
    ],
    [
      "for a longer audience",
      life({ aud: "cowork-desktop2" }),
      "token_audience: the token is for another audience than those of login",
    ],
    ["for no audience", without("aud"), "token_claim_missing: the token has no aud"],
    [
      "for an empty list of audiences",
      life({ aud: [] }),
      "token_audience: the token is for another audience than those of login",
    ],
    [
      "for a further audience nobody trusts",
      life({ aud: ["cowork-desktop", "x"] }),
      "token_audience: the token names further audiences, and login has no authorizedParties",
    ],
    [
      "for audiences that are no texts",
      life({ aud: ["cowork-desktop", 7] as never }),
      "token_malformed: the token's aud is neither a text nor a list of texts",
    ],
    [
      "for an audience that is an object",
      life({ aud: { "cowork-desktop": 1 } as never }),
      "token_malformed: the token's aud is neither a text nor a list of texts",
    ],
    [
      "for 51 audiences",
      life({ aud: Array.from({ length: 51 }, () => "cowork-desktop") }),
      "token_malformed: the token's aud is neither a text nor a list of texts",
    ],
    ...["azp", "appid", "client_id"].map((name): [string, JWTPayload, string] => [
      `issued to another application by ${name} where none is listed`,
      life({ [name]: "intruder" }),
      "token_authorized_party: the token was issued to another application than its audience; list that in authorizedParties of login",
    ]),
    [
      "issued to another application",
      life({ azp: "intruder" }),
      "token_authorized_party: the token was issued to an application that login does not list",
      { authorizedParties: ["app"] },
    ],
    [
      "issued to another application by appid",
      life({ appid: "intruder" }),
      "token_authorized_party: the token was issued to an application that login does not list",
      { authorizedParties: ["app"] },
    ],
    [
      "issued to two applications",
      life({ azp: "app", appid: "intruder" }),
      "token_authorized_party: the token names several authorized parties",
      { authorizedParties: ["app"] },
    ],
    [
      "issued to an application that is a list",
      life({ azp: ["app"] }),
      "token_authorized_party: the token was issued to an application that login does not list",
      { authorizedParties: ["app"] },
    ],
    [
      "without azp when its audience is no application",
      soundClaims,
      "token_authorized_party: the token was issued to an application that login does not list",
      { authorizedParties: ["app"] },
    ],
    [
      "without azp and with several audiences",
      life({ aud: ["cowork-desktop", "x"] }),
      "token_authorized_party: the token has several audiences and does not say which application asked for it",
      { authorizedParties: ["app"] },
    ],
    ["after it expired", life({ exp: now - 30 }), "token_expired: the token has expired"],
    ["without end", without("exp"), "token_claim_missing: the token has no exp"],
    [
      "with an end in words",
      life({ exp: "tomorrow" as never }),
      "token_malformed: the token's exp is no number of seconds",
    ],
    [
      "with an endless end",
      life({ exp: 1e300 }),
      "token_malformed: the token's exp is no number of seconds",
    ],
    [
      "before it is valid",
      life({ nbf: now + 31 }),
      "token_not_yet_valid: the token is not valid yet; compare the clocks",
    ],
    [
      "with an nbf of null",
      life({ nbf: null as never }),
      "token_malformed: the token's nbf is no number of seconds",
    ],
    [
      "issued in the future",
      life({ iat: now + 31, exp: now + 300 }),
      "token_not_yet_valid: the token was issued in the future; compare the clocks",
    ],
    ["without iat", without("iat"), "token_claim_missing: the token has no iat"],
    [
      "issued too long ago",
      life({ iat: now - 3631 }),
      "token_too_old: the token was issued longer ago than 3600 s; refresh it",
    ],
    ["that names nobody", without("sub"), "token_claim_missing: the token has no sub"],
    ["that names an empty user", life({ sub: "" }), "token_claim_missing: the token has no sub"],
    [
      "that names two users",
      life({ sub: ["alice", "bob"] as never }),
      "token_malformed: the claim sub has several values where one is meant",
    ],
    [
      "whose user has a line break",
      life({ sub: "alice\nbob" }),
      "token_malformed: the claim sub has a value with control characters",
    ],
    [
      "without the configured user claim",
      soundClaims,
      "token_claim_missing: the token has no oid",
      { userClaim: "oid" },
    ],
    [
      "whose groups are an object",
      life({ groups: { a: 1 } }),
      "token_malformed: the claim groups is neither a text nor a list of texts",
    ],
    [
      "whose groups hold an object",
      life({ groups: ["a", {}] }),
      "token_malformed: the claim groups is neither a text nor a list of texts",
    ],
    [
      "with 201 groups",
      life({ groups: Array.from({ length: 201 }, (_, at) => `g${at}`) }),
      "token_malformed: the claim groups has more than 200 values",
    ],
    [
      "with a group of 257 characters",
      life({ groups: ["g".repeat(257)] }),
      "token_malformed: the claim groups has a value of more than 256 characters",
    ],
    [
      "whose groups were left out",
      { ...without("groups"), _claim_names: { groups: "src1" } },
      "token_claim_missing: the issuer left the groups out because there are too many; have it send only groups assigned to the application",
    ],
    [
      "whose groups were left out (implicit flow)",
      { ...without("groups"), hasgroups: true },
      "token_claim_missing: the issuer left the groups out because there are too many; have it send only groups assigned to the application",
    ],
    [
      "that ends a session",
      life({ events: { "http://schemas.openid.net/event/backchannel-logout": {} } }),
      "token_malformed: security event and logout tokens are no proof of a sign-in",
    ],
    [
      "whose jti is a number",
      life({ jti: 7 as never }),
      "token_malformed: the token's jti is no text",
    ],
    ["whose jti is empty", life({ jti: "" }), "token_malformed: the token's jti is no text"],
    [
      "bound to a certificate",
      life({ cnf: { "x5t#S256": "x" } }),
      "proof_invalid: the token's cnf is none that DPoP can show possession of",
    ],
    [
      "bound to a key and a certificate",
      life({ cnf: { jkt: "x", "x5t#S256": "x" } }),
      "proof_invalid: the token's cnf is none that DPoP can show possession of",
    ],
  ])("%s", async (_, claims, refused, issuer = {}) => {
    expect(await judge(claims, issuer)).toBe(refused);
  });
});
