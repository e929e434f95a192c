import type { ResourceType } from "../../shared/resource-type.ts";
import type { Rule } from "../../shared/rules.ts";

const role: Rule = {
  rule: "matches",
  at: "role",
  pattern: /^(roles|projects\/[^/]+\/roles|organizations\/\d+\/roles)\/[\w.]+$/,
  wanted: "a role: roles/NAME, projects/P/roles/NAME or organizations/N/roles/NAME",
};

const accountName: Rule = {
  rule: "matches",
  at: "serviceAccountId",
  pattern: /^projects\/[^/]+\/serviceAccounts\/[^/@]+@[^/@]+$/,
  wanted: "the full name of an account: projects/P/serviceAccounts/EMAIL",
};

const keyName: Rule = {
  rule: "matches",
  at: "cryptoKeyId",
  pattern:
    /^(projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+|([^/]+\/){2,3}[^/]+)$/,
  wanted: "a key: projects/P/locations/L/keyRings/R/cryptoKeys/K, or the short form P/L/R/K",
};

/** A grant cannot be changed, only made anew: each of its parts is part of its id. */
const grant = (id: string, ...target: readonly string[]): ResourceType => ({
  id: `${id}/{role}/{member}`,
  replaceOn: [...target, "role", "member", "condition"],
  rules: [role],
});

/** A grant to a list of members, which alone hold the role. */
const binding = (id: string, target: string): ResourceType => ({
  id: `${id}/{role}`,
  replaceOn: [target, "role", "condition"],
  rules: [role, { rule: "count", at: "members", min: 1, max: 1500 }],
});

const wholePolicy = (id: string, target: string): ResourceType => ({
  id,
  replaceOn: [target],
  json: ["policyData"],
});

const auditConfig = (id: string, target: string): ResourceType => ({
  id: `${id}/audit_config/{service}`,
  replaceOn: [target, "service"],
  rules: [
    { rule: "count", at: "auditLogConfigs", min: 1, max: 3 },
    {
      rule: "oneOf",
      at: "auditLogConfigs.logType",
      values: ["DATA_READ", "DATA_WRITE", "ADMIN_READ"],
    },
  ],
});

const customRole = (id: string, target: string): ResourceType => ({
  id,
  replaceOn: [target, "roleId"],
  // The made name holds a hyphen, which the service refuses: real programs must name the role.
  autoName: { input: "roleId", maxLength: 255 },
  defaults: { stage: "GA" },
  computed: { name: "{id}" },
  rules: [
    {
      // https://docs.cloud.google.com/iam/docs/creating-custom-roles
      rule: "matches",
      at: "roleId",
      pattern: /^[\w.]{3,64}$/,
      wanted: "a role id: 3 to 64 letters, digits, periods and underscores",
    },
    {
      rule: "oneOf",
      at: "stage",
      values: ["ALPHA", "BETA", "GA", "DEPRECATED", "DISABLED", "EAP"],
    },
    { rule: "count", at: "permissions", min: 1, max: 3000 },
    {
      rule: "matches",
      at: "permissions[]",
      pattern: /^[\w.]+\.[\w]+\.[\w]+$/,
      wanted: "a permission: service.resource.verb",
    },
  ],
});

/** Grants, roles and audit settings of projects, folders, organizations and single resources. */
export const grantTypes: Readonly<Record<string, ResourceType>> = {
  "projects/IAMMember": grant("{project}", "project"),
  "projects/IAMBinding": binding("{project}", "project"),
  "folder/IAMBinding": binding("folders/{folderNumber}", "folder"),
  "organizations/IAMBinding": binding("{organizationNumber}", "orgId"),
  "serviceaccount/IAMBinding": binding("{serviceAccountId}", "serviceAccountId"),
  "kms/CryptoKeyIAMBinding": binding("{cryptoKeyId}", "cryptoKeyId"),
  "storage/BucketIAMBinding": binding("b/{bucket}", "bucket"),
  "projects/IAMPolicy": wholePolicy("{project}", "project"),
  "organizations/IAMPolicy": wholePolicy("{organizationNumber}", "orgId"),
  "folder/IAMMember": grant("folders/{folderNumber}", "folder"),
  "organizations/IAMMember": grant("{organizationNumber}", "orgId"),
  "serviceaccount/IAMMember": {
    ...grant("{serviceAccountId}", "serviceAccountId"),
    rules: [role, accountName],
  },
  "kms/CryptoKeyIAMMember": {
    ...grant("{cryptoKeyId}", "cryptoKeyId"),
    rules: [role, keyName],
  },
  "kms/KeyRingIAMMember": grant("{keyRingId}", "keyRingId"),
  "storage/BucketIAMMember": grant("b/{bucket}", "bucket"),
  "secretmanager/SecretIamMember": grant("projects/{project}/secrets/{secretId}", "secretId"),
  "bigquery/DatasetIamMember": grant("projects/{project}/datasets/{datasetId}", "datasetId"),
  "projects/IAMAuditConfig": auditConfig("{project}", "project"),
  "folder/IamAuditConfig": auditConfig("folders/{folderNumber}", "folder"),
  "organizations/IamAuditConfig": auditConfig("{organizationNumber}", "orgId"),
  "projects/IAMCustomRole": customRole("projects/{project}/roles/{roleId}", "project"),
  "organizations/IAMCustomRole": customRole(
    "organizations/{organizationNumber}/roles/{roleId}",
    "orgId",
  ),
};
