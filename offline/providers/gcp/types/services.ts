import type { ResourceType } from "../../shared/resource-type.ts";
import type { Rule } from "../../shared/rules.ts";
import { cryptoKey, dnsLabel, oneOf, region } from "../rules.ts";

/** Agent Platform, Secret Manager and Cloud Run. Source: the Terraform Google provider's schemas. */
export const serviceTypes: Readonly<Record<string, ResourceType>> = {
  "vertex/AiModelGardenEnableModel": {
    id: "projects/{project}/{publisherModelName}",
    replaceOn: ["publisherModelName"],
    computed: {
      enablementState: "ENABLEMENT_STATE_SUCCEEDED",
      publisherEndpoint: "projects/{project}/locations/global/{publisherModelName}",
    },
    rules: [
      {
        rule: "matches",
        at: "publisherModelName",
        pattern: /^publishers\/[^/]+\/models\/[^/]+$/,
        wanted: "a model: publishers/PUBLISHER/models/MODEL",
      },
    ],
  },
  "vertex/AiCacheConfig": {
    id: "projects/{project}/cacheConfig",
    replaceOn: [],
    computed: { name: "{id}" },
  },
  "serviceusage/ConsumerQuotaOverride": {
    id: "projects/{project}/services/{service}/consumerQuotaMetrics/{metric}/limits/{limit}/consumerOverrides/{hex:16}",
    replaceOn: ["service", "metric", "limit", "dimensions"],
    computed: { name: "{hex:16:id}" },
    rules: [
      {
        rule: "matches",
        at: "overrideValue",
        pattern: /^-?\d+$/,
        wanted: "a whole number, as text",
      },
    ],
  },
  "assuredworkloads/Workload": {
    id: "organizations/{organization}/locations/{location}/workloads/{hex:16}",
    replaceOn: [
      ...["complianceRegime", "organization", "billingAccount", "kmsSettings", "partner"],
      ...["enableSovereignControls", "provisionedResourcesParent", "resourceSettings"],
    ],
    computed: { kajEnrollmentState: "KEY_ACCESS_TRANSPARENCY_OFF", name: "{hex:16:id}" },
    rules: [
      region("location"),
      {
        rule: "matches",
        at: "displayName",
        pattern: /^.{4,30}$/,
        wanted: "a display name of 4 to 30 characters",
      },
    ],
  },
  "vertex/AiEndpoint": {
    id: "projects/{project}/locations/{location}/endpoints/{name}",
    replaceOn: ["name", "network", "encryptionSpec"],
    json: ["trafficSplit"],
    computed: {
      dedicatedEndpointDns: "",
      trafficSplit: "{}",
    },
    rules: [
      region("location"),
      {
        rule: "matches",
        at: "name",
        pattern: /^[1-9]\d{0,9}$/,
        wanted: "an endpoint's name: a number of at most 10 digits; give one",
      },
      cryptoKey("encryptionSpec.kmsKeyName"),
      { rule: "atMostOne", of: ["network", "privateServiceConnectConfig"] },
    ],
  },
  "secretmanager/Secret": {
    id: "projects/{project}/secrets/{secretId}",
    replaceOn: ["secretId", "replication"],
    autoName: { input: "secretId", maxLength: 255 },
    defaults: { deletionProtection: false },
    computed: { name: "projects/{number}/secrets/{secretId}" },
    rules: [
      {
        rule: "matches",
        at: "secretId",
        pattern: /^[\w-]{1,255}$/,
        wanted: "a secret id: 1 to 255 letters, digits, hyphens and underscores",
      },
      cryptoKey("replication.auto.customerManagedEncryption.kmsKeyName"),
      cryptoKey("replication.userManaged.replicas.customerManagedEncryption.kmsKeyName"),
      region("replication.userManaged.replicas.location"),
    ],
  },
  "secretmanager/SecretVersion": {
    id: "projects/{number}/secrets/{secretOfVersion}/versions/1",
    replaceOn: ["secret", "secretData", "isSecretDataBase64"],
    defaults: { deletionPolicy: "DELETE", enabled: true },
    computed: { name: "{id}", version: "1" },
    rules: [
      {
        rule: "matches",
        at: "secret",
        pattern: /^projects\/[^/]+\/secrets\/[\w-]+$/,
        wanted: "the full name of a secret: projects/P/secrets/S",
      },
      { rule: "exactlyOne", of: ["secretData", "secretDataWo"] },
    ],
  },
  "cloudrunv2/Service": {
    id: "projects/{project}/locations/{location}/services/{name}",
    replaceOn: ["name"],
    defaults: { deletionProtection: true },
    computed: {
      generation: "1",
      ingress: "INGRESS_TRAFFIC_ALL",
      launchStage: "GA",
      observedGeneration: "1",
      scaling: { minInstanceCount: 0 },
      uid: "{uuid}",
      uri: "https://{name}-{number}.{location}.run.app",
      urls: ["https://{name}-{number}.{location}.run.app"],
    },
    rules: [
      dnsLabel("name"),
      region("location"),
      oneOf(
        "ingress",
        ...["INGRESS_TRAFFIC_ALL", "INGRESS_TRAFFIC_INTERNAL_ONLY"],
        "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
      ),
      cryptoKey("template.encryptionKey"),
      oneOf(
        "template.executionEnvironment",
        ...["EXECUTION_ENVIRONMENT_GEN1", "EXECUTION_ENVIRONMENT_GEN2"],
      ),
      oneOf("template.vpcAccess.egress", "ALL_TRAFFIC", "PRIVATE_RANGES_ONLY"),
      { rule: "range", at: "template.scaling.minInstanceCount", min: 0, max: 1000 },
      { rule: "range", at: "template.scaling.maxInstanceCount", min: 1, max: 1000 },
      // https://docs.cloud.google.com/run/docs/configuring/healthchecks
      ...["startupProbe", "livenessProbe"].flatMap((probe): Rule[] => [
        { rule: "range", at: `template.containers.${probe}.periodSeconds`, min: 1, max: 3600 },
        { rule: "range", at: `template.containers.${probe}.timeoutSeconds`, min: 1, max: 3600 },
      ]),
      { rule: "range", at: "template.maxInstanceRequestConcurrency", min: 1, max: 1000 },
    ],
  },
};
