import { Account } from "@pulumi/azure-native/cognitiveservices/account.js";
import * as pulumi from "@pulumi/pulumi";

import type { AccountKey } from "./customer-key.ts";
import type { FoundryPlace } from "./place.ts";

/** Arguments of {@link FoundryAccount}. */
export interface FoundryAccountArgs {
  readonly place: FoundryPlace;
  readonly key: AccountKey;
}

/**
 * The Foundry resource: no keys, no public address, no calls out of it, and the company's key around what it
 * stores. The custom subdomain cannot be changed later, and Entra sign-in and private endpoints need it.
 *
 * Creates: the account. Its encryption with a customer-managed key cannot be reverted.
 *
 * @see https://learn.microsoft.com/azure/foundry/how-to/configure-private-link (2026-03-12)
 */
export class FoundryAccount extends pulumi.ComponentResource {
  /** Resource id, plain. */
  readonly accountId: string;
  /** Name and custom subdomain, plain. */
  readonly accountName: string;
  /** What everything on the account waits for. */
  readonly account: pulumi.Resource;

  constructor(name: string, args: FoundryAccountArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:FoundryAccount", name, {}, opts);
    const { key, place } = args;
    const { resourceGroupName, region, names } = place;
    this.accountName = names.account;
    this.accountId = names.idOf(`Microsoft.CognitiveServices/accounts/${names.account}`);
    const properties = {
      customSubDomainName: names.account,
      disableLocalAuth: true,
      publicNetworkAccess: "Disabled",
      networkAcls: { defaultAction: "Deny", bypass: "None", ipRules: [], virtualNetworkRules: [] },
      restrictOutboundNetworkAccess: true,
      allowedFqdnList: [],
      encryption: {
        keySource: "Microsoft.KeyVault",
        // Without a version, so that a rotated key is taken up.
        keyVaultProperties: {
          keyVaultUri: key.vaultUri,
          keyName: key.keyName,
          identityClientId: key.identityClientId,
        },
      },
    };
    this.account = new Account(
      name,
      {
        resourceGroupName,
        location: region,
        accountName: names.account,
        kind: "AIServices",
        sku: { name: "S0" },
        identity: { type: "UserAssigned", userAssignedIdentities: [key.identityId] },
        properties,
      },
      {
        parent: this,
        dependsOn: [key.grant],
        // The SDK waits for the identity before it hands over any of the properties, so a first preview could
        // prove none of them: handed over as they are, only the identity's id is unknown.
        transformations: [
          ({ props, opts: given }) => ({ props: { ...props, properties }, opts: given }),
        ],
      },
    );
    this.registerOutputs({ accountId: this.accountId, accountName: this.accountName });
  }
}
