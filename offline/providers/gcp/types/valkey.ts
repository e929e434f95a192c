import type { ResourceType } from "../../shared/resource-type.ts";
import { cryptoKey, dnsLabel, oneOf, region } from "../rules.ts";

/** An authority that signed nothing: text of the right shape for whoever reads it. */
const authority =
  "-----BEGIN CERTIFICATE-----\nT2ZmbGluZTogbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----";

/** Memorystore for Valkey and what lets it into a network. Source: the Terraform Google provider's schemas. */
export const valkeyTypes: Readonly<Record<string, ResourceType>> = {
  "networkconnectivity/ServiceConnectionPolicy": {
    id: "projects/{project}/locations/{location}/serviceConnectionPolicies/{name}",
    replaceOn: ["name", "network", "serviceClass"],
    computed: { infrastructure: "PSC" },
    rules: [
      dnsLabel("name"),
      region("location"),
      {
        rule: "matches",
        at: "network",
        pattern: /(^|\/)projects\/[^/]+\/global\/networks\/[^/]+$/,
        wanted: "a network: projects/P/global/networks/N",
      },
      {
        // https://docs.cloud.google.com/vpc/docs/about-service-connectivity-automation
        rule: "matches",
        at: "serviceClass",
        pattern: /^[a-z][a-z0-9-]+$/,
        wanted: "a class of services, as gcp-memorystore",
      },
      { rule: "count", at: "pscConfig.subnetworks", min: 1, max: 1 },
    ],
  },
  "memorystore/Instance": {
    id: "projects/{project}/locations/{location}/instances/{instanceId}",
    replaceOn: [
      ...["instanceId", "authorizationMode", "transitEncryptionMode", "kmsKey", "mode"],
      ...["zoneDistributionConfig", "desiredAutoCreatedEndpoints", "desiredPscAutoConnections"],
      ...["gcsSource", "managedBackupSource"],
    ],
    defaults: { deletionProtectionEnabled: true },
    computed: {
      authorizationMode: "AUTH_DISABLED",
      endpoints: [
        {
          connections: ["PRIMARY", "READER"].map((kind) => ({
            pscAutoConnection: {
              connectionType: `CONNECTION_TYPE_${kind}`,
              forwardingRule: "projects/{project}/regions/{location}/forwardingRules/ssc-{hex:12}",
              ipAddress: kind === "PRIMARY" ? "10.255.0.2" : "10.255.0.3",
              network: "projects/{project}/global/networks/offline",
              port: 6379,
              projectId: "{project}",
              pscConnectionId: "{decimal:17}",
              serviceAttachment:
                "projects/offline-tp/regions/{location}/serviceAttachments/gcp-memorystore-{hex:12}",
            },
          })),
        },
      ],
      engineVersion: "VALKEY_8_0",
      managedServerCas: [{ caCerts: [{ certificates: [authority] }] }],
      mode: "CLUSTER",
      name: "{id}",
      nodeType: "HIGHMEM_MEDIUM",
      replicaCount: 0,
      state: "ACTIVE",
      transitEncryptionMode: "TRANSIT_ENCRYPTION_DISABLED",
      uid: "{uuid}",
    },
    rules: [
      {
        // The provider's own description of the input (9.37.0, read 2026-11-21).
        rule: "matches",
        at: "instanceId",
        pattern: /^(?=.{4,63}$)[a-z0-9][a-z0-9-]*[a-z0-9]$/,
        wanted: "an id: 4 to 63 lower-case letters, digits and hyphens, no hyphen first or last",
      },
      region("location"),
      cryptoKey("kmsKey"),
      oneOf("authorizationMode", "AUTH_DISABLED", "IAM_AUTH"),
      oneOf("transitEncryptionMode", "TRANSIT_ENCRYPTION_DISABLED", "SERVER_AUTHENTICATION"),
      oneOf("mode", "CLUSTER", "CLUSTER_DISABLED"),
      oneOf("persistenceConfig.mode", "DISABLED", "RDB", "AOF"),
      oneOf("persistenceConfig.aofConfig.appendFsync", "NEVER", "EVERY_SEC", "ALWAYS"),
      oneOf("zoneDistributionConfig.mode", "MULTI_ZONE", "SINGLE_ZONE"),
      { rule: "range", at: "replicaCount", min: 0, max: 5 },
      { rule: "range", at: "shardCount", min: 1, max: 250 },
      { rule: "atMostOne", of: ["desiredAutoCreatedEndpoints", "desiredPscAutoConnections"] },
    ],
  },
};
