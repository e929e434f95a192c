import type { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import { AccessPolicyAssignment } from "@pulumi/azure-native/redisenterprise/accessPolicyAssignment.js";
import { Database } from "@pulumi/azure-native/redisenterprise/database.js";
import { RedisEnterprise } from "@pulumi/azure-native/redisenterprise/redisEnterprise.js";
import type * as pulumi from "@pulumi/pulumi";

import { type ServicePlan, storePort } from "./plan.ts";

/** A store that was made. */
export interface CreatedStore {
  /** `rediss://host:port` */
  readonly url: pulumi.Output<string>;
  /** Resource id, plain. */
  readonly clusterId: string;
  readonly databaseId: string;
  readonly database: pulumi.Resource;
  /** Before it nobody signs in. */
  readonly signIn: pulumi.Resource;
}

/**
 * Two nodes, TLS 1.2, sign-in by Entra with access keys off, no public access, disks under a key of the company's, and
 * every write on disk within a second. A node that fails loses nothing its twin has; when both fail, what was
 * acknowledged within the last second may be lost, a revocation among it. Azure's API still knows `always`, and says of
 * it that it is deprecated (2025-07-01).
 *
 * @see https://learn.microsoft.com/azure/redis/how-to-persistence
 * @see https://learn.microsoft.com/azure/redis/entra-for-authentication (looked up 2026-11-21)
 */
export function createdStore(
  name: string,
  plan: ServicePlan,
  args: {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly sku: string;
    /** What the service signs in as. */
    readonly service: UserAssignedIdentity;
    readonly key: {
      readonly uri: pulumi.Input<string>;
      readonly identity: UserAssignedIdentity;
      /** Without it Azure refuses the encryption. */
      readonly grant: pulumi.Resource;
    };
  },
  opts: pulumi.CustomResourceOptions,
): CreatedStore {
  const { names, region } = plan;
  const { key } = args;
  // Plain, so that a preview sees which group of the stack its parts are in; they wait for the cluster by its name.
  const resourceGroupName = names.resourceGroup;
  const cluster = new RedisEnterprise(
    name,
    {
      resourceGroupName: args.resourceGroupName,
      location: region,
      clusterName: names.store,
      sku: { name: args.sku },
      highAvailability: "Enabled",
      minimumTlsVersion: "1.2",
      publicNetworkAccess: "Disabled",
      identity: { type: "UserAssigned", userAssignedIdentities: [key.identity.id] },
      encryption: {
        customerManagedKeyEncryption: {
          keyEncryptionKeyUrl: key.uri,
          keyEncryptionKeyIdentity: {
            identityType: "userAssignedIdentity",
            userAssignedIdentityResourceId: key.identity.id,
          },
        },
      },
    },
    { ...opts, dependsOn: [key.grant] },
  );
  const database = new Database(
    name,
    {
      resourceGroupName,
      clusterName: cluster.name,
      databaseName: "default",
      accessKeysAuthentication: "Disabled",
      clientProtocol: "Encrypted",
      // All keys of a geography are asked for together: one shard, and a client that knows of none.
      clusteringPolicy: "NoCluster",
      // Full, it refuses what is new rather than forget who was revoked.
      evictionPolicy: "NoEviction",
      persistence: { aofEnabled: true, aofFrequency: "1s", rdbEnabled: false },
      port: storePort,
    },
    opts,
  );
  const signIn = new AccessPolicyAssignment(
    name,
    {
      resourceGroupName,
      clusterName: cluster.name,
      databaseName: database.name,
      accessPolicyAssignmentName: "tokenservice",
      // The only one there is; it allows every command.
      accessPolicyName: "default",
      user: { objectId: args.service.principalId },
    },
    { ...opts, dependsOn: [database] },
  );
  const clusterId = names.idOf(`Microsoft.Cache/redisEnterprise/${names.store}`);
  return {
    url: cluster.hostName.apply((host) => `rediss://${host}:${storePort}`),
    clusterId,
    databaseId: `${clusterId}/databases/default`,
    database,
    signIn,
  };
}
