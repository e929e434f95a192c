import type { JWK } from "jose";

import type { SigningKey } from "../../contract/token-service-config.ts";
import { type OwnAwsIdentity, usualAwsIdentity } from "../../exchange/aws-own-identity.ts";
import {
  keyVaultAudience,
  type ManagedIdentityEnvironment,
  managedIdentityToken,
} from "../../exchange/azure-managed-identity.ts";
import { type ExchangeContext, ExchangeError } from "../../exchange/exchange.ts";
import { googleOwnToken } from "../../exchange/google-metadata.ts";
import { rememberToken } from "../../exchange/own-token.ts";
import { awsKmsKey } from "./aws-kms-key.ts";
import { azureKeyVaultKey } from "./azure-key-vault-key.ts";
import { fileKey } from "./file-key.ts";
import { googleKmsKey } from "./google-kms-key.ts";
import type { KeySigner } from "./key-signer.ts";

/** Keys of a service: one signs, all are published. */
export interface SigningKeys {
  /** Absent when no key is configured: the service then has no gateway route. */
  readonly signer: KeySigner | undefined;
  /** Body of the JWKS: public halves only, in the order of the configuration. */
  jwks(): { readonly keys: readonly JWK[] };
}

/** What the keys' services are asked as. */
export interface SigningIdentity {
  /** Managed identity at Azure, as its platform announces it. */
  readonly environment: ManagedIdentityEnvironment;
  /** Default: the SDK's usual chain. */
  readonly ownAwsIdentity?: OwnAwsIdentity | undefined;
  /** In place of the regions' own KMS. */
  readonly awsKmsEndpoint?: string | undefined;
}

/**
 * Opens every configured key and reads its public half, once. Rotation: put the new key second until every replica and
 * every gateway knows it, then first, and leave the old one out once the last of its tokens is over.
 *
 * @throws Error that names every key that cannot be used.
 */
export async function openSigningKeys(
  configured: readonly SigningKey[],
  identity: SigningIdentity,
  context: ExchangeContext,
): Promise<SigningKeys> {
  const opened = await Promise.allSettled(configured.map((key) => openKey(key, identity, context)));
  const problems = opened.flatMap((result, index) =>
    result.status === "rejected" ? [`signingKeys[${index}]: ${reasonOf(result.reason)}`] : [],
  );
  const signers = opened.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const ids = signers.map(({ keyId }) => keyId);
  if (new Set(ids).size < ids.length) problems.push("signingKeys: the same key is listed twice");
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return { signer: signers[0], jwks: () => ({ keys: signers.map(({ publicJwk }) => publicJwk) }) };
}

function openKey(
  key: SigningKey,
  identity: SigningIdentity,
  context: ExchangeContext,
): Promise<KeySigner> {
  switch (key.kind) {
    case "file":
      return fileKey(key.path);
    case "aws-kms": {
      const own = identity.ownAwsIdentity ?? usualAwsIdentity(key.region);
      return awsKmsKey({ ...key, endpoint: identity.awsKmsEndpoint }, own, context);
    }
    case "google-kms":
      return googleKmsKey(key.keyVersion, rememberToken(googleOwnToken), context);
    case "azure-key-vault": {
      const own = rememberToken(managedIdentityToken(identity.environment, keyVaultAudience));
      return azureKeyVaultKey(key.keyId, own, context);
    }
  }
}

/** Messages of these two are written for administrators; anything else may quote what it should not. */
function reasonOf(error: unknown): string {
  if (error instanceof ExchangeError) return error.message;
  return error instanceof Error && error.message.startsWith("signing key ")
    ? error.message
    : "cannot be opened";
}
