import { createPublicKey, verify } from "node:crypto";
import {
  CreateKeyCommand,
  GetPublicKeyCommand,
  KMSClient,
  ListKeysCommand,
  SignCommand,
} from "@aws-sdk/client-kms";
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MotoServer, startMotoServer } from "./moto-server.ts";

let moto: MotoServer;
beforeAll(async () => {
  moto = await startMotoServer();
}, 110_000);
afterAll(() => moto.close());

const settings = () => ({
  endpoint: moto.url,
  region: "eu-central-1",
  credentials: moto.credentials,
});

test("it answers AssumeRole with credentials that are the role", async () => {
  const sts = new STSClient(settings());
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: "arn:aws:iam::123456789012:role/cowork-eu",
      RoleSessionName: "alice",
      DurationSeconds: 900,
      Tags: [{ Key: "geography", Value: "eu" }],
    }),
  );
  expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z0-9]{16}$/);
  expect(Credentials?.SessionToken).toMatch(/./);
  const role = new STSClient({
    ...settings(),
    credentials: {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    },
  });
  expect((await role.send(new GetCallerIdentityCommand({}))).Arn).toBe(
    "arn:aws:sts::123456789012:assumed-role/cowork-eu/alice",
  );
});

test("it answers AssumeRoleWithWebIdentity", async () => {
  const sts = new STSClient(settings());
  const answer = await sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: "arn:aws:iam::123456789012:role/cowork-eu",
      RoleSessionName: "alice",
      WebIdentityToken: "e30.e30.e30",
    }),
  );
  expect(answer.Credentials?.AccessKeyId).toMatch(/^ASIA/);
  expect(answer.AssumedRoleUser?.Arn).toBe(
    "arn:aws:sts::123456789012:assumed-role/cowork-eu/alice",
  );
});

test("its KMS signs with an asymmetric key, and a reset forgets the key", async () => {
  const kms = new KMSClient(settings());
  const { KeyMetadata } = await kms.send(
    new CreateKeyCommand({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }),
  );
  const text = new TextEncoder().encode("text");
  const signed = await kms.send(
    new SignCommand({
      KeyId: KeyMetadata!.KeyId!,
      Message: text,
      SigningAlgorithm: "ECDSA_SHA_256",
    }),
  );
  const published = await kms.send(new GetPublicKeyCommand({ KeyId: KeyMetadata!.KeyId! }));
  const der = Buffer.from(published.PublicKey!);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  expect(verify("sha256", text, key, signed.Signature!)).toBe(true);
  expect(verify("sha256", Buffer.from("another"), key, signed.Signature!)).toBe(false);
  await moto.reset();
  expect((await kms.send(new ListKeysCommand({}))).Keys).toEqual([]);
});

test("without moto the error says how to get it", async () => {
  await expect(startMotoServer({ COWORK_MOTO_SERVER: "/nowhere/moto_server" })).rejects.toThrow(
    "moto is not installed at /nowhere/moto_server; these tests need it: npm run test-tools",
  );
});
