import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ServicePlan } from "./plan.ts";
import { storePort } from "./ports.ts";

/**
 * A store that keeps what it acknowledged: MemoryDB writes to a log in several zones before it answers, so a
 * revocation survives the loss of a zone. One shard, because all keys of a geography lie in one slot.
 *
 * Creates: a subnet group, a user that signs in with IAM, an access list, parameters by which nothing is forgotten when
 * the store is full, and a cluster of two nodes with TLS.
 *
 * @returns its address, `rediss://host:port`
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
): pulumi.Output<string> {
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
  const parameters = new aws.memorydb.ParameterGroup(
    name,
    {
      region,
      name: names.shortName,
      description: `Keeps what the cowork token service of ${geography} revoked`,
      family: "memorydb_valkey7",
      // A full store refuses writes, and with them tokens, instead of dropping a revocation to make room.
      parameters: [{ name: "maxmemory-policy", value: "noeviction" }],
    },
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
      parameterGroupName: parameters.name,
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
  return cluster.clusterEndpoints.apply(([endpoint]) => storeUrl(endpoint));
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
