import type { JsonWebKey } from "node:crypto";
import { z } from "zod";

import { readAnswer } from "../../exchange/answer.ts";
import { type ExchangeContext, ExchangeError } from "../../exchange/exchange.ts";
import type { OwnToken } from "../../exchange/own-token.ts";
import { askUpstream } from "../../exchange/upstream.ts";
import type { KeySigner } from "./key-signer.ts";
import { readPublicKey, remoteSigner } from "./remote-key.ts";

const version = "api-version=7.4";

const keyAnswer = z.object({
  key: z.object({
    kid: z.string(),
    // `-HSM` says where the private half is; as a JWK it is the same key.
    kty: z.enum(["EC", "EC-HSM", "RSA", "RSA-HSM"]).transform((kty) => kty.replace("-HSM", "")),
    key_ops: z.array(z.string()),
    crv: z.string().optional(),
    x: z.string().optional(),
    y: z.string().optional(),
    n: z.string().optional(),
    e: z.string().optional(),
  }),
  attributes: z.object({ enabled: z.boolean() }),
});
const signAnswer = z.object({ kid: z.string(), value: z.base64url().min(1) });

/** Of https://learn.microsoft.com/azure/key-vault/general/rest-error-codes, 2026-11. */
const vaultError = z
  .object({
    error: z.object({
      code: z.enum(["BadParameter", "Forbidden", "KeyNotFound", "Throttled", "Unauthorized"]),
    }),
  })
  .transform(({ error }) => error.code);

/**
 * A version of a key in Azure Key Vault; needs `get` and `sign` on it (`Key Vault Crypto User`).
 *
 * @param ownToken Gives tokens for `https://vault.azure.net`.
 * @throws ExchangeError
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/sign/sign (7.4, 2026-11)
 */
export async function azureKeyVaultKey(
  keyId: string,
  ownToken: OwnToken,
  context: ExchangeContext,
): Promise<KeySigner> {
  const codeOf = (body: unknown) => vaultError.safeParse(body).data;
  const authorized = async (asked: ExchangeContext) => ({
    authorization: `Bearer ${(await ownToken(asked)).token}`,
  });
  const answer = await askUpstream(
    { url: `${keyId}?${version}`, headers: await authorized(context) },
    context,
  );
  const { key, attributes } = readAnswer(answer, keyAnswer, codeOf);
  const { kid, key_ops, ...jwk } = key;
  if (kid !== keyId || !attributes.enabled || !key_ops.includes("sign")) {
    const message = `${answer.host} answered for another key, one that is disabled, or one not made for signatures`;
    throw new ExchangeError("refused", answer.host, message);
  }
  return remoteSigner({
    host: answer.host,
    publicKey: readPublicKey(answer.host, () => ({
      // Members that are absent are what decides; createPublicKey refuses what does not fit together.
      key: jwk as JsonWebKey,
      format: "jwk",
    })),
    async sign({ digest, algorithm }, signContext) {
      const signed = await askUpstream(
        {
          url: `${keyId}/sign?${version}`,
          headers: { ...(await authorized(signContext)), "content-type": "application/json" },
          body: JSON.stringify({
            alg: algorithm,
            value: Buffer.from(digest).toString("base64url"),
          }),
        },
        signContext,
      );
      // Already the way JOSE writes it.
      return Buffer.from(readAnswer(signed, signAnswer, codeOf).value, "base64url");
    },
  });
}
