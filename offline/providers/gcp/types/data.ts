import type { ResourceType } from "../../shared/resource-type.ts";
import type { Rule } from "../../shared/rules.ts";
import { anyCaseLocation, cryptoKey, oneOf } from "../rules.ts";

const datasetId: Rule = {
  // https://docs.cloud.google.com/bigquery/docs/datasets
  rule: "matches",
  at: "datasetId",
  pattern: /^\w{1,1024}$/,
  wanted: "a dataset id: letters, digits and underscores",
};

/** BigQuery, Cloud Storage and Pub/Sub. Source: the Terraform Google provider's schemas. */
export const dataTypes: Readonly<Record<string, ResourceType>> = {
  "bigquery/Dataset": {
    id: "projects/{project}/datasets/{datasetId}",
    replaceOn: ["datasetId", "externalDatasetReference"],
    defaults: { deleteContentsOnDestroy: false, location: "US" },
    computed: {
      accesses: [{ role: "OWNER", specialGroup: "projectOwners" }],
      maxTimeTravelHours: "168",
      selfLink: "https://bigquery.googleapis.com/bigquery/v2/{id}",
      storageBillingModel: "LOGICAL",
    },
    rules: [
      datasetId,
      anyCaseLocation("location"),
      cryptoKey("defaultEncryptionConfiguration.kmsKeyName"),
      { rule: "range", at: "defaultTableExpirationMs", min: 3_600_000, max: 2 ** 53 },
      oneOf("storageBillingModel", "LOGICAL", "PHYSICAL"),
    ],
  },
  "bigquery/DatasetAccess": {
    id: "projects/{project}/datasets/{datasetId}",
    replaceOn: [
      ...["datasetId", "authorizedDataset", "condition", "domain", "groupByEmail"],
      ...["iamMember", "role", "routine", "specialGroup", "userByEmail", "view"],
    ],
    rules: [
      datasetId,
      {
        rule: "exactlyOne",
        of: [
          ...["userByEmail", "groupByEmail", "domain", "specialGroup", "iamMember", "view"],
          ...["authorizedDataset", "routine"],
        ],
      },
    ],
  },
  "bigquery/Table": {
    id: "projects/{project}/datasets/{datasetId}/tables/{tableId}",
    replaceOn: ["datasetId", "tableId", "rangePartitioning", "encryptionConfiguration"],
    defaults: { deletionProtection: true },
    json: ["schema"],
    computed: {
      selfLink: "https://bigquery.googleapis.com/bigquery/v2/{id}",
      type: "TABLE",
    },
    rules: [datasetId, cryptoKey("encryptionConfiguration.kmsKeyName")],
  },
  "storage/Bucket": {
    id: "{name}",
    replaceOn: [
      ...["name", "customPlacementConfig", "enableObjectRetention", "hierarchicalNamespace"],
    ],
    autoName: { input: "name", maxLength: 222 },
    defaults: { forceDestroy: false, storageClass: "STANDARD" },
    computed: {
      publicAccessPrevention: "inherited",
      rpo: "DEFAULT",
      selfLink: "https://www.googleapis.com/storage/v1/b/{name}",
      softDeletePolicy: {
        effectiveTime: "2026-01-01T00:00:00Z",
        // 7 days. https://docs.cloud.google.com/storage/docs/soft-delete
        retentionDurationSeconds: 604_800,
      },
      url: "gs://{name}",
      versioning: { enabled: false },
      website: {},
    },
    rules: [
      {
        // https://docs.cloud.google.com/storage/docs/buckets#naming
        rule: "matches",
        at: "name",
        pattern: /^(?!goog)(?!.*google)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
        wanted:
          "a bucket name: 3 to 63 lower-case letters, digits, hyphens, underscores and dots, without google",
      },
      anyCaseLocation("location"),
      cryptoKey("encryption.defaultKmsKeyName"),
      oneOf("publicAccessPrevention", "inherited", "enforced"),
      oneOf(
        "storageClass",
        ...["STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE", "MULTI_REGIONAL", "REGIONAL"],
      ),
      oneOf("rpo", "DEFAULT", "ASYNC_TURBO"),
    ],
  },
  "pubsub/Topic": {
    id: "projects/{project}/topics/{name}",
    replaceOn: ["name", "tags"],
    computed: { messageStoragePolicy: { allowedPersistenceRegions: [] } },
    rules: [
      {
        // https://docs.cloud.google.com/pubsub/docs/pubsub-basics#resource_names
        rule: "matches",
        at: "name",
        pattern: /^(?!goog)[A-Za-z][\w.~+%-]{2,254}$/,
        wanted:
          "a topic name: 3 to 255 letters, digits and - . _ ~ % +, and not beginning with goog",
      },
      cryptoKey("kmsKeyName"),
      { rule: "seconds", at: "messageRetentionDuration", min: 600, max: 2_678_400 },
    ],
  },
};
