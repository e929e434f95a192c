import type { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import type * as pulumi from "@pulumi/pulumi";

import { grantOn } from "./identities.ts";
import { watch } from "./logs.ts";
import type { PlacedNetwork } from "./network.ts";
import type { ServicePlan } from "./plan.ts";
import { privateEndpoint } from "./private-endpoint.ts";
import { type CreatedKey, serviceVault } from "./vault.ts";

/** What every part stands in and reports to. */
export interface SharedParts {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly network: PlacedNetwork;
  readonly service: UserAssignedIdentity;
  readonly workspaceId: string;
}

export interface PrivateVault {
  /** Identifier of the version the service signs with; absent unless it signs. */
  readonly signingKeyUri: pulumi.Output<string> | undefined;
  /** What the store's disks are under; absent for a store of the company's own. */
  readonly storeKey: CreatedKey | undefined;
  /** What the app waits for. */
  readonly ready: readonly pulumi.Resource[];
}

/** The vault with its record, and for signing the right to and the way there. `undefined` where no key is needed. */
export function privateVault(
  name: string,
  plan: ServicePlan,
  { resourceGroupName, network, service, workspaceId }: SharedParts,
  opts: pulumi.CustomResourceOptions,
): PrivateVault | undefined {
  const made = serviceVault(name, plan, { resourceGroupName }, opts);
  if (made === undefined) return undefined;
  const { vault, vaultId, signing } = made;
  const logged = watch(
    `${name}-logs`,
    { workspaceId, resourceUri: vaultId, categories: ["AuditEvent"], after: vault },
    opts,
  );
  if (signing === undefined) {
    return { signingKeyUri: undefined, storeKey: made.store, ready: [logged] };
  }
  const maySign = grantOn(
    `${name}-sign`,
    plan,
    {
      identity: service,
      role: "keyVaultCryptoUser",
      scope: signing.scope,
      purpose: "signing key",
      after: [signing.key],
    },
    opts,
  );
  const way = privateEndpoint(
    `${name}-endpoint`,
    plan,
    { to: "vault", resourceId: vaultId, resource: vault, network, resourceGroupName },
    opts,
  );
  return {
    signingKeyUri: signing.versionedUri,
    storeKey: made.store,
    ready: [logged, maySign, ...way],
  };
}
