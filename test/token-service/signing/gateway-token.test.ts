import { jwtVerify } from "jose";
import { expect, test } from "vitest";

import { fileKey } from "../../../token-service/signing/file-key.ts";
import { ec, keyFolder, pem, tokenOf } from "./keys-of-tests.ts";

const write = await keyFolder();
const now = Date.parse("2026-11-21T10:20:30.999Z");

test("a gateway's token says who, for what, how long, and nothing else", async () => {
  const { privateKey, publicKey } = ec();
  const token = await tokenOf(await fileKey(await write(pem(privateKey))), now);
  const { payload } = await jwtVerify(token, publicKey, { currentDate: new Date(now) });
  expect(payload).toEqual({
    iss: "https://tokens.eu.example.com",
    aud: "https://gateway.eu.example.com",
    sub: "anna@example.com",
    geography: "eu",
    route: "gateway",
    models: ["claude-opus-5-5"],
    iat: 1_795_256_430,
    nbf: 1_795_256_430,
    exp: 1_795_257_330,
    jti: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  });
});

test("no two tokens have the same id", async () => {
  const signer = await fileKey(await write(pem(ec().privateKey)));
  const tokens = await Promise.all(Array.from({ length: 50 }, () => tokenOf(signer, now)));
  const ids = tokens.map((token) => JSON.parse(atob(token.split(".")[1]!)).jti);
  expect(new Set(ids).size).toBe(50);
});
