import type { Row } from "./row.ts";

const email = "deployer@cowork-eu.iam.gserviceaccount.com";
const account = `projects/cowork-eu/serviceAccounts/${email}`;
const member = "group:people@example.com";
const role = "roles/viewer";
const auditLogConfigs = [{ logType: "DATA_READ" }];
const pool = "projects/cowork-eu/locations/global/workloadIdentityPools/github-eu";

/** Projects, grants, roles and federated identities. */
export const identityRows: Readonly<Record<string, Row>> = {
  "organizations/Project": [
    { name: "Cowork EU", projectId: "cowork-eu", orgId: "1" },
    "projects/cowork-eu",
    { autoCreateNetwork: true, deletionPolicy: "PREVENT", number: "934827158857" },
  ],
  "organizations/Folder": [
    { displayName: "cowork", parent: "organizations/1" },
    /^folders\/[1-9]\d{11}$/,
    { deletionProtection: true, name: "{id}" },
  ],
  "projects/Service": [
    { service: "aiplatform.googleapis.com" },
    "cowork-eu/aiplatform.googleapis.com",
    { project: "cowork-eu" },
  ],
  "projects/ServiceIdentity": [
    { service: "aiplatform.googleapis.com" },
    "projects/cowork-eu/services/aiplatform.googleapis.com",
    {
      email: "service-934827158857@gcp-sa-aiplatform.iam.gserviceaccount.com",
      member: "serviceAccount:service-934827158857@gcp-sa-aiplatform.iam.gserviceaccount.com",
    },
  ],
  "projects/IAMMember": [{ project: "cowork-eu", member, role }, `cowork-eu/${role}/${member}`, {}],
  "projects/IAMBinding": [
    { project: "cowork-eu", members: [member], role },
    `cowork-eu/${role}`,
    {},
  ],
  "folder/IAMBinding": [{ folder: "7", members: [member], role }, `folders/7/${role}`, {}],
  "organizations/IAMBinding": [{ orgId: "1", members: [member], role }, `1/${role}`, {}],
  "serviceaccount/IAMBinding": [
    { serviceAccountId: account, members: [member], role },
    `${account}/${role}`,
    {},
  ],
  "projects/IAMPolicy": [{ project: "cowork-eu", policyData: "{}" }, "cowork-eu", {}],
  "organizations/IAMPolicy": [{ orgId: "organizations/1", policyData: "{}" }, "1", {}],
  "iam/WorkforcePoolProviderScimTenant": [
    {
      location: "global",
      workforcePoolId: "cowork-eu",
      providerId: "entra",
      scimTenantId: "groups",
    },
    "locations/global/workforcePools/cowork-eu/providers/entra/scimTenants/groups",
    { name: "{id}", state: "ACTIVE" },
  ],
  "iam/PrincipalAccessBoundaryPolicy": [
    { organization: "1", location: "global", principalAccessBoundaryPolicyId: "cowork" },
    "organizations/1/locations/global/principalAccessBoundaryPolicies/cowork",
    { name: "{id}" },
  ],
  "projects/IAMAuditConfig": [
    { project: "cowork-eu", service: "aiplatform.googleapis.com", auditLogConfigs },
    "cowork-eu/audit_config/aiplatform.googleapis.com",
    {},
  ],
  "projects/IAMCustomRole": [
    { roleId: "claudeUser", title: "Claude", permissions: ["aiplatform.endpoints.predict"] },
    "projects/cowork-eu/roles/claudeUser",
    { name: "{id}", stage: "GA" },
  ],
  "organizations/IAMCustomRole": [
    { orgId: "1", roleId: "claudeUser", title: "Claude", permissions: ["a.b.c"] },
    "organizations/1/roles/claudeUser",
    { name: "{id}", stage: "GA" },
  ],
  "organizations/IAMMember": [{ orgId: "1", member, role }, `1/${role}/${member}`, {}],
  "organizations/IamAuditConfig": [
    { orgId: "1", service: "allServices", auditLogConfigs },
    "1/audit_config/allServices",
    {},
  ],
  "folder/IAMMember": [{ folder: "folders/7", member, role }, `folders/7/${role}/${member}`, {}],
  "folder/IamAuditConfig": [
    { folder: "7", service: "allServices", auditLogConfigs },
    "folders/7/audit_config/allServices",
    {},
  ],
  "serviceaccount/Account": [
    { accountId: "deployer" },
    account,
    { email, member: `serviceAccount:${email}`, name: "{id}" },
  ],
  "serviceaccount/IAMMember": [
    { serviceAccountId: account, member, role },
    `${account}/${role}/${member}`,
    {},
  ],
  "serviceaccount/Key": [
    { serviceAccountId: account },
    /^projects\/cowork-eu\/serviceAccounts\/deployer@cowork-eu\.iam\.gserviceaccount\.com\/keys\/[0-9a-f]{40}$/,
    { name: "{id}", privateKey: "offline: no private key" },
  ],
  "iam/WorkforcePool": [
    { location: "global", parent: "organizations/1", workforcePoolId: "cowork-eu" },
    "locations/global/workforcePools/cowork-eu",
    { name: "{id}", sessionDuration: "3600s", state: "ACTIVE" },
  ],
  "iam/WorkforcePoolProvider": [
    {
      location: "global",
      workforcePoolId: "cowork-eu",
      providerId: "entra",
      attributeMapping: { "google.subject": "assertion.oid" },
      oidc: { issuerUri: "https://login.example.com/tenant/v2.0", clientId: "desktop" },
    },
    "locations/global/workforcePools/cowork-eu/providers/entra",
    { name: "{id}", state: "ACTIVE" },
  ],
  "iam/WorkloadIdentityPool": [
    { workloadIdentityPoolId: "github-eu" },
    pool,
    {
      mode: "FEDERATION_ONLY",
      name: "projects/934827158857/locations/global/workloadIdentityPools/github-eu",
    },
  ],
  "iam/WorkloadIdentityPoolProvider": [
    {
      workloadIdentityPoolId: "github-eu",
      workloadIdentityPoolProviderId: "actions",
      attributeMapping: { "google.subject": "assertion.sub" },
      oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
    },
    `${pool}/providers/actions`,
    {
      name: "projects/934827158857/locations/global/workloadIdentityPools/github-eu/providers/actions",
    },
  ],
  "iam/DenyPolicy": [
    {
      parent: "cloudresourcemanager.googleapis.com%2Fprojects%2Fcowork-eu",
      name: "no-consents",
      rules: [{ denyRule: { deniedPrincipals: ["principalSet://goog/public:all"] } }],
    },
    "cloudresourcemanager.googleapis.com%2Fprojects%2Fcowork-eu/no-consents",
    {},
  ],
};
