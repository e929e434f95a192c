import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ServicePlan } from "./plan.ts";
import { storePort } from "./ports.ts";

/** What a task is told of the store. No secret. */
export interface StoreForTask {
  /** `rediss://host:port` */
  readonly url: pulumi.Input<string>;
  readonly environment: Readonly<Record<string, string>>;
  /** Secret that ECS puts into `COWORK_STORE_PASSWORD`; absent where IAM signs in. */
  readonly passwordSecretArn: string | undefined;
}

/**
 * A store that keeps what it acknowledged: MemoryDB writes to a log in several zones before it answers, so a
 * revocation survives the loss of a zone. One shard, because all keys of a geography lie in one slot.
 *
 * Creates: a subnet group, a user that signs in with IAM, an access list, and a cluster of two nodes with TLS.
 * @see https://docs.aws.amazon.com/memorydb/latest/devguide/what-is-memorydb.html
 * @see https://docs.aws.amazon.com/memorydb/latest/devguide/auth-iam.html (looked up 2026-11-21)
 */
export function createdStore(
  name: string,
  plan: ServicePlan,
  args: {
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly securityGroupId: pulumi.Input<string>;
    readonly kmsKeyArn: pulumi.Input<string>;
    readonly nodeType: string;
  },
  opts: pulumi.CustomResourceOptions,
): StoreForTask {
  const { place, names, geography } = plan;
  const { region } = place;
  const subnets = new aws.memorydb.SubnetGroup(
    name,
    {
      region,
      name: names.shortName,
      description: `Private subnets of the cowork token service of ${geography}`,
      subnetIds: [...args.subnetIds],
    },
    opts,
  );
  const user = new aws.memorydb.User(
    name,
    {
      region,
      userName: names.storeUser,
      accessString: storeAccess(geography),
      // No password: a token signed with the task's own credentials takes its place.
      authenticationMode: { type: "iam" },
    },
    opts,
  );
  const acl = new aws.memorydb.Acl(
    name,
    { region, name: names.shortName, userNames: [user.userName] },
    opts,
  );
  const cluster = new aws.memorydb.Cluster(
    name,
    {
      region,
      name: names.shortName,
      description: `Replay and revocation of the cowork token service of ${geography}`,
      engine: "valkey",
      engineVersion: "7.3",
      nodeType: args.nodeType,
      numShards: 1,
      numReplicasPerShard: 1,
      aclName: acl.name,
      subnetGroupName: subnets.name,
      securityGroupIds: [args.securityGroupId],
      tlsEnabled: true,
      kmsKeyArn: args.kmsKeyArn,
      port: storePort,
      autoMinorVersionUpgrade: true,
      // The log already keeps what was acknowledged; this is against somebody emptying the store.
      snapshotRetentionLimit: 1,
    },
    opts,
  );
  return {
    url: cluster.clusterEndpoints.apply(([endpoint]) => storeUrl(endpoint)),
    environment: {
      COWORK_STORE_AUTH: "aws-memorydb-iam",
      COWORK_STORE_CLUSTER: names.shortName,
      COWORK_STORE_USER: names.storeUser,
    },
    passwordSecretArn: undefined,
  };
}

/**
 * @throws Error when the cluster has no endpoint.
 */
function storeUrl(endpoint: { readonly address: string; readonly port: number } | undefined) {
  if (endpoint === undefined) throw new Error("the created store has no endpoint");
  return `rediss://${endpoint.address}:${endpoint.port}`;
}

/**
 * The keys of one geography, and commands on data, scripts and the connection: nothing that configures, dumps
 * or empties the store.
 */
export function storeAccess(geography: string): string {
  return `on ~{cowork:${geography}}:* resetchannels -@all +@read +@write +@scripting +@connection +@transaction +time +info +cluster|slots +cluster|shards +cluster|nodes +command -flushall -flushdb -swapdb -keys -randomkey -scan`;
}
