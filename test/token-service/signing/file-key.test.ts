import { generateKeyPairSync } from "node:crypto";
import { calculateJwkThumbprint, createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";

import { fileKey } from "../../../token-service/signing/file-key.ts";
import { openSigningKeys } from "../../../token-service/signing/signing-keys.ts";
import { context, ec, keyFolder, pem, rsa, tokenOf } from "./keys-of-tests.ts";

const write = await keyFolder();
const verification = {
  issuer: "https://tokens.eu.example.com",
  audience: "https://gateway.eu.example.com",
};
const open = async (...paths: readonly string[]) =>
  openSigningKeys(
    paths.map((path) => ({ kind: "file", path })),
    { environment: {} },
    context,
  );

describe("a key in a file", () => {
  test.each([
    ["ES256", ec(), ["crv", "kty", "x", "y"]],
    ["ES384", ec("secp384r1"), ["crv", "kty", "x", "y"]],
    ["RS256", rsa(), ["e", "kty", "n"]],
    ["RS256", rsa(4096), ["e", "kty", "n"]],
  ] as const)("signs %s and is published without its private half", async (alg, pair, members) => {
    const keys = await open(await write(pem(pair.privateKey)));
    const { kid, ...jwk } = keys.jwks().keys[0]!;
    expect(keys.jwks().keys).toHaveLength(1);
    expect(Object.keys(jwk).sort()).toEqual([...members, "alg", "use"].sort());
    expect(jwk).toMatchObject({ alg, use: "sig" });
    expect(kid).toBe(await calculateJwkThumbprint(pair.publicKey.export({ format: "jwk" })));
    const token = await tokenOf(keys.signer!);
    expect(decodeProtectedHeader(token)).toEqual({ alg, kid, typ: "JWT" });
    await jwtVerify(token, createLocalJWKSet({ keys: [...keys.jwks().keys] }), verification);
  });

  test.each([0o640, 0o604, 0o660, 0o644, 0o601, 0o610, 0o620])(
    "that group or others may use (%o) is refused",
    async (mode) => {
      const path = await write(pem(ec().privateKey), mode);
      const text = mode.toString(8);
      await expect(fileKey(path)).rejects.toThrow(
        `signing key ${path}: group or others may use it (mode ${text}): chmod 600`,
      );
    },
  );

  test.each([0o600, 0o400])("of the owner alone (%o) is taken", async (mode) => {
    expect((await fileKey(await write(pem(ec().privateKey), mode))).algorithm).toBe("ES256");
  });

  const restricted = generateKeyPairSync("rsa-pss", { modulusLength: 2048 });
  const locked = ec().privateKey.export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase: "secret",
  });
  test.each([
    [pem(ec("secp521r1").privateKey), "its curve is neither P-256 nor P-384"],
    [pem(ec("secp256k1").privateKey), "its curve is neither P-256 nor P-384"],
    [pem(rsa(1024).privateKey), "its 1024 bits are not between 2048 and 4096"],
    [pem(rsa(2040).privateKey), "its 2040 bits are not between 2048 and 4096"],
    [pem(restricted.privateKey), "it is neither an elliptic curve key nor an RSA key"],
    [
      pem(generateKeyPairSync("ed25519").privateKey),
      "it is neither an elliptic curve key nor an RSA key",
    ],
    [
      pem(generateKeyPairSync("x25519").privateKey),
      "it is neither an elliptic curve key nor an RSA key",
    ],
    [locked, "is no PKCS#8 private key without a password, in PEM"],
    [
      ec().privateKey.export({ type: "sec1", format: "pem" }),
      "is no PKCS#8 private key without a password, in PEM",
    ],
    [
      ec().publicKey.export({ type: "spki", format: "pem" }),
      "is no PKCS#8 private key without a password, in PEM",
    ],
    [
      `-----BEGIN ${"PRIVATE"} KEY-----\nc2VjcmV0\n`,
      "is no PKCS#8 private key without a password, in PEM",
    ],
    ["", "is no PKCS#8 private key without a password, in PEM"],
  ])("%#: what is no safe key is refused", async (text, reason) => {
    const path = await write(String(text));
    await expect(fileKey(path)).rejects.toEqual(new Error(`signing key ${path}: ${reason}`));
  });

  test("that is not there is named", async () => {
    await expect(fileKey("/nowhere/key.pem")).rejects.toThrow(
      "signing key /nowhere/key.pem: cannot be read (ENOENT)",
    );
  });
});

describe("several keys", () => {
  test("problems of all of them are named at once", async () => {
    const small = await write(pem(rsa(1024).privateKey));
    const fine = await write(pem(ec().privateKey));
    await expect(open(small, fine, "/nowhere", fine)).rejects.toEqual(
      new Error(
        `signingKeys[0]: signing key ${small}: its 1024 bits are not between 2048 and 4096\nsigningKeys[2]: signing key /nowhere: cannot be read (ENOENT)\nsigningKeys: the same key is listed twice`,
      ),
    );
  });

  test("none: nothing signs, nothing is published", async () => {
    const keys = await open();
    expect(keys.signer).toBeUndefined();
    expect(keys.jwks()).toEqual({ keys: [] });
  });

  test("overlap: the first signs, all verify; one that is left out verifies no longer", async () => {
    const first = await write(pem(ec().privateKey));
    const second = await write(pem(rsa().privateKey));
    const before = await open(first);
    const during = await open(second, first);
    const after = await open(second);
    const old = await tokenOf(before.signer!);
    const young = await tokenOf(during.signer!);
    const verifiedBy = (token: string, keys: typeof before) =>
      jwtVerify(token, createLocalJWKSet({ keys: [...keys.jwks().keys] }), verification).then(
        () => true,
        (error: { code: string }) => error.code,
      );
    expect(during.signer!.keyId).toBe(after.signer!.keyId);
    expect(during.jwks().keys.map(({ kid }) => kid)).toEqual([
      after.signer!.keyId,
      before.signer!.keyId,
    ]);
    expect(await verifiedBy(old, before)).toBe(true);
    expect(await verifiedBy(old, during)).toBe(true);
    expect(await verifiedBy(young, during)).toBe(true);
    expect(await verifiedBy(old, after)).toBe("ERR_JWKS_NO_MATCHING_KEY");
    expect(await verifiedBy(young, after)).toBe(true);
    expect(await verifiedBy(young, before)).toBe("ERR_JWKS_NO_MATCHING_KEY");
  });
});
