import { createHmac, createPublicKey } from "node:crypto";
import { CompactEncrypt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import type { TrustedIssuer } from "../../../contract/trust-policy.ts";
import {
  compact,
  newSigner,
  outcome,
  rulesFor,
  type Signer,
  soundClaims,
  trusted,
} from "./token-rig.ts";

let signer: Signer;
let stranger: Signer;
let rsa: Signer;

beforeAll(async () => {
  signer = await newSigner();
  stranger = await newSigner();
  rsa = await newSigner("RS256", "r1");
});

describe("a token is refused", () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      "of a logout",
      { typ: "logout+jwt" },
      "token_malformed: the header's typ says that this is another kind of token",
    ],
    [
      "of a DPoP proof",
      { typ: "dpop+jwt" },
      "token_malformed: the header's typ says that this is another kind of token",
    ],
    ["that nests", { cty: "JWT" }, "token_malformed: nested tokens are not accepted"],
    [
      "of an unknown key",
      { kid: "k9" },
      "token_key_unknown: login publishes no key of the token's kid",
    ],
    ["of an empty key id", { kid: "" }, "token_malformed: the header's kid is no text"],
  ])("with a header %s", async (_, header, refused) => {
    const token = await signer.sign(soundClaims, header);
    expect(await outcome(token, rulesFor([trusted()], [signer.jwk]))).toBe(refused);
  });

  it.each<[string, unknown, string]>([
    ["alg none", { alg: "none" }, "token_algorithm: login signs with ES256 and nothing else"],
    ["alg None", { alg: "None" }, "token_algorithm: login signs with ES256 and nothing else"],
    [
      "an algorithm not listed for the issuer",
      { alg: "RS256", kid: "k1" },
      "token_algorithm: login signs with ES256 and nothing else",
    ],
    ["no algorithm", {}, "token_malformed: the token's header names no algorithm"],
    [
      "a critical extension",
      { alg: "ES256", crit: ["exp"], exp: 1 },
      "token_malformed: the header's crit is not accepted",
    ],
    [
      "an unencoded payload",
      { alg: "ES256", b64: false },
      "token_malformed: the header's b64 is not accepted",
    ],
    [
      "compression",
      { alg: "ES256", zip: "DEF" },
      "token_malformed: the header's zip is not accepted",
    ],
    [
      "a list for a header",
      [],
      "token_malformed: the token's header is no JSON object, or names a member twice",
    ],
    [
      "a header that is no JSON",
      "{",
      "token_malformed: the token's header is no JSON object, or names a member twice",
    ],
  ])("with %s", async (_, header, refused) => {
    expect(await outcome(compact(header, soundClaims), rulesFor([trusted()], [signer.jwk]))).toBe(
      refused,
    );
  });

  it("that names a member twice, of which readers take the first or the last", async () => {
    const header = '{"alg":"none","alg":"ES256","kid":"k1"}';
    expect(await outcome(compact(header, soundClaims), rulesFor([trusted()], [signer.jwk]))).toBe(
      "token_malformed: the token's header is no JSON object, or names a member twice",
    );
    const payload = JSON.stringify(soundClaims).replace('"sub":', '"sub":"mallory","sub":');
    expect(
      await outcome(
        compact({ alg: "ES256", kid: "k1" }, payload),
        rulesFor([trusted()], [signer.jwk]),
      ),
    ).toBe("token_malformed: the token's content is no JSON object, or names a member twice");
  });

  it("that is signed with the published public key as an HMAC secret, whatever the policy lists", async () => {
    const publicKey = createPublicKey({ key: rsa.jwk as never, format: "jwk" });
    for (const secret of [
      publicKey.export({ type: "spki", format: "pem" }),
      publicKey.export({ type: "spki", format: "der" }),
      JSON.stringify(rsa.jwk),
    ]) {
      const input = compact({ alg: "HS256", kid: "r1" }, soundClaims).slice(0, -1);
      const token = `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
      const rules = (algorithms: never[]) => rulesFor([trusted({ algorithms })], [rsa.jwk]);
      expect(await outcome(token, rules(["RS256"] as never[]))).toBe(
        "token_algorithm: login signs with RS256 and nothing else",
      );
      expect(await outcome(token, rules(["HS256"] as never[]))).toBe(
        "token_key_unknown: login has no key of that id for HS256",
      );
    }
  });

  it("for its algorithm without spoiling the key for those who sign with the right one", async () => {
    // Entra's keys, for one, state no algorithm.
    const { alg: _, ...jwk } = rsa.jwk;
    const rules = rulesFor([trusted({ algorithms: ["PS256", "RS256"] })], [jwk]);
    const forged = compact({ alg: "PS256", kid: "r1" }, soundClaims, "AAAA");
    expect(await outcome(forged, rules)).toBe(
      "token_signature: the signature is not by the key of login",
    );
    expect(await outcome(await rsa.sign(soundClaims), rules)).toBe("accepted");
  });

  it("that is signed by a stranger under a known key id, even with the key in its header", async () => {
    for (const header of [{}, { jwk: stranger.jwk }, { jku: "https://evil.example/keys" }]) {
      const token = await stranger.sign(soundClaims, header);
      expect(await outcome(token, rulesFor([trusted()], [signer.jwk]))).toBe(
        "token_signature: the signature is not by the key of login",
      );
    }
  });

  it("whose content was changed after it was signed", async () => {
    const [head, , signature] = (await signer.sign(soundClaims)).split(".");
    const body = Buffer.from(JSON.stringify({ ...soundClaims, sub: "bob" })).toString("base64url");
    expect(await outcome(`${head}.${body}.${signature}`, rulesFor([trusted()], [signer.jwk]))).toBe(
      "token_signature: the signature is not by the key of login",
    );
  });

  it("of one trusted issuer under the key of another", async () => {
    const other = trusted({ name: "partner", issuer: "https://partner.example" });
    const rules = rulesFor([trusted(), other], [signer.jwk]);
    const strangers = rulesFor([trusted(), other], [stranger.jwk]);
    const keySetOf = (issuer: TrustedIssuer) =>
      (issuer.name === "login" ? rules : strangers).keySetOf(issuer);
    const token = await stranger.sign(soundClaims);
    expect(await outcome(token, { ...rules, keySetOf })).toBe(
      "token_signature: the signature is not by the key of login",
    );
  });

  it("that is encrypted, too long, or not of three parts", async () => {
    const key = new Uint8Array(32).fill(7);
    const jwe = await new CompactEncrypt(new TextEncoder().encode(await signer.sign(soundClaims)))
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .encrypt(key);
    const rules = rulesFor([trusted()], [signer.jwk]);
    expect(await outcome(jwe, rules)).toBe(
      "token_malformed: encrypted tokens are not accepted, only signed ones",
    );
    expect(await outcome("a.b", rules)).toBe(
      "token_malformed: the token is no compact JWS of three parts",
    );
    const long = await signer.sign({ ...soundClaims, filler: "x".repeat(16_384) });
    expect(await outcome(long, rules)).toBe(
      "token_malformed: the token is longer than 16384 bytes",
    );
  });

  it("in any other spelling of its base64url", async () => {
    const token = await signer.sign(soundClaims);
    const [head, body, signature = ""] = token.split(".");
    const last = signature.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const sameBits = alphabet[alphabet.indexOf(last) ^ 1] ?? "";
    for (const other of [
      `${head}.${body}.${signature}=`,
      `${head}.${body}.${signature.slice(0, -1)}${sameBits}`,
      `${head}.${body}.${signature.slice(0, 10)} ${signature.slice(10)}`,
      `${head}.${body}.${signature.replaceAll("-", "+").replaceAll("_", "/")}=`,
    ]) {
      expect(await outcome(other, rulesFor([trusted()], [signer.jwk]))).toBe(
        "token_malformed: a part of the token is not canonical base64url",
      );
    }
  });
});
