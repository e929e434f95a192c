import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import { type ServicePlan, storePort } from "./plan.ts";

/** What an instance is told of the store. No secret. */
export interface StoreForService {
  /** `rediss://host:port` */
  readonly url: pulumi.Input<string>;
  readonly environment: Readonly<Record<string, string>>;
  /** Secret Cloud Run puts into `COWORK_STORE_PASSWORD`; absent where IAM signs in. */
  readonly passwordSecret: string | undefined;
  /** PEM of the authority of the store's certificate; absent where the system's own are enough. */
  readonly authority: pulumi.Input<string> | undefined;
  readonly ready: readonly pulumi.Resource[];
}

/**
 * A store of two nodes in two zones of the region that writes to disk before it answers. A node that restarts has lost
 * nothing. Copies between the nodes are made after the answer, so a zone that is lost in that moment may take the
 * last writes with it: docs/token-service-google.md says what follows.
 *
 * Creates: the network's policy that lets Memorystore make its endpoint, and the instance.
 * @see https://docs.cloud.google.com/memorystore/docs/valkey/about-aof-persistence
 * @see https://docs.cloud.google.com/memorystore/docs/valkey/about-iam-auth (looked up 2026-11-21)
 */
export function createdStore(
  name: string,
  plan: ServicePlan,
  args: {
    readonly network: string;
    readonly key: string;
    readonly nodeType: string;
    readonly deletionProtection: boolean;
    /** Whether the network's policy for Memorystore is somebody else's. */
    readonly connectionPolicyExists: boolean;
    /** What both resources wait for. */
    readonly after: readonly pulumi.Resource[];
  },
  opts: pulumi.CustomResourceOptions,
): StoreForService {
  const { projectId: project, region: location, names } = plan;
  const { network } = args;
  const after = { ...opts, dependsOn: [...args.after] };
  const policies = args.connectionPolicyExists
    ? []
    : [
        new gcp.networkconnectivity.ServiceConnectionPolicy(
          name,
          {
            project,
            location,
            name: `${names.base}-store`,
            description: "Lets Memorystore put the token service's store into the network",
            network,
            serviceClass: "gcp-memorystore",
            pscConfig: { subnetworks: [names.subnetwork] },
          },
          after,
        ),
      ];
  const instance = new gcp.memorystore.Instance(
    name,
    {
      project,
      location,
      instanceId: names.base,
      engineVersion: "VALKEY_8_0",
      // All keys of a geography are asked for together, so there is nothing to spread.
      mode: "CLUSTER_DISABLED",
      shardCount: 1,
      replicaCount: 1,
      nodeType: args.nodeType,
      zoneDistributionConfig: { mode: "MULTI_ZONE" },
      authorizationMode: "IAM_AUTH",
      transitEncryptionMode: "SERVER_AUTHENTICATION",
      kmsKey: args.key,
      persistenceConfig: { mode: "AOF", aofConfig: { appendFsync: "ALWAYS" } },
      // Full, it refuses what is new rather than forget who was revoked.
      engineConfigs: { "maxmemory-policy": "noeviction" },
      desiredAutoCreatedEndpoints: [{ network, projectId: project }],
      deletionProtectionEnabled: args.deletionProtection,
    },
    { ...opts, dependsOn: [...args.after, ...policies] },
  );
  return {
    url: instance.endpoints.apply(storeUrl),
    environment: { COWORK_STORE_AUTH: "google-iam", COWORK_STORE_USER: "default" },
    passwordSecret: undefined,
    authority: instance.managedServerCas.apply((cas) =>
      cas
        .flatMap(({ caCerts }) => caCerts.flatMap(({ certificates }) => certificates))
        .map((pem) => `${pem.trim()}\n`)
        .join(""),
    ),
    ready: [instance],
  };
}

type Endpoints = readonly gcp.types.output.memorystore.InstanceEndpoint[];

/** The primary's address: a reader would answer with what may be old. */
function storeUrl(endpoints: Endpoints): string {
  const made = endpoints
    .flatMap(({ connections = [] }) => connections)
    .flatMap(({ pscAutoConnection }) => (pscAutoConnection ? [pscAutoConnection] : []));
  const primary = made.find(({ connectionType }) => connectionType === "CONNECTION_TYPE_PRIMARY");
  if (primary === undefined) throw new Error("the created store has no endpoint of its primary");
  return `rediss://${primary.ipAddress}:${primary.port === 0 ? storePort : primary.port}`;
}
