import { Key } from "@pulumi/azure-native/keyvault/key.js";
import { Vault } from "@pulumi/azure-native/keyvault/vault.js";
import type * as pulumi from "@pulumi/pulumi";

import { type ServicePlan, signingKeyName, storeKeyName } from "./plan.ts";

/** The service's own vault and what is in it. */
export interface ServiceVault {
  readonly vaultId: string;
  readonly vault: pulumi.Resource;
  /** Identifier of the version gateway tokens are signed with; absent unless something is signed. */
  readonly signing: CreatedKey | undefined;
  /** Absent for a store of the company's own. */
  readonly store: CreatedKey | undefined;
}

export interface CreatedKey {
  /** Resource id, plain: what a role is given on. */
  readonly scope: string;
  readonly versionedUri: pulumi.Output<string>;
  readonly key: pulumi.Resource;
}

/**
 * Creates: a vault in the region with purge protection, roles instead of access policies and no public access, which
 * Microsoft's trusted services pass by (the store has to); a P-256 key that signs and verifies and does nothing else;
 * an RSA key the store's disks are under.
 *
 * Neither rotates itself: a token names the version it was signed with, and the store asks for one version.
 * @see https://learn.microsoft.com/azure/redis/how-to-encryption (RSA only, same region, trusted services; looked up 2026-11-21)
 */
export function serviceVault(
  name: string,
  plan: ServicePlan,
  { resourceGroupName }: { readonly resourceGroupName: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): ServiceVault | undefined {
  const { names, region, tenantId, signs, store, keyProtection } = plan;
  if (!signs && store.kind === "existing") return undefined;
  const inHsm = keyProtection === "hsm";
  const vault = new Vault(
    name,
    {
      resourceGroupName,
      location: region,
      vaultName: names.vault,
      properties: {
        tenantId,
        sku: { family: "A", name: inHsm ? "premium" : "standard" },
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        publicNetworkAccess: "Disabled",
        networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
      },
    },
    opts,
  );
  const vaultId = names.idOf(`Microsoft.KeyVault/vaults/${names.vault}`);
  const keyOf = (keyName: string, properties: KeyProperties): CreatedKey => {
    const key = new Key(
      `${name}-${keyName}`,
      { resourceGroupName, vaultName: vault.name, keyName, properties },
      opts,
    );
    return { scope: `${vaultId}/keys/${keyName}`, versionedUri: key.keyUriWithVersion, key };
  };
  return {
    vaultId,
    vault,
    signing: signs
      ? keyOf(signingKeyName, {
          kty: inHsm ? "EC-HSM" : "EC",
          curveName: "P-256",
          keyOps: ["sign", "verify"],
        })
      : undefined,
    store:
      store.kind === "create"
        ? keyOf(storeKeyName, {
            kty: inHsm ? "RSA-HSM" : "RSA",
            keySize: 3072,
            keyOps: ["wrapKey", "unwrapKey"],
          })
        : undefined,
  };
}

interface KeyProperties {
  readonly kty: string;
  readonly curveName?: string;
  readonly keySize?: number;
  readonly keyOps: string[];
}
