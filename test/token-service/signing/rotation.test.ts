import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";

import { gatewayToken } from "../../../token-service/signing/gateway-token.ts";
import { openSigningKeys } from "../../../token-service/signing/signing-keys.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cowork-keys-"));
  for (const name of ["old", "new"]) {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = privateKey.export({ format: "pem", type: "pkcs8" });
    await writeFile(join(folder, name), pem, { mode: 0o600 });
  }
});
afterAll(() => rm(folder, { recursive: true }));

const context = { fetch, now: Date.now, signal: new AbortController().signal };

async function replica(...names: string[]) {
  const keys = names.map((name) => ({ kind: "file" as const, path: join(folder, name) }));
  const { signer, jwks } = await openSigningKeys(keys, { environment: {} }, context);
  const claims = { issuer: "https://tokens.example", audience: "a", subject: "alice" };
  const limits = { geography: "eu", route: "gateway", models: ["m"], lifeSeconds: 900 };
  const { token } = await gatewayToken({ ...claims, ...limits }, signer!, context);
  return { token, known: createLocalJWKSet(jwks() as never) };
}

it("in each step of a rotation, replicas and gateways of the step before and after understand each other", async () => {
  const steps = [
    await replica("old"),
    await replica("old", "new"),
    await replica("new", "old"),
    await replica("new"),
  ];
  for (const [index, { token, known }] of steps.slice(0, 3).entries()) {
    const next = steps[index + 1]!;
    await jwtVerify(next.token, known);
    // In the last step the old key's tokens are over.
    if (index < 2) await jwtVerify(token, next.known);
  }
  // What would happen without the second step: a key that signs before it is known.
  await expect(jwtVerify(steps[2]!.token, steps[0]!.known)).rejects.toThrow("no applicable key");
});
