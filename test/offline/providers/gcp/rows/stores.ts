import type { Row } from "./row.ts";

const ring = "projects/cowork-eu/locations/europe-west1/keyRings/cowork";
const key = `${ring}/cryptoKeys/logs`;
const bucket = "projects/cowork-eu/locations/eu/buckets/claude";
const member = "serviceAccount:a@b.iam.gserviceaccount.com";
const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

/** Keys, logs, data and services. */
export const storeRows: Readonly<Record<string, Row>> = {
  "kms/KeyRing": [{ name: "cowork", location: "europe-west1" }, ring, { project: "cowork-eu" }],
  "kms/CryptoKey": [
    { name: "logs", keyRing: ring, rotationPeriod: "7776000s" },
    key,
    {
      destroyScheduledDuration: "2592000s",
      primaries: [{ name: `${key}/cryptoKeyVersions/1`, state: "ENABLED" }],
      purpose: "ENCRYPT_DECRYPT",
    },
  ],
  "kms/CryptoKeyIAMMember": [{ cryptoKeyId: key, member, role }, `${key}/${role}/${member}`, {}],
  "kms/CryptoKeyIAMBinding": [{ cryptoKeyId: key, members: [member], role }, `${key}/${role}`, {}],
  "kms/EkmConnection": [
    {
      name: "outside",
      location: "europe-west1",
      serviceResolvers: [
        {
          serviceDirectoryService: "s",
          hostname: "ekm.example.com",
          serverCertificates: [{ rawDer: "" }],
        },
      ],
    },
    "projects/cowork-eu/locations/europe-west1/ekmConnections/outside",
    { keyManagementMode: "MANUAL" },
  ],
  "kms/KeyRingIAMMember": [{ keyRingId: ring, member, role }, `${ring}/${role}/${member}`, {}],
  "kms/AutokeyConfig": [
    { folder: "folders/7", keyProject: "projects/cowork-keys" },
    "folders/7/autokeyConfig",
    {},
  ],
  "logging/ProjectBucketConfig": [
    { project: "cowork-eu", location: "eu", bucketId: "claude" },
    bucket,
    { lifecycleState: "ACTIVE", name: "{id}", retentionDays: 30 },
  ],
  "logging/ProjectExclusion": [
    { name: "calls", filter: "true" },
    "projects/cowork-eu/exclusions/calls",
    { project: "cowork-eu" },
  ],
  "logging/ProjectSink": [
    { name: "claude", destination: "storage.googleapis.com/cowork-eu-logs" },
    "projects/cowork-eu/sinks/claude",
    {
      uniqueWriterIdentity: true,
      writerIdentity: "serviceAccount:service-934827158857@gcp-sa-logging.iam.gserviceaccount.com",
    },
  ],
  "logging/FolderSink": [
    { name: "claude", folder: "folders/7", destination: "storage.googleapis.com/logs" },
    "folders/7/sinks/claude",
    {
      includeChildren: false,
      writerIdentity: "serviceAccount:service-folder-7@gcp-sa-logging.iam.gserviceaccount.com",
    },
  ],
  "logging/OrganizationSink": [
    { name: "claude", orgId: "1", destination: "storage.googleapis.com/logs" },
    "organizations/1/sinks/claude",
    { writerIdentity: "serviceAccount:service-org-1@gcp-sa-logging.iam.gserviceaccount.com" },
  ],
  "logging/LogView": [{ name: "claude", bucket }, `${bucket}/views/claude`, {}],
  "logging/LinkedDataset": [
    { bucket: "claude", linkId: "claude", location: "eu", parent: "projects/cowork-eu" },
    `${bucket}/links/claude`,
    { name: "{id}" },
  ],
  "logging/Metric": [{ name: "calls", filter: "true" }, "calls", { project: "cowork-eu" }],
  "monitoring/AlertPolicy": [
    {
      combiner: "OR",
      displayName: "calls",
      conditions: [{ displayName: "one", conditionMatchedLog: { filter: "true" } }],
    },
    /^projects\/cowork-eu\/alertPolicies\/[1-9]\d{18}$/,
    { enabled: true, name: "{id}" },
  ],
  "bigquery/Dataset": [
    { datasetId: "claude" },
    "projects/cowork-eu/datasets/claude",
    { location: "US", project: "cowork-eu" },
  ],
  "bigquery/DatasetAccess": [
    { datasetId: "claude", role: "READER", userByEmail: "a@example.com" },
    "projects/cowork-eu/datasets/claude",
    {},
  ],
  "bigquery/DatasetIamMember": [
    { datasetId: "claude", member, role },
    `projects/cowork-eu/datasets/claude/${role}/${member}`,
    {},
  ],
  "bigquery/Table": [
    { datasetId: "claude", tableId: "requests" },
    "projects/cowork-eu/datasets/claude/tables/requests",
    { deletionProtection: true, type: "TABLE" },
  ],
  "storage/Bucket": [
    { name: "cowork-eu-logs", location: "EU" },
    "cowork-eu-logs",
    { projectNumber: 934827158857, storageClass: "STANDARD", url: "gs://cowork-eu-logs" },
  ],
  "storage/BucketIAMBinding": [
    { bucket: "cowork-eu-logs", members: [member], role },
    `b/cowork-eu-logs/${role}`,
    {},
  ],
  "storage/BucketIAMMember": [
    { bucket: "cowork-eu-logs", member, role },
    `b/cowork-eu-logs/${role}/${member}`,
    {},
  ],
  "pubsub/Topic": [{ name: "alerts" }, "projects/cowork-eu/topics/alerts", {}],
  "secretmanager/Secret": [
    { secretId: "client", replication: { auto: {} } },
    "projects/cowork-eu/secrets/client",
    { name: "projects/934827158857/secrets/client" },
  ],
  "vertex/AiModelGardenEnableModel": [
    { publisherModelName: "publishers/anthropic/models/claude-opus-5-5" },
    "projects/cowork-eu/publishers/anthropic/models/claude-opus-5-5",
    { project: "cowork-eu" },
  ],
  "vertex/AiCacheConfig": [{ disableCache: true }, "projects/cowork-eu/cacheConfig", {}],
  "serviceusage/ConsumerQuotaOverride": [
    { service: "aiplatform.googleapis.com", metric: "m", limit: "l", overrideValue: "100" },
    /^projects\/cowork-eu\/services\/aiplatform\.googleapis\.com\/consumerQuotaMetrics\/m\/limits\/l\/consumerOverrides\/[0-9a-f]{16}$/,
    {},
  ],
  "vertex/AiEndpoint": [
    { name: "7", displayName: "seven", location: "europe-west1" },
    "projects/cowork-eu/locations/europe-west1/endpoints/7",
    {},
  ],
  "cloudrunv2/Service": [
    { name: "gateway", location: "europe-west1", template: { containers: [{ image: "gateway" }] } },
    "projects/cowork-eu/locations/europe-west1/services/gateway",
    { deletionProtection: true, uri: "https://gateway-934827158857.europe-west1.run.app" },
  ],
};
