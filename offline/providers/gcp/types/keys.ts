import type { ResourceType } from "../../shared/resource-type.ts";
import type { Rule } from "../../shared/rules.ts";
import { location, oneOf } from "../rules.ts";

const name: Rule = {
  // https://docs.cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings/create
  rule: "matches",
  at: "name",
  pattern: /^[\w-]{1,63}$/,
  wanted: "a name: 1 to 63 letters, digits, underscores and hyphens",
};

/** Cloud KMS. Source: the Terraform Google provider's schemas and validators, read 2026-11-21. */
export const keyTypes: Readonly<Record<string, ResourceType>> = {
  "kms/AutokeyConfig": {
    id: "folders/{folderNumber}/autokeyConfig",
    replaceOn: ["folder"],
    rules: [
      {
        rule: "matches",
        at: "keyProject",
        pattern: /^projects\/[^/]+$/,
        wanted: "a project by its full name: projects/P",
      },
      oneOf("keyProjectResolutionMode", "DEDICATED_KEY_PROJECT", "RESOURCE_PROJECT", "DISABLED"),
    ],
  },
  "kms/EkmConnection": {
    id: "projects/{project}/locations/{location}/ekmConnections/{name}",
    replaceOn: ["name"],
    defaults: { keyManagementMode: "MANUAL" },
    rules: [
      location("location"),
      name,
      oneOf("keyManagementMode", "MANUAL", "CLOUD_KMS"),
      { rule: "count", at: "serviceResolvers", min: 1, max: 1 },
    ],
  },
  "kms/KeyRing": {
    id: "projects/{project}/locations/{location}/keyRings/{name}",
    replaceOn: ["name"],
    rules: [location("location"), name],
  },
  "kms/CryptoKey": {
    id: "{keyRing}/cryptoKeys/{name}",
    replaceOn: [
      ...["keyRing", "name", "purpose", "importOnly", "destroyScheduledDuration"],
      ...["cryptoKeyBackend", "versionTemplate.protectionLevel"],
    ],
    defaults: { purpose: "ENCRYPT_DECRYPT", "versionTemplate.protectionLevel": "SOFTWARE" },
    computed: {
      // 30 days. https://docs.cloud.google.com/kms/docs/create-key
      destroyScheduledDuration: "2592000s",
      primaries: [{ name: "{id}/cryptoKeyVersions/1", state: "ENABLED" }],
      versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "SOFTWARE" },
    },
    rules: [
      name,
      {
        rule: "matches",
        at: "keyRing",
        pattern: /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+$/,
        wanted: "a key ring: projects/P/locations/L/keyRings/R",
      },
      oneOf(
        "purpose",
        ...["ENCRYPT_DECRYPT", "ASYMMETRIC_SIGN", "ASYMMETRIC_DECRYPT", "RAW_ENCRYPT_DECRYPT"],
        ...["MAC", "KEY_ENCAPSULATION"],
      ),
      oneOf(
        "versionTemplate.protectionLevel",
        ...["SOFTWARE", "HSM", "EXTERNAL", "EXTERNAL_VPC", "HSM_SINGLE_TENANT"],
      ),
      // https://docs.cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys
      { rule: "seconds", at: "rotationPeriod", min: 86_400, max: 3_153_600_000 },
      { rule: "seconds", at: "destroyScheduledDuration", min: 86_400, max: 10_368_000 },
    ],
  },
};
