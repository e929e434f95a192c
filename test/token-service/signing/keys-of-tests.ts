import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

import type { ExchangeContext } from "../../../exchange/exchange.ts";
import { gatewayToken } from "../../../token-service/signing/gateway-token.ts";
import type { KeySigner } from "../../../token-service/signing/key-signer.ts";

export const context: ExchangeContext = {
  fetch,
  now: () => Date.now(),
  signal: new AbortController().signal,
};

export const ec = (namedCurve = "prime256v1") => generateKeyPairSync("ec", { namedCurve });
export const rsa = (modulusLength = 2048) => generateKeyPairSync("rsa", { modulusLength });

export const pem = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();

/** Writes keys into a folder of the test file's own. */
export async function keyFolder() {
  const folder = await mkdtemp(join(tmpdir(), "cowork-keys-"));
  afterAll(async () => {
    const { rm } = await import("node:fs/promises");
    await rm(folder, { recursive: true });
  });
  let files = 0;
  return async (text: string, mode = 0o600): Promise<string> => {
    files += 1;
    const path = join(folder, `key-${files}.pem`);
    await writeFile(path, text);
    await chmod(path, mode);
    return path;
  };
}

/** A token of a gateway route, with this key. */
export async function tokenOf(signer: KeySigner, now = Date.now()): Promise<string> {
  const { token } = await gatewayToken(
    {
      issuer: "https://tokens.eu.example.com",
      audience: "https://gateway.eu.example.com",
      subject: "anna@example.com",
      geography: "eu",
      route: "gateway",
      models: ["claude-opus-5-5"],
      lifeSeconds: 900,
    },
    signer,
    { ...context, now: () => now },
  );
  return token;
}
