import { createHash } from "node:crypto";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createIdentityVerifier } from "../../../token-service/identity/verify-identity.ts";
import type { Evidence } from "../../../token-service/identity.ts";
import { type IdentityProvider, startIdentityProvider } from "../../services/identity-provider.ts";
import { bringing, publicUrl, verifierRig } from "./identity-rig.ts";
import { compact } from "./token-rig.ts";

let idp: IdentityProvider;
let alice: { id_token: string; access_token: string };
const { clock, seconds, verifierOf, refusalOf, bearer } = verifierRig(() => idp);

beforeAll(async () => {
  idp = await startIdentityProvider({ resources: [publicUrl] });
  alice = await idp.tokensFor("alice", { resource: publicUrl });
});
afterAll(() => idp.close());

describe("a real provider's token", () => {
  it("is an identity", async () => {
    const token = alice.id_token;
    const claims = decodeJwt(token);
    const evidence = bringing({ authorization: [`Bearer ${token}`] });
    expect(await verifierOf().verify(evidence)).toEqual({
      from: "login",
      kind: "token",
      user: "alice",
      device: undefined,
      groups: ["cowork-eu"],
      claims: { groups: ["cowork-eu"] },
      tokenHash: createHash("sha256").update(token).digest("hex"),
      keyThumbprint: undefined,
      token,
      expiresAtEpochSeconds: claims.exp,
      once: {
        key: `token:${createHash("sha256").update(`${idp.issuer}|${claims.jti}`).digest("hex")}`,
        untilEpochSeconds: claims.exp! + 120,
      },
    });
    expect(await refusalOf({ authorization: [`bearer  ${token}`] })).toBe("accepted");
  });

  it("may be an access token for the service", async () => {
    expect(await bearer(alice.access_token, { audiences: [publicUrl] })).toBe("accepted");
    expect(
      await bearer(alice.access_token, {
        audiences: [publicUrl],
        authorizedParties: ["another-app"],
      }),
    ).toBe(
      "token_authorized_party: the token was issued to an application that login does not list",
    );
  });

  it("is refused when it was made for somebody else or at another time", async () => {
    const other = await idp.tokensFor("alice", { clientId: "another-app" });
    expect(await bearer(other.id_token)).toBe(
      "token_audience: the token is for another audience than those of login",
    );
    expect(await bearer(other.id_token, { audiences: ["another-app"] })).toBe(
      "token_authorized_party: the token was issued to an application that login does not list",
    );
    expect(await bearer(alice.id_token, { issuer: `${idp.issuer}/` })).toBe(
      "token_issuer: the trust policy names no such issuer",
    );
    for (const [shift, refusal] of [
      [3631, "token_expired: the token has expired"],
      [-3000, "token_not_yet_valid: the token was issued in the future; compare the clocks"],
    ] as const) {
      clock.shiftSeconds = shift;
      expect(await bearer(alice.id_token)).toBe(refusal);
    }
    clock.shiftSeconds = 60;
    expect(await bearer(alice.id_token, { maxTokenAgeSeconds: 30, clockSkewSeconds: 0 })).toBe(
      "token_too_old: the token was issued longer ago than 30 s; refresh it",
    );
    clock.shiftSeconds = 0;
  });

  it("is refused when the same key signed what a sound provider would not", async () => {
    const iat = seconds();
    const sound = { iss: idp.issuer, aud: idp.clientId, sub: "alice", iat, exp: iat + 60 };
    expect(await bearer(await idp.signWithCurrentKey(sound))).toBe("accepted");
    expect(await bearer(await idp.signWithCurrentKey({ ...sound, azp: "intruder" }))).toBe(
      "token_authorized_party: the token was issued to an application that login does not list",
    );
    expect(await bearer(await idp.signWithCurrentKey(sound, { kid: "gone" }))).toBe(
      "token_key_unknown: login publishes no key of the token's kid",
    );
    expect(await bearer(compact({ alg: "none" }, sound))).toBe(
      "token_algorithm: login signs with RS256 and nothing else",
    );
  });

  it("outlives a rotation of keys, and is refused once its key is withdrawn", async () => {
    const own = await startIdentityProvider();
    const verifier = verifierOf({ issuer: own.issuer });
    const judge = async (token: string) => {
      const result = await verifier.verify(bringing({ authorization: [`Bearer ${token}`] }));
      return "refused" in result ? result.refused : "accepted";
    };
    const before = (await own.tokensFor("alice")).id_token;
    expect(await judge(before)).toBe("accepted");
    await own.rotateKeys();
    const after = (await own.tokensFor("alice")).id_token;
    clock.shiftSeconds = 31;
    expect(await judge(after)).toBe("accepted");
    expect(await judge(before)).toBe("accepted");
    await own.rotateKeys({ dropOld: true });
    clock.shiftSeconds = 31 + 301;
    expect(await judge(after)).toBe("token_key_unknown");
    await own.close();
    clock.shiftSeconds = 31 + 301 + 3601;
    expect(await judge(after)).toBe("issuer_unavailable");
    clock.shiftSeconds = 0;
  });
});

describe("a request", () => {
  it.each<[string, Partial<Evidence>, string]>([
    ["nothing", {}, "identity_missing: the request has neither a token nor a client certificate"],
    [
      "two tokens",
      { authorization: ["Bearer a", "Bearer b"] },
      "smuggled_identity: the request has more than one Authorization header",
    ],
    [
      "two tokens in one header",
      { authorization: ["Bearer a, Bearer b"] },
      "token_malformed: the Authorization header is no scheme and one token",
    ],
    [
      "a scheme only",
      { authorization: ["Bearer"] },
      "token_malformed: the Authorization header is no scheme and one token",
    ],
    [
      "a password",
      { authorization: ["Basic YTpi"] },
      "identity_missing: the Authorization scheme is neither Bearer nor DPoP",
    ],
    [
      "a token and a certificate",
      { authorization: ["Bearer a"], certificates: [new Uint8Array()] },
      "identity_ambiguous: the request brings a certificate and a token; bring one",
    ],
    [
      "a proof and a certificate",
      { proofs: ["a"], certificates: [new Uint8Array()] },
      "identity_ambiguous: the request brings a certificate and a token; bring one",
    ],
    [
      "a proof only",
      { proofs: ["a"] },
      "identity_missing: the request has neither a token nor a client certificate",
    ],
    [
      "a token that is none",
      { authorization: ["Bearer abc"] },
      "token_malformed: the token is no compact JWS of three parts",
    ],
    [
      "a certificate nobody vouches for",
      { certificates: [new Uint8Array()] },
      "certificate_untrusted: a presented certificate cannot be read as an X.509 version 3 certificate",
    ],
  ])("with %s is refused", async (_, evidence, refusal) => {
    expect(await refusalOf(evidence)).toBe(refusal);
  });
});

describe("what nobody expected", () => {
  it("is a refusal, and the operator is told without what was given", async () => {
    const problems: string[] = [];
    const verifier = createIdentityVerifier({
      rules: () => {
        throw new TypeError("secret");
      },
      publicUrl,
      nowEpochSeconds: seconds,
      fetch,
      readFile: () => Promise.reject(new Error("no file is read")),
      onProblem: (problem) => problems.push(problem),
    });
    expect(await verifier.verify(bringing({ authorization: ["Bearer a.b.c"] }))).toEqual({
      refused: "internal",
      reason: "the identity could not be checked",
    });
    expect(problems).toEqual(["an identity could not be checked: TypeError"]);
  });
});
