import type { ResourceType } from "../../shared/resource-type.ts";
import type { Rule } from "../../shared/rules.ts";
import { cryptoKey, location, oneOf } from "../rules.ts";

const id = (at: string, pattern: RegExp, wanted: string): Rule => ({
  rule: "matches",
  at,
  pattern,
  wanted,
});

const sink: readonly Rule[] = [
  id("name", /^[\w.-]{1,100}$/, "a sink name: 1 to 100 letters, digits and _ . -"),
  id(
    "destination",
    /^(storage|bigquery|pubsub|logging)\.googleapis\.com\/.+$/,
    "a destination: storage, bigquery, pubsub or logging, then .googleapis.com/ and a name",
  ),
];

/** Cloud Logging and Monitoring. Source: the Terraform Google provider's schemas. */
export const loggingTypes: Readonly<Record<string, ResourceType>> = {
  "logging/ProjectBucketConfig": {
    id: "projects/{project}/locations/{location}/buckets/{bucketId}",
    replaceOn: ["bucketId"],
    defaults: { retentionDays: 30 },
    computed: { description: "", lifecycleState: "ACTIVE", name: "{id}" },
    rules: [
      location("location"),
      id("bucketId", /^[\w.-]{1,100}$/, "a bucket id: 1 to 100 letters, digits and _ . -"),
      // https://docs.cloud.google.com/logging/docs/buckets
      { rule: "range", at: "retentionDays", min: 1, max: 3650 },
      cryptoKey("cmekSettings.kmsKeyName"),
    ],
  },
  "logging/ProjectExclusion": {
    id: "projects/{project}/exclusions/{name}",
    replaceOn: ["name"],
    computed: {},
    // https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.exclusions
    rules: [id("name", /^[\w.-]{1,100}$/, "an exclusion name: 1 to 100 letters, digits and _ . -")],
  },
  "logging/ProjectSink": {
    id: "projects/{project}/sinks/{name}",
    replaceOn: ["name", "uniqueWriterIdentity"],
    defaults: { uniqueWriterIdentity: true },
    computed: { writerIdentity: "{sinkWriter}" },
    rules: sink,
  },
  "logging/FolderSink": {
    id: "folders/{folderNumber}/sinks/{name}",
    replaceOn: ["name", "folder", "includeChildren"],
    defaults: { includeChildren: false, interceptChildren: false },
    computed: {
      writerIdentity:
        "serviceAccount:service-folder-{folderNumber}@gcp-sa-logging.iam.gserviceaccount.com",
    },
    rules: sink,
  },
  "logging/OrganizationSink": {
    id: "organizations/{organizationNumber}/sinks/{name}",
    replaceOn: ["name", "orgId", "includeChildren"],
    defaults: { includeChildren: false, interceptChildren: false },
    computed: {
      writerIdentity:
        "serviceAccount:service-org-{organizationNumber}@gcp-sa-logging.iam.gserviceaccount.com",
    },
    rules: sink,
  },
  "logging/LogView": {
    id: "{logBucket}/views/{name}",
    replaceOn: ["bucket", "name", "parent"],
    computed: { location: "", parent: "" },
    rules: [id("name", /^[\w.-]{1,100}$/, "a view name: 1 to 100 letters, digits and _ . -")],
  },
  "logging/LinkedDataset": {
    id: "{logBucket}/links/{linkId}",
    replaceOn: ["bucket", "linkId", "parent", "description"],
    computed: { lifecycleState: "ACTIVE", location: "", name: "{id}", parent: "" },
    rules: [id("linkId", /^\w{1,100}$/, "a link id: 1 to 100 letters, digits and underscores")],
  },
  "logging/Metric": {
    id: "{name}",
    replaceOn: ["name"],
    computed: { metricDescriptor: { metricKind: "DELTA", valueType: "INT64" } },
    rules: [
      id("name", /^[^\s]{1,100}$/, "a metric name: 1 to 100 characters without spaces"),
      oneOf("metricDescriptor.metricKind", "DELTA", "GAUGE", "CUMULATIVE"),
      oneOf(
        "metricDescriptor.valueType",
        ...["BOOL", "INT64", "DOUBLE", "STRING", "DISTRIBUTION", "MONEY"],
      ),
    ],
  },
  "monitoring/AlertPolicy": {
    id: "projects/{project}/alertPolicies/{decimal:19}",
    replaceOn: [],
    defaults: { enabled: true },
    computed: { name: "{id}" },
    rules: [
      oneOf("combiner", "AND", "OR", "AND_WITH_MATCHING_RESOURCE"),
      oneOf("severity", "CRITICAL", "ERROR", "WARNING"),
      { rule: "count", at: "conditions", min: 1, max: 6 },
    ],
  },
};
