import type { ResourceType } from "../../shared/resource-type.ts";
import type { Rule } from "../../shared/rules.ts";
import { oneOf } from "../rules.ts";

const parent = (kinds: string): Rule => ({
  rule: "matches",
  at: "parent",
  pattern: new RegExp(`^(${kinds})/[^/]+$`),
  wanted: `one of ${kinds.replaceAll("|", ", ")}, a slash and a name`,
});

const serviceName: Rule = {
  rule: "matches",
  at: "service",
  pattern: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
  wanted: "the name of an API, as aiplatform.googleapis.com",
};

const switches = ["enforce", "allowAll", "denyAll"].flatMap((name) =>
  ["spec", "dryRunSpec"].map((spec) => oneOf(`${spec}.rules.${name}`, "TRUE", "FALSE")),
);

const projectId: Rule = {
  // https://docs.cloud.google.com/resource-manager/docs/creating-managing-projects
  rule: "matches",
  at: "projectId",
  pattern: /^(?!.*(google|null|undefined|ssl))[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  wanted:
    "a project id: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last, without google, null, undefined or ssl",
};

/** Projects, folders, their APIs and organization policies. Source: the Terraform Google provider. */
export const projectTypes: Readonly<Record<string, ResourceType>> = {
  "organizations/Project": {
    id: "projects/{projectId}",
    replaceOn: ["projectId"],
    autoName: [
      { input: "name", maxLength: 255, suffix: false },
      { input: "projectId", maxLength: 30, lowerCase: true },
    ],
    defaults: { autoCreateNetwork: true },
    computed: { deletionPolicy: "PREVENT", number: "{numberOfProjectId}" },
    rules: [
      projectId,
      { rule: "atMostOne", of: ["orgId", "folderId"] },
      {
        rule: "matches",
        at: "name",
        pattern: /^[\w '"!-]{4,30}$/,
        wanted: "a project name: 4 to 30 letters, digits, spaces, hyphens, quotes and !",
      },
      {
        rule: "matches",
        at: "billingAccount",
        pattern: /^([0-9A-F]{6}-){2}[0-9A-F]{6}$/,
        wanted: "a billing account, as 012345-6789AB-CDEF01",
      },
    ],
  },
  "organizations/Folder": {
    id: "folders/{decimal:12}",
    replaceOn: [],
    defaults: { deletionProtection: true },
    computed: { folderId: "{decimal:12:id}", lifecycleState: "ACTIVE", name: "{id}" },
    rules: [parent("organizations|folders")],
  },
  "projects/Service": {
    id: "{project}/{service}",
    replaceOn: ["service"],
    rules: [serviceName],
  },
  "projects/ServiceIdentity": {
    id: "projects/{project}/services/{service}",
    replaceOn: ["service"],
    computed: { email: "{agent}", member: "serviceAccount:{agent}" },
    rules: [serviceName],
  },
  "projects/AccessApprovalSettings": {
    id: "projects/{projectId}/accessApprovalSettings",
    replaceOn: ["projectId"],
    computed: { name: "{id}" },
    rules: [
      { rule: "count", at: "enrolledServices", min: 1, max: 50 },
      oneOf("enrolledServices.enrollmentLevel", "BLOCK_ALL"),
    ],
  },
  "projects/OrganizationPolicy": {
    id: "{project}:{constraint}",
    replaceOn: ["constraint"],
    rules: [{ rule: "atMostOne", of: ["booleanPolicy", "listPolicy", "restorePolicy"] }],
  },
  "orgpolicy/Policy": {
    id: "{parent}/policies/{policyName}",
    replaceOn: ["name", "parent"],
    rules: [
      parent("organizations|folders|projects"),
      {
        rule: "matches",
        at: "name",
        pattern: /^(organizations|folders|projects)\/[^/]+\/policies\/[\w.]+$/,
        wanted: "the full name of a policy: PARENT/policies/CONSTRAINT",
      },
      ...switches,
    ],
  },
  "orgpolicy/CustomConstraint": {
    id: "{parent}/customConstraints/{name}",
    replaceOn: ["name", "parent", "resourceTypes"],
    rules: [
      parent("organizations"),
      {
        rule: "matches",
        at: "name",
        pattern: /^custom\.[A-Za-z0-9]{1,62}$/,
        wanted: 'a constraint: "custom." and 1 to 62 letters and digits',
      },
      oneOf("actionType", "ALLOW", "DENY"),
      oneOf("methodTypes[]", "CREATE", "UPDATE", "DELETE", "REMOVE_GRANT", "GOVERN_TAGS"),
    ],
  },
  "serviceaccount/Account": {
    id: "projects/{project}/serviceAccounts/{email}",
    replaceOn: ["accountId"],
    autoName: { input: "accountId", maxLength: 30 },
    defaults: { disabled: false },
    computed: {
      email: "{accountId}@{project}.iam.gserviceaccount.com",
      member: "serviceAccount:{email}",
      name: "{id}",
      uniqueId: "{decimal:21}",
    },
    rules: [
      {
        rule: "matches",
        at: "accountId",
        pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
        wanted:
          "an account id: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last",
      },
    ],
  },
  "serviceaccount/Key": {
    id: "projects/{accountProject}/serviceAccounts/{accountEmail}/keys/{hex:40}",
    replaceOn: [
      ...["serviceAccountId", "keyAlgorithm", "keepers", "privateKeyType"],
      ...["publicKeyData", "publicKeyType"],
    ],
    defaults: {
      keyAlgorithm: "KEY_ALG_RSA_2048",
      privateKeyType: "TYPE_GOOGLE_CREDENTIALS_FILE",
      publicKeyType: "TYPE_X509_PEM_FILE",
    },
    // No key is made here, not even a useless one.
    computed: {
      name: "{id}",
      privateKey: "offline: no private key",
      publicKey: "offline: no public key",
      validBefore: "9999-12-31T23:59:59Z",
    },
    rules: [
      oneOf("keyAlgorithm", "KEY_ALG_UNSPECIFIED", "KEY_ALG_RSA_1024", "KEY_ALG_RSA_2048"),
      oneOf(
        "privateKeyType",
        "TYPE_UNSPECIFIED",
        "TYPE_PKCS12_FILE",
        "TYPE_GOOGLE_CREDENTIALS_FILE",
      ),
      oneOf("publicKeyType", "TYPE_NONE", "TYPE_X509_PEM_FILE", "TYPE_RAW_PUBLIC_KEY"),
      { rule: "atMostOne", of: ["publicKeyData", "keepers"] },
    ],
  },
};
