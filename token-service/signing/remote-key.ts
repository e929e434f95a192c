import { createHash, createPublicKey, type KeyObject } from "node:crypto";

import { type ExchangeContext, ExchangeError } from "../../exchange/exchange.ts";
import { digestOf, type KeySigner, type SignatureAlgorithm } from "./key-signer.ts";
import { algorithmOf, publishedJwk, verifies } from "./public-key.ts";

/** A key that never leaves its service. */
export interface RemoteKey {
  /** What answers for it. */
  readonly host: string;
  readonly publicKey: KeyObject;
  /** Of an RSA key whose service fixed it. */
  readonly padding?: "pkcs1" | "pss" | undefined;
  /** The signature of the data, as JOSE writes it; `undefined` for an answer that is none. */
  readonly sign: (
    request: {
      readonly data: Uint8Array;
      /** Of the data, by the algorithm's digest. */
      readonly digest: Uint8Array;
      readonly algorithm: SignatureAlgorithm;
    },
    context: ExchangeContext,
  ) => Promise<Uint8Array | undefined>;
}

/**
 * Signs through a key service and checks what comes back by the public key read at the start: a version that was
 * swapped, or an answer that was damaged, gives no token.
 */
export async function remoteSigner(key: RemoteKey): Promise<KeySigner> {
  const { host, publicKey } = key;
  const kind = algorithmOf(publicKey, key.padding);
  if ("problem" in kind) {
    const message = `the key at ${host} cannot be used: ${kind.problem}`;
    throw new ExchangeError("refused", host, message);
  }
  const { algorithm } = kind;
  const publicJwk = await publishedJwk(publicKey, algorithm);
  return {
    algorithm,
    keyId: publicJwk.kid,
    publicJwk,
    async sign(data, context) {
      const digest = createHash(digestOf[algorithm]).update(data).digest();
      const signature = await key.sign({ data, digest, algorithm }, context);
      if (signature === undefined || !verifies(publicKey, algorithm, data, signature)) {
        throw new ExchangeError(
          "refused",
          host,
          `${host} answered with a signature of another key`,
        );
      }
      return signature;
    },
  };
}

/** @throws ExchangeError `refused` when a service's answer is no public key. */
export function readPublicKey(host: string, read: () => Parameters<typeof createPublicKey>[0]) {
  try {
    return createPublicKey(read());
  } catch {
    throw new ExchangeError(
      "refused",
      host,
      `${host} answered with something else than a public key`,
    );
  }
}
