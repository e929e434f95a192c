import type { KMSClient } from "@aws-sdk/client-kms";

import { awsFailure, awsRequestHandler } from "../../exchange/aws-http.ts";
import { type OwnAwsIdentity, shortLivedKeys } from "../../exchange/aws-own-identity.ts";
import { type ExchangeContext, ExchangeError } from "../../exchange/exchange.ts";
import { joseSignature } from "./der-signature.ts";
import type { KeySigner } from "./key-signer.ts";
import { readPublicKey, remoteSigner } from "./remote-key.ts";

/** How AWS KMS names the algorithms the service uses. */
const kmsNames = {
  ES256: "ECDSA_SHA_256",
  ES384: "ECDSA_SHA_384",
  RS256: "RSASSA_PKCS1_V1_5_SHA_256",
  PS256: "RSASSA_PSS_SHA_256",
} as const;

/** Error codes of KMS that help an administrator, besides those of AWS in general. */
const kmsCodes: ReadonlySet<string> = new Set([
  "DisabledException",
  "InvalidKeyUsageException",
  "KMSInternalException",
  "KMSInvalidStateException",
  "KeyUnavailableException",
  "NotFoundException",
  "UnsupportedOperationException",
]);

/** Bytes KMS hashes itself; of anything longer it takes the digest. */
const longestMessage = 4096;

export interface AwsKmsKey {
  readonly keyArn: string;
  readonly region: string;
  /** In place of the region's KMS, for example a VPC endpoint. */
  readonly endpoint?: string | undefined;
}

/**
 * An asymmetric key of AWS KMS (SIGN_VERIFY); needs `kms:GetPublicKey` and `kms:Sign` on it.
 *
 * @throws ExchangeError
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html (2026-11)
 */
export async function awsKmsKey(
  key: AwsKmsKey,
  ownIdentity: OwnAwsIdentity,
  context: ExchangeContext,
): Promise<KeySigner> {
  const endpoint = key.endpoint ?? `https://kms.${key.region}.amazonaws.com`;
  const { host } = new URL(endpoint);
  if (key.keyArn.split(":")[3] !== key.region) {
    throw new ExchangeError("refused", host, `the signing key is not in region ${key.region}`);
  }
  const ask = askKms({ endpoint, host, region: key.region, ownIdentity });
  const answer = await ask(context, (client, { GetPublicKeyCommand }) =>
    client.send(new GetPublicKeyCommand({ KeyId: key.keyArn })),
  );
  // KMS documents the ARN; what stands in for it in tests answers with the id at its end.
  const isAsked = key.keyArn === answer.KeyId || key.keyArn.endsWith(`:key/${answer.KeyId}`);
  if (answer.KeyUsage !== "SIGN_VERIFY" || !isAsked) {
    const message = `${host} answered for another key, or one that is not made for signatures`;
    throw new ExchangeError("refused", host, message);
  }
  const der = Buffer.from(answer.PublicKey ?? new Uint8Array());
  return remoteSigner({
    host,
    publicKey: readPublicKey(host, () => ({ key: der, format: "der", type: "spki" })),
    async sign({ data, digest, algorithm }, signContext) {
      const { Signature } = await ask(signContext, (client, { SignCommand }) =>
        client.send(
          new SignCommand({
            KeyId: key.keyArn,
            ...(data.length <= longestMessage
              ? { Message: data, MessageType: "RAW" }
              : { Message: digest, MessageType: "DIGEST" }),
            SigningAlgorithm: kmsNames[algorithm],
          }),
        ),
      );
      if (Signature === undefined) return undefined;
      return algorithm === "ES256" || algorithm === "ES384"
        ? joseSignature(Signature, algorithm)
        : Signature;
    },
  });
}

type Sdk = typeof import("@aws-sdk/client-kms");

function askKms(kms: {
  readonly endpoint: string;
  readonly host: string;
  readonly region: string;
  readonly ownIdentity: OwnAwsIdentity;
}) {
  return async <Answer>(
    context: ExchangeContext,
    send: (client: KMSClient, sdk: Sdk) => Promise<Answer>,
  ): Promise<Answer> => {
    const credentials = await shortLivedKeys(kms.ownIdentity);
    const sdk = await import("@aws-sdk/client-kms");
    const client = new sdk.KMSClient({
      region: kms.region,
      endpoint: kms.endpoint,
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      maxAttempts: 1,
      credentials,
      requestHandler: awsRequestHandler(context),
    });
    try {
      return await send(client, sdk);
    } catch (error) {
      throw awsFailure(error, kms.host, kmsCodes);
    } finally {
      client.destroy();
    }
  };
}
