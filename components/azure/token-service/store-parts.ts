import * as pulumi from "@pulumi/pulumi";

import type { StoreForApp } from "./app.ts";
import { grantOn, identityFor } from "./identities.ts";
import { vaultSecret } from "./ids.ts";
import { watch } from "./logs.ts";
import type { ServicePlan } from "./plan.ts";
import { privateEndpoint } from "./private-endpoint.ts";
import { createdStore } from "./store.ts";
import type { PrivateVault, SharedParts } from "./vault-parts.ts";

/** The store the app is told of. */
export interface PlacedStore extends StoreForApp {
  readonly url: pulumi.Output<string>;
  /** What the app waits for. */
  readonly ready: readonly pulumi.Resource[];
}

/** A store with its key, its record and the way to it; or the right to read the password of one that exists. */
export function placedStore(
  name: string,
  plan: ServicePlan,
  args: SharedParts & { readonly vault: PrivateVault | undefined },
  opts: pulumi.CustomResourceOptions,
): PlacedStore {
  const { resourceGroupName, network, service, workspaceId, vault } = args;
  const { store } = plan;
  if (store.kind === "existing") {
    const mayRead = grantOn(
      `${name}-password`,
      plan,
      {
        identity: service,
        role: "keyVaultSecretsUser",
        scope: store.passwordSecretId,
        purpose: "store password",
      },
      opts,
    );
    return {
      url: pulumi.output(store.url),
      environment: store.userName === undefined ? {} : { COWORK_STORE_USER: store.userName },
      passwordUrl: vaultSecret(store.passwordSecretId)?.url,
      ready: [mayRead],
    };
  }
  const key = vault?.storeKey;
  if (key === undefined) throw new Error("a created store needs a key");
  const identity = identityFor(name, plan, { part: "store", resourceGroupName }, opts);
  const grant = grantOn(
    `${name}-encrypt`,
    plan,
    {
      identity,
      role: "keyVaultCryptoServiceEncryptionUser",
      scope: key.scope,
      purpose: "store key",
      after: [key.key],
    },
    opts,
  );
  const made = createdStore(
    name,
    plan,
    {
      resourceGroupName,
      sku: store.sku ?? "Balanced_B3",
      service,
      key: { uri: key.versionedUri, identity, grant },
    },
    opts,
  );
  const logged = watch(
    `${name}-logs`,
    {
      workspaceId,
      resourceUri: made.databaseId,
      categories: ["ConnectionEvents"],
      after: made.database,
    },
    opts,
  );
  const way = privateEndpoint(
    `${name}-endpoint`,
    plan,
    {
      to: "store",
      resourceId: made.clusterId,
      // A cluster takes one change at a time; this is the last one before.
      resource: made.signIn,
      network,
      resourceGroupName,
    },
    opts,
  );
  return {
    url: made.url,
    // Entra's name of the service is its object id.
    environment: { COWORK_STORE_AUTH: "entra", COWORK_STORE_USER: service.principalId },
    passwordUrl: undefined,
    ready: [made.signIn, logged, ...way],
  };
}
