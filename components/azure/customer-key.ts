import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import { Key } from "@pulumi/azure-native/keyvault/key.js";
import { Vault } from "@pulumi/azure-native/keyvault/vault.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import * as pulumi from "@pulumi/pulumi";

import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import type { FoundryPlace } from "./place.ts";
import { builtInRoleId } from "./roles.ts";

/** Arguments of {@link CustomerKey}. */
export interface CustomerKeyArgs {
  readonly place: FoundryPlace;
  /** Required. Subscription of the vault. */
  readonly subscriptionId: string;
  /** Required. Entra tenant whose identities the vault knows. */
  readonly tenantId: string;
  /** Required. Days after which the vault makes a new version, 28 to 730. */
  readonly rotationDays: number;
}

/** A key an account may use at once. */
export interface AccountKey {
  readonly vaultUri: string;
  readonly keyName: string;
  /** Identity the account takes on to use the key. */
  readonly identityId: pulumi.Input<string>;
  readonly identityClientId: pulumi.Input<string>;
  /** What the account must wait for: without the grant Azure refuses the encryption. */
  readonly grant: pulumi.Resource;
}

const keyName = "foundry";

/**
 * The key a Foundry account encrypts what it stores with.
 *
 * Creates: a user-assigned identity, so that the grant can come before the account; a vault in the region with
 * purge protection and without public access, which Microsoft's trusted services pass by; an RSA key that rotates
 * itself; and the documented role on that key alone.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 * @see https://learn.microsoft.com/azure/foundry/concepts/encryption-keys-portal (2026-08-24)
 */
export class CustomerKey extends pulumi.ComponentResource implements AccountKey {
  readonly vaultUri: string;
  readonly keyName = keyName;
  /** Resource id of the vault, plain. */
  readonly vaultId: string;
  /** What the diagnostics of the vault wait for. */
  readonly vault: pulumi.Resource;
  readonly identityId: pulumi.Output<string>;
  readonly identityClientId: pulumi.Output<string>;
  readonly grant: pulumi.Resource;

  constructor(name: string, args: CustomerKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:CustomerKey", name, {}, opts);
    rejectBadInputs(this, name, checkRotation("rotationDays", args.rotationDays));
    const { place, subscriptionId, tenantId, rotationDays } = args;
    const { resourceGroupName, region, names } = place;
    const inside = { parent: this };

    const identity = new UserAssignedIdentity(
      `${name}-identity`,
      { resourceGroupName, location: region, resourceName: `cowork-${names.label}` },
      inside,
    );
    const vault = new Vault(
      `${name}-vault`,
      {
        resourceGroupName,
        location: region,
        vaultName: names.vault,
        properties: {
          tenantId,
          sku: { family: "A", name: "standard" },
          enableRbacAuthorization: true,
          enablePurgeProtection: true,
          enableSoftDelete: true,
          softDeleteRetentionInDays: 90,
          publicNetworkAccess: "Disabled",
          networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
        },
      },
      inside,
    );
    const key = new Key(
      `${name}-key`,
      {
        resourceGroupName,
        vaultName: vault.name,
        keyName,
        properties: {
          kty: "RSA",
          keySize: 3072,
          // No expiry: an account whose key has expired cannot read its own data.
          rotationPolicy: {
            lifetimeActions: [
              { action: { type: "rotate" }, trigger: { timeAfterCreate: `P${rotationDays}D` } },
            ],
          },
        },
      },
      inside,
    );
    this.vaultId = names.idOf(`Microsoft.KeyVault/vaults/${names.vault}`);
    this.grant = new RoleAssignment(
      `${name}-grant`,
      {
        roleAssignmentName: names.guid("key of the account"),
        scope: `${this.vaultId}/keys/${keyName}`,
        principalId: identity.principalId,
        principalType: "ServicePrincipal",
        roleDefinitionId: builtInRoleId(subscriptionId, "keyVaultCryptoUser"),
      },
      // Azure never changes who an assignment is for; its name is fixed, so the old one goes first.
      { parent: this, dependsOn: [key], deleteBeforeReplace: true },
    );
    this.vault = vault;
    this.vaultUri = `https://${names.vault}.vault.azure.net`;
    this.identityId = identity.id;
    this.identityClientId = identity.clientId;
    this.registerOutputs({ vaultUri: this.vaultUri, keyName });
  }
}

/** Key Vault rotates after 7 days at the earliest; shorter than 28 is the kit's own limit, longer no rotation. */
export function checkRotation(path: string, days: number): Problem[] {
  if (Number.isInteger(days) && days >= 28 && days <= 730) return [];
  return [{ path, reason: `${days} days; need a whole number from 28 to 730` }];
}
