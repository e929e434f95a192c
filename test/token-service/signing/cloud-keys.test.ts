import { constants, createHash, type KeyObject, sign } from "node:crypto";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";

import type { ExchangeContext } from "../../../exchange/exchange.ts";
import { azureKeyVaultKey } from "../../../token-service/signing/azure-key-vault-key.ts";
import { googleKmsKey } from "../../../token-service/signing/google-kms-key.ts";
import type { KeySigner } from "../../../token-service/signing/key-signer.ts";
import { failureOf } from "../../exchange/failure-of.ts";
import { json, recording, type Sent } from "../../exchange/recording.ts";
import { ec, rsa, tokenOf } from "./keys-of-tests.ts";

/*
 * The doubles hold a real key and answer with a signature it made, so that verification is real. Node signs data, not
 * digests: the double is shown what is being signed, and checks that the digest it was sent is that data's. What
 * they do not prove is that Google or Azure take the request; its shape is asserted by hand.
 */
const own = async () => ({ token: "own-secret", expiresAtEpochSeconds: Number.MAX_SAFE_INTEGER });
const spki = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const prime = ec();
const big = ec("secp384r1");
const large = rsa();

const keyVersion = "projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1";
const keyId = "https://cowork.vault.azure.net/keys/gateway/0123456789abcdef0123456789abcdef";

/** Signs one token through a service that answers with what `answer` makes of the data. */
async function signed(
  open: (context: ExchangeContext) => Promise<KeySigner>,
  published: unknown,
  answer: (data: Uint8Array) => unknown,
): Promise<{ readonly alg: string; readonly sent: readonly Sent[]; readonly data: Uint8Array }> {
  let data: Uint8Array = new Uint8Array();
  const { context, sent } = recording(json(published), () => json(answer(data))());
  const key = await open(context);
  const watched: KeySigner = {
    ...key,
    sign: (text) => {
      data = text;
      return key.sign(text, context);
    },
  };
  const token = await tokenOf(watched);
  await jwtVerify(token, createLocalJWKSet({ keys: [key.publicJwk] }));
  return { alg: String(decodeProtectedHeader(token).alg), sent, data };
}

describe("a key of Google Cloud KMS", () => {
  const open = (context: ExchangeContext) => googleKmsKey(keyVersion, own, context);

  test.each([
    ["ES256", "EC_SIGN_P256_SHA256", prime, "sha256", {}],
    ["ES384", "EC_SIGN_P384_SHA384", big, "sha384", {}],
    ["RS256", "RSA_SIGN_PKCS1_2048_SHA256", large, "sha256", {}],
    ["PS256", "RSA_SIGN_PSS_2048_SHA256", large, "sha256", pss],
  ] as const)("signs %s", async (alg, algorithm, pair, digest, padding) => {
    const result = await signed(
      open,
      { pem: spki(pair.publicKey), algorithm, name: keyVersion },
      (data) => ({
        name: keyVersion,
        signature: sign(digest, data, { key: pair.privateKey, ...padding }).toString("base64"),
      }),
    );
    expect(result.alg).toBe(alg);
    const authorization = "Bearer own-secret";
    expect(result.sent).toEqual([
      {
        url: `https://cloudkms.googleapis.com/v1/${keyVersion}/publicKey`,
        method: "GET",
        headers: { authorization },
        body: "",
      },
      {
        url: `https://cloudkms.googleapis.com/v1/${keyVersion}:asymmetricSign`,
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify({
          digest: { [digest]: createHash(digest).update(result.data).digest("base64") },
        }),
      },
    ]);
  });

  const found = { pem: spki(prime.publicKey), algorithm: "EC_SIGN_P256_SHA256", name: keyVersion };
  const otherKey = "answered for another key version, or one of an algorithm that is not used";
  test.each([
    [{ ...found, algorithm: "EC_SIGN_SECP256K1_SHA256" }, otherKey],
    [{ ...found, algorithm: "RSA_SIGN_PKCS1_4096_SHA512" }, otherKey],
    [{ ...found, algorithm: "constructor" }, otherKey],
    [{ ...found, name: keyVersion.replace(/1$/, "2") }, otherKey],
    [{ ...found, pem: "secret" }, "answered with something else than a public key"],
    [
      { ...found, pem: undefined },
      "answered with something else: pem is missing or of another kind",
    ],
  ])("%#: no key", async (published, message) => {
    const failure = await failureOf(open(recording(json(published)).context));
    expect(failure.message).toBe(`cloudkms.googleapis.com ${message}`);
  });

  test("too short an RSA key is refused, whatever Google calls it", async () => {
    const short = {
      ...found,
      pem: spki(rsa(1024).publicKey),
      algorithm: "RSA_SIGN_PSS_2048_SHA256",
    };
    const failure = await failureOf(open(recording(json(short)).context));
    expect(failure.message).toBe(
      "the key at cloudkms.googleapis.com cannot be used: its 1024 bits are not between 2048 and 4096",
    );
  });

  test("a signature of another key, or none, gives no token", async () => {
    const forged = sign("sha256", Buffer.from("text"), ec().privateKey).toString("base64");
    for (const signature of [forged, "AAAA", ""]) {
      const { context } = recording(json(found), json({ name: keyVersion, signature }));
      const key = await open(context);
      const failure = await failureOf(key.sign(Buffer.from("text"), context));
      expect(failure.message).toBe(
        "cloudkms.googleapis.com answered with a signature of another key",
      );
    }
  });

  test("a service that refuses or is down is said to", async () => {
    const denied = json({ error: { status: "PERMISSION_DENIED", message: "secret" } }, 403);
    expect((await failureOf(open(recording(denied).context))).message).toBe(
      "cloudkms.googleapis.com refused (status 403, PERMISSION_DENIED)",
    );
    const { context } = recording(json(found), json({}, 503));
    const failure = await failureOf((await open(context)).sign(Buffer.from("text"), context));
    expect(failure.kind).toBe("unavailable");
  });
});

describe("a key of Azure Key Vault", () => {
  const open = (context: ExchangeContext) => azureKeyVaultKey(keyId, own, context);
  const bundle = (key: KeyObject, change = {}) => ({
    key: { kid: keyId, key_ops: ["sign", "verify"], ...key.export({ format: "jwk" }), ...change },
    attributes: { enabled: true },
  });
  const raw = { dsaEncoding: "ieee-p1363" } as const;

  test.each([
    ["ES256", bundle(prime.publicKey), prime, "sha256"],
    ["ES256", bundle(prime.publicKey, { kty: "EC-HSM" }), prime, "sha256"],
    ["ES384", bundle(big.publicKey), big, "sha384"],
    ["RS256", bundle(large.publicKey), large, "sha256"],
    ["RS256", bundle(large.publicKey, { kty: "RSA-HSM" }), large, "sha256"],
  ] as const)("signs %s", async (alg, published, pair, digest) => {
    const result = await signed(open, published, (data) => ({
      kid: keyId,
      value: sign(digest, data, { key: pair.privateKey, ...raw }).toString("base64url"),
    }));
    expect(result.alg).toBe(alg);
    const authorization = "Bearer own-secret";
    expect(result.sent).toEqual([
      {
        url: `${keyId}?api-version=7.4`,
        method: "GET",
        headers: { authorization },
        body: "",
      },
      {
        url: `${keyId}/sign?api-version=7.4`,
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify({
          alg,
          value: createHash(digest).update(result.data).digest("base64url"),
        }),
      },
    ]);
  });

  const other = "answered for another key, one that is disabled, or one not made for signatures";
  test.each([
    [bundle(prime.publicKey, { kid: keyId.replace(/f$/, "0") }), other],
    [{ ...bundle(prime.publicKey), attributes: { enabled: false } }, other],
    [bundle(prime.publicKey, { key_ops: ["verify"] }), other],
    [bundle(prime.publicKey, { x: "secret" }), "answered with something else than a public key"],
    [bundle(prime.publicKey, { x: undefined }), "answered with something else than a public key"],
    [
      bundle(prime.publicKey, { kty: "oct" }),
      "answered with something else: key is missing or of another kind",
    ],
    [
      { key: bundle(prime.publicKey).key },
      "answered with something else: attributes is missing or of another kind",
    ],
  ])("%#: no key", async (published, message) => {
    const failure = await failureOf(open(recording(json(published)).context));
    expect(failure.message).toBe(`cowork.vault.azure.net ${message}`);
  });

  test("curves and sizes that are not used are refused", async () => {
    const koblitz = bundle(ec("secp256k1").publicKey);
    expect((await failureOf(open(recording(json(koblitz)).context))).message).toBe(
      "the key at cowork.vault.azure.net cannot be used: its curve is neither P-256 nor P-384",
    );
    const short = bundle(rsa(1024).publicKey);
    expect((await failureOf(open(recording(json(short)).context))).message).toBe(
      "the key at cowork.vault.azure.net cannot be used: its 1024 bits are not between 2048 and 4096",
    );
  });

  test("a signature of another key gives no token, and errors keep their code alone", async () => {
    const value = sign("sha256", Buffer.from("text"), { key: ec().privateKey, ...raw });
    const answers = [
      [
        json({ kid: keyId, value: value.toString("base64url") }),
        "answered with a signature of another key",
      ],
      [
        json({ error: { code: "Forbidden", message: "secret" } }, 403),
        "refused (status 403, Forbidden)",
      ],
      [json({ error: { code: "Throttled" } }, 429), "cannot answer now (status 429, Throttled)"],
      [json({ error: { code: "secret" } }, 400), "refused (status 400)"],
    ] as const;
    for (const [answer, message] of answers) {
      const { context } = recording(json(bundle(prime.publicKey)), answer);
      const key = await open(context);
      const failure = await failureOf(key.sign(Buffer.from("text"), context));
      expect(failure.message).toBe(`cowork.vault.azure.net ${message}`);
    }
  });
});
