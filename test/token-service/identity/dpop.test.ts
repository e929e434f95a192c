import { createHash } from "node:crypto";
import fc from "fast-check";
import { calculateJwkThumbprint, type JWTPayload } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { type ProofRequest, verifyProof } from "../../../token-service/identity/dpop.ts";
import { compact, newSigner, now, type Signer } from "./token-rig.ts";

const token = "head.body.signature";
let signer: Signer;
let stranger: Signer;
let boundTo: string;

beforeAll(async () => {
  signer = await newSigner();
  stranger = await newSigner();
  boundTo = await calculateJwkThumbprint(signer.jwk);
});

const sound = (): JWTPayload => ({
  htm: "POST",
  htu: "https://tokens.example.com/v1/token",
  iat: now,
  jti: "p1",
  ath: createHash("sha256").update(token).digest("base64url"),
});

const publicJwk = ({ jwk }: Signer) => ({ kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y });

const proofOf = (claims: JWTPayload = {}, header: Record<string, unknown> = {}, by = signer) =>
  by.sign({ ...sound(), ...claims }, { typ: "dpop+jwt", jwk: publicJwk(by), ...header });

async function judge(proofs: readonly string[], changes: Partial<ProofRequest> = {}) {
  const result = await verifyProof({
    proofs,
    token,
    boundTo,
    method: "POST",
    url: "/v1/token",
    publicUrl: "https://tokens.example.com",
    clockSkewSeconds: 30,
    nowEpochSeconds: now,
    ...changes,
  });
  return "refused" in result ? `${result.refused}: ${result.reason}` : result;
}

describe("a proof of possession", () => {
  it("shows the key the token is bound to, and counts once", async () => {
    expect(await judge([await proofOf()])).toEqual({
      thumbprint: boundTo,
      once: {
        key: `proof:${createHash("sha256").update(`${boundTo}|p1`).digest("hex")}`,
        untilEpochSeconds: now + 91,
      },
    });
  });

  it.each([
    "https://tokens.example.com:443/v1/token",
    "HTTPS://TOKENS.example.com/v1/token",
    "https://tokens.example.com/v1/./token",
    "https://tokens.example.com/v1/token?x=1#y",
  ])("may write the address as %s", async (htu) => {
    expect(await judge([await proofOf({ htu })])).toMatchObject({ thumbprint: boundTo });
  });

  it.each<[string, JWTPayload, string]>([
    ["for another method", { htm: "GET" }, "is for another method"],
    ["for the method in small letters", { htm: "post" }, "is for another method"],
    ["for another host", { htu: "https://evil.example/v1/token" }, "is for another address"],
    ["for plain http", { htu: "http://tokens.example.com/v1/token" }, "is for another address"],
    [
      "for another port",
      { htu: "https://tokens.example.com:8443/v1/token" },
      "is for another address",
    ],
    ["for another path", { htu: "https://tokens.example.com/v1/revoke" }, "is for another address"],
    [
      "for a path with a slash more",
      { htu: "https://tokens.example.com/v1/token/" },
      "is for another address",
    ],
    [
      "for an address with a user",
      { htu: "https://a@tokens.example.com/v1/token" },
      "is for another address",
    ],
    ["for no address", { htu: undefined as never }, "is for another address"],
    ["made 91 s ago", { iat: now - 91 }, "was not made within the last 60 s; compare the clocks"],
    ["made 31 s ahead", { iat: now + 31 }, "was not made within the last 60 s; compare the clocks"],
    [
      "made at no time",
      { iat: "now" as never },
      "was not made within the last 60 s; compare the clocks",
    ],
    ["without jti", { jti: undefined as never }, "has no jti"],
    ["with an empty jti", { jti: "" }, "has no jti"],
    [
      "for another token",
      { ath: createHash("sha256").update("other").digest("base64url") },
      "is for another token",
    ],
    ["for no token", { ath: undefined }, "is for another token"],
  ])("%s is refused", async (_, claims, reason) => {
    expect(await judge([await proofOf(claims)])).toBe(`proof_invalid: the DPoP proof ${reason}`);
  });

  it.each<[string, () => Record<string, unknown>, string]>([
    ["of another type", () => ({ typ: "JWT" }), "has another typ than dpop+jwt"],
    ["of no type", () => ({ typ: undefined }), "has another typ than dpop+jwt"],
    ["without a key", () => ({ jwk: undefined }), "holds no public key, or more than a public key"],
    [
      "with a private key",
      () => ({ jwk: { ...publicJwk(signer), d: "AAAA" } }),
      "holds no public key, or more than a public key",
    ],
    [
      "with a symmetric key",
      () => ({ jwk: { kty: "oct", k: "AAAA" } }),
      "holds no public key, or more than a public key",
    ],
    [
      "with a list of keys",
      () => ({ jwk: [publicJwk(signer)] }),
      "holds no public key, or more than a public key",
    ],
    ["with another's key", () => ({ jwk: publicJwk(stranger) }), "is not signed by its key"],
    ["with half a key", () => ({ jwk: { kty: "EC", crv: "P-256" } }), "is not signed by its key"],
  ])("%s is refused", async (_, header, reason) => {
    expect(await judge([await proofOf({}, header())])).toBe(
      `proof_invalid: the DPoP proof ${reason}`,
    );
  });

  it("by another key than the token is bound to is refused", async () => {
    expect(await judge([await proofOf({}, {}, stranger)])).toBe(
      "proof_invalid: the DPoP proof is by another key than the token is bound to",
    );
  });

  it("signed by nobody or with a shared secret is refused", async () => {
    for (const alg of ["none", "HS256"]) {
      expect(
        await judge([compact({ typ: "dpop+jwt", alg, jwk: publicJwk(signer) }, sound(), "AAAA")]),
      ).toBe(
        "proof_invalid: the DPoP proof is signed with another algorithm than ES256, ES384, PS256, RS256, EdDSA",
      );
    }
  });

  it("that is missing, there twice or too long is refused", async () => {
    const proof = await proofOf();
    expect(await judge([])).toBe("proof_missing: the request has no DPoP proof");
    expect(await judge([proof, proof])).toBe(
      "proof_invalid: the DPoP proof is there more than once",
    );
    expect(await judge([`${proof}, ${proof}`])).toBe(
      "proof_invalid: the DPoP proof is no well-formed JWT",
    );
    expect(await judge(["x".repeat(8193)])).toBe(
      "proof_invalid: the DPoP proof is longer than 8192 bytes",
    );
  });

  it("is judged by the service's own address, not by the host a request names", async () => {
    const htu = "https://evil.example/v1/token";
    expect(await judge([await proofOf({ htu })], { url: htu })).toBe(
      "proof_invalid: the DPoP proof is for another address",
    );
  });

  it("of any shape is refused, and never throws", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.jsonValue(),
        async (claims, jwk) => {
          const proof = compact(
            { typ: "dpop+jwt", alg: "ES256", jwk },
            { ...sound(), ...claims },
            "AAAA",
          );
          expect(await judge([proof])).toMatch(/^proof_invalid: /);
        },
      ),
      { numRuns: 200 },
    );
  });
});
