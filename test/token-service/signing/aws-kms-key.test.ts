import { createHash, createPrivateKey, sign } from "node:crypto";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { awsKmsKey } from "../../../token-service/signing/aws-kms-key.ts";
import { openSigningKeys } from "../../../token-service/signing/signing-keys.ts";
import { failureOf } from "../../exchange/failure-of.ts";
import { recording } from "../../exchange/recording.ts";
import { type MotoServer, startMotoServer } from "../../services/moto-server.ts";
import { context, ec, pem, tokenOf } from "./keys-of-tests.ts";

const own = async () => ({
  accessKeyId: "ASIAEXAMPLEOWN000000",
  secretAccessKey: "own-secret",
  sessionToken: "own-session",
});

describe("a key of a real implementation of KMS", () => {
  let moto: MotoServer;
  let client: KMSClient;
  beforeAll(async () => {
    moto = await startMotoServer();
    client = new KMSClient({
      region: "eu-central-1",
      endpoint: moto.url,
      credentials: moto.credentials,
    });
  });
  afterAll(() => moto.close());
  const create = async (KeySpec: "ECC_NIST_P256" | "ECC_NIST_P384" | "RSA_2048") => {
    const request = new CreateKeyCommand({ KeySpec, KeyUsage: "SIGN_VERIFY" });
    return (await client.send(request)).KeyMetadata!.Arn!;
  };

  test.each([
    ["ECC_NIST_P256", "ES256"],
    ["ECC_NIST_P384", "ES384"],
    ["RSA_2048", "RS256"],
  ] as const)("%s signs %s, which the published key verifies", async (spec, algorithm) => {
    const keyArn = await create(spec);
    const keys = await openSigningKeys(
      [{ kind: "aws-kms", keyArn, region: "eu-central-1" }],
      { environment: {}, ownAwsIdentity: own, awsKmsEndpoint: moto.url },
      context,
    );
    const token = await tokenOf(keys.signer!);
    expect(decodeProtectedHeader(token).alg).toBe(algorithm);
    await jwtVerify(token, createLocalJWKSet({ keys: [...keys.jwks().keys] }));
  });

  test("one that is not there, or elsewhere, is none", async () => {
    const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-4000-8000-000000000000";
    const key = { keyArn, region: "eu-central-1", endpoint: moto.url };
    const { host } = new URL(moto.url);
    expect((await failureOf(awsKmsKey(key, own, context))).message).toBe(
      `${host} refused (status 400, NotFoundException)`,
    );
    const elsewhere = { ...key, region: "eu-west-1", endpoint: undefined };
    expect((await failureOf(awsKmsKey(elsewhere, own, context))).message).toBe(
      "the signing key is not in region eu-west-1",
    );
  });
});

describe("what is believed of KMS", () => {
  const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-4111-8111-111111111111";
  const key = { keyArn, region: "eu-central-1" };
  const pair = ec();
  const spki = pair.publicKey.export({ type: "spki", format: "der" }).toString("base64");
  const published = { KeyId: keyArn, KeyUsage: "SIGN_VERIFY", PublicKey: spki };
  const amz = { "content-type": "application/x-amz-json-1.1" };
  const answer =
    (body: unknown, status = 200) =>
    () =>
      new Response(JSON.stringify(body), { status, headers: amz });

  test.each([
    ["what KMS takes", 4096, "RAW"],
    ["the digest of what is longer", 4097, "DIGEST"],
  ] as const)("the region's own host signs %s", async (_, length, MessageType) => {
    const data = Buffer.alloc(length, "x");
    const digest = createHash("sha256").update(data).digest();
    const made = sign("sha256", data, pair.privateKey).toString("base64");
    const { context: recorded, sent } = recording(answer(published), answer({ Signature: made }));
    const signer = await awsKmsKey(key, own, recorded);
    expect(await signer.sign(data, recorded)).toHaveLength(64);
    expect(sent.map(({ url }) => url)).toEqual([
      "https://kms.eu-central-1.amazonaws.com/",
      "https://kms.eu-central-1.amazonaws.com/",
    ]);
    expect(JSON.parse(sent[1]!.body)).toEqual({
      KeyId: keyArn,
      Message: (MessageType === "RAW" ? data : digest).toString("base64"),
      MessageType,
      SigningAlgorithm: "ECDSA_SHA_256",
    });
  });

  test("no signature at all gives no token", async () => {
    const { context: recorded } = recording(answer(published), answer({}));
    const signer = await awsKmsKey(key, own, recorded);
    const failure = await failureOf(signer.sign(Buffer.from("text"), recorded));
    expect(failure.message).toBe(
      "kms.eu-central-1.amazonaws.com answered with a signature of another key",
    );
  });

  test("a signature of another key gives no token", async () => {
    const other = createPrivateKey(pem(ec().privateKey));
    const forged = sign("sha256", Buffer.from("text"), other).toString("base64");
    const { context: recorded } = recording(answer(published), answer({ Signature: forged }));
    const signer = await awsKmsKey(key, own, recorded);
    const failure = await failureOf(signer.sign(Buffer.from("text"), recorded));
    expect(failure.message).toBe(
      "kms.eu-central-1.amazonaws.com answered with a signature of another key",
    );
  });

  const other = "answered for another key, or one that is not made for signatures";
  const notPublic = "answered with something else than a public key";
  test.each([
    [answer({ ...published, KeyUsage: "ENCRYPT_DECRYPT" }), other],
    [answer({ ...published, KeyId: keyArn.replace("1111", "2222") }), other],
    [answer({ KeyId: keyArn, KeyUsage: "SIGN_VERIFY" }), notPublic],
    [answer({ ...published, PublicKey: "AAAA" }), notPublic],
    [
      answer({ __type: "DisabledException", message: "secret" }, 400),
      "refused (status 400, DisabledException)",
    ],
    [
      answer({ __type: "AccessDeniedException" }, 400),
      "refused (status 400, AccessDeniedException)",
    ],
    [answer({ __type: "ThrottlingException" }, 400), "cannot answer now (ThrottlingException)"],
    [answer({ __type: "KMSInternalException" }, 500), "cannot answer now (KMSInternalException)"],
    [answer({ __type: "secret" }, 400), "refused (status 400)"],
  ])("%#: no key", async (response, message) => {
    const failure = await failureOf(awsKmsKey(key, own, recording(response).context));
    expect(failure.message).toBe(`kms.eu-central-1.amazonaws.com ${message}`);
  });

  test("a long-lived access key of the service's own is not used", async () => {
    const { context: recorded, sent } = recording(answer(published));
    const long = async () => ({ accessKeyId: "AKIA", secretAccessKey: "secret" });
    const failure = await failureOf(awsKmsKey(key, long, recorded));
    expect(failure.message).toMatch(/^the service itself was given a long-lived AWS access key/);
    expect(sent).toEqual([]);
  });
});
