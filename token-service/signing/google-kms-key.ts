import { z } from "zod";

import { readAnswer } from "../../exchange/answer.ts";
import { type ExchangeContext, ExchangeError } from "../../exchange/exchange.ts";
import { googleCode } from "../../exchange/google-errors.ts";
import type { OwnToken } from "../../exchange/own-token.ts";
import { askUpstream } from "../../exchange/upstream.ts";
import { joseSignature } from "./der-signature.ts";
import { digestOf, type KeySigner } from "./key-signer.ts";
import { readPublicKey, remoteSigner } from "./remote-key.ts";

/** Algorithms of key versions the service signs with; other ones of the same key types are refused. */
const paddings: Readonly<Record<string, "pkcs1" | "pss" | "none">> = {
  EC_SIGN_P256_SHA256: "none",
  EC_SIGN_P384_SHA384: "none",
  RSA_SIGN_PKCS1_2048_SHA256: "pkcs1",
  RSA_SIGN_PKCS1_3072_SHA256: "pkcs1",
  RSA_SIGN_PKCS1_4096_SHA256: "pkcs1",
  RSA_SIGN_PSS_2048_SHA256: "pss",
  RSA_SIGN_PSS_3072_SHA256: "pss",
  RSA_SIGN_PSS_4096_SHA256: "pss",
};

const publicAnswer = z.object({ pem: z.string().min(1), algorithm: z.string(), name: z.string() });
const signAnswer = z.object({ signature: z.base64(), name: z.string() });

/**
 * A version of an asymmetric key of Google Cloud KMS; needs `cloudkms.cryptoKeyVersions.viewPublicKey` and
 * `.useToSign` (`roles/cloudkms.signerVerifier`) on it.
 *
 * @throws ExchangeError
 * @see https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys.cryptoKeyVersions/asymmetricSign (2026-11)
 */
export async function googleKmsKey(
  keyVersion: string,
  ownToken: OwnToken,
  context: ExchangeContext,
): Promise<KeySigner> {
  const url = `https://cloudkms.googleapis.com/v1/${keyVersion}`;
  const authorized = async (asked: ExchangeContext) => ({
    authorization: `Bearer ${(await ownToken(asked)).token}`,
  });
  const answer = await askUpstream(
    { url: `${url}/publicKey`, headers: await authorized(context) },
    context,
  );
  const { pem, algorithm: name, ...found } = readAnswer(answer, publicAnswer, googleCode);
  const padding = Object.hasOwn(paddings, name) ? paddings[name] : undefined;
  if (padding === undefined || found.name !== keyVersion) {
    const message = `${answer.host} answered for another key version, or one of an algorithm that is not used`;
    throw new ExchangeError("refused", answer.host, message);
  }
  return remoteSigner({
    host: answer.host,
    publicKey: readPublicKey(answer.host, () => pem),
    padding: padding === "none" ? undefined : padding,
    async sign({ digest, algorithm }, signContext) {
      const body = { digest: { [digestOf[algorithm]]: Buffer.from(digest).toString("base64") } };
      const signed = await askUpstream(
        {
          url: `${url}:asymmetricSign`,
          headers: { ...(await authorized(signContext)), "content-type": "application/json" },
          body: JSON.stringify(body),
        },
        signContext,
      );
      const signature = Buffer.from(readAnswer(signed, signAnswer, googleCode).signature, "base64");
      return algorithm === "ES256" || algorithm === "ES384"
        ? joseSignature(signature, algorithm)
        : signature;
    },
  });
}
