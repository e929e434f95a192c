import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { readFile, stat } from "node:fs/promises";

import { digestOf, type KeySigner } from "./key-signer.ts";
import { algorithmOf, joseKey, publishedJwk } from "./public-key.ts";

/** Read, write or execute for anybody but the owner. */
const othersBits = 0o077;

/**
 * A key in a PEM file; for development, and for machines without a key service.
 *
 * @throws Error that names the file and says what is wrong with it, never what is in it.
 */
export async function fileKey(path: string): Promise<KeySigner> {
  const wrong = (why: string) => new Error(`signing key ${path}: ${why}`);
  const [facts, pem] = await Promise.all([stat(path), readFile(path, "utf8")]).catch(
    (error: NodeJS.ErrnoException) => {
      throw wrong(`cannot be read (${error.code ?? "unknown"})`);
    },
  );
  if (process.platform !== "win32" && (facts.mode & othersBits) !== 0) {
    const mode = (facts.mode & 0o777).toString(8).padStart(3, "0");
    throw wrong(`group or others may use it (mode ${mode}): chmod 600`);
  }
  const privateKey = readKey(pem);
  if (privateKey === undefined) throw wrong("is no PKCS#8 private key without a password, in PEM");
  const kind = algorithmOf(privateKey);
  if ("problem" in kind) throw wrong(kind.problem);
  const { algorithm } = kind;
  const publicJwk = await publishedJwk(createPublicKey(privateKey), algorithm);
  const key = joseKey(privateKey, algorithm);
  return {
    algorithm,
    keyId: publicJwk.kid,
    publicJwk,
    sign: async (data) => sign(digestOf[algorithm], data, key),
  };
}

function readKey(pem: string): KeyObject | undefined {
  if (!/-----BEGIN PRIVATE KEY-----/.test(pem)) return undefined;
  try {
    return createPrivateKey(pem);
  } catch {
    // OpenSSL's errors quote what they could not read.
    return undefined;
  }
}
