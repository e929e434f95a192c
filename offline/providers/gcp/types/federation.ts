import type { ResourceType } from "../../shared/resource-type.ts";
import type { Rule } from "../../shared/rules.ts";
import { federationId, httpsUrl, oneOf } from "../rules.ts";

const workforcePoolId: Rule = {
  // https://docs.cloud.google.com/iam/docs/manage-workforce-identity-pools-providers
  rule: "matches",
  at: "workforcePoolId",
  pattern: /^(?!gcp-)[a-z][a-z0-9-]{4,61}[a-z0-9]$/,
  wanted:
    'a pool id: 6 to 63 lower-case letters, digits and hyphens, a letter first, no hyphen last, and not beginning with "gcp-"',
};

const everywhere: Rule = oneOf("location", "global");

/** Without a subject nobody can be told apart; the service refuses such a mapping. */
const mapping: readonly Rule[] = [
  { rule: "requires", at: "oidc", needs: "attributeMapping" },
  { rule: "hasKey", at: "attributeMapping", key: "google.subject" },
  {
    rule: "matches",
    at: "attributeCondition",
    pattern: /^[\s\S]{1,4096}$/,
    wanted: "a condition of 1 to 4096 characters",
  },
  httpsUrl("oidc.issuerUri"),
];

const short = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^.{0,32}$/,
  wanted: "at most 32 characters long",
});

/** Federated identities. Source: the Terraform Google provider's schemas, read 2026-11-21. */
export const federationTypes: Readonly<Record<string, ResourceType>> = {
  "iam/WorkforcePool": {
    id: "locations/{location}/workforcePools/{workforcePoolId}",
    replaceOn: ["parent", "workforcePoolId"],
    defaults: { sessionDuration: "3600s" },
    computed: { name: "{id}" },
    rules: [
      everywhere,
      workforcePoolId,
      {
        rule: "matches",
        at: "parent",
        pattern: /^organizations\/\d+$/,
        wanted: "an organization: organizations/NUMBER",
      },
      short("displayName"),
      { rule: "seconds", at: "sessionDuration", min: 900, max: 43_200 },
    ],
  },
  "iam/WorkforcePoolProvider": {
    id: "locations/{location}/workforcePools/{workforcePoolId}/providers/{providerId}",
    replaceOn: ["workforcePoolId", "providerId"],
    computed: { name: "{id}" },
    rules: [
      everywhere,
      workforcePoolId,
      federationId("providerId"),
      { rule: "exactlyOne", of: ["oidc", "saml"] },
      ...mapping,
      short("displayName"),
      oneOf("scimUsage", "SCIM_USAGE_UNSPECIFIED", "ENABLED_FOR_GROUPS"),
      oneOf("oidc.webSsoConfig.responseType", "CODE", "ID_TOKEN"),
      oneOf(
        "oidc.webSsoConfig.assertionClaimsBehavior",
        ...["MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS", "ONLY_ID_TOKEN_CLAIMS"],
      ),
    ],
  },
  "iam/WorkforcePoolProviderScimTenant": {
    id: "locations/{location}/workforcePools/{workforcePoolId}/providers/{providerId}/scimTenants/{scimTenantId}",
    replaceOn: ["workforcePoolId", "providerId", "scimTenantId", "claimMapping"],
    computed: {
      baseUri: "https://iamscim.googleapis.com/v1alpha1/tenants/{scimTenantId}",
      name: "{id}",
      serviceAgent: "",
    },
    rules: [everywhere, workforcePoolId, federationId("scimTenantId")],
  },
  "iam/WorkloadIdentityPool": {
    id: "projects/{project}/locations/global/workloadIdentityPools/{workloadIdentityPoolId}",
    replaceOn: ["workloadIdentityPoolId", "mode"],
    computed: {
      mode: "FEDERATION_ONLY",
      name: "projects/{number}/locations/global/workloadIdentityPools/{workloadIdentityPoolId}",
    },
    rules: [
      federationId("workloadIdentityPoolId"),
      short("displayName"),
      oneOf("mode", "FEDERATION_ONLY", "TRUST_DOMAIN", "SYSTEM_TRUST_DOMAIN"),
    ],
  },
  "iam/WorkloadIdentityPoolProvider": {
    id: "projects/{project}/locations/global/workloadIdentityPools/{workloadIdentityPoolId}/providers/{workloadIdentityPoolProviderId}",
    replaceOn: ["workloadIdentityPoolId", "workloadIdentityPoolProviderId"],
    computed: {
      name: "projects/{number}/locations/global/workloadIdentityPools/{workloadIdentityPoolId}/providers/{workloadIdentityPoolProviderId}",
    },
    rules: [
      federationId("workloadIdentityPoolId"),
      federationId("workloadIdentityPoolProviderId"),
      { rule: "exactlyOne", of: ["aws", "oidc", "saml", "x509"] },
      ...mapping,
      short("displayName"),
    ],
  },
  "iam/PrincipalAccessBoundaryPolicy": {
    id: "organizations/{organization}/locations/{location}/principalAccessBoundaryPolicies/{principalAccessBoundaryPolicyId}",
    replaceOn: ["organization", "principalAccessBoundaryPolicyId"],
    computed: { name: "{id}", uid: "{uuid}" },
    rules: [
      everywhere,
      oneOf("details.rules.effect", "ALLOW"),
      {
        rule: "matches",
        at: "principalAccessBoundaryPolicyId",
        pattern: /^[a-z][a-z0-9-]{2,61}[a-z0-9]$/,
        wanted: "a policy id: 4 to 63 lower-case letters, digits and hyphens, a letter first",
      },
    ],
  },
  "iam/DenyPolicy": {
    id: "{parent}/{name}",
    replaceOn: ["name", "parent"],
    rules: [
      {
        // https://docs.cloud.google.com/iam/docs/deny-access: the attachment point, with encoded slashes
        rule: "matches",
        at: "parent",
        pattern:
          /^cloudresourcemanager\.googleapis\.com%2F(projects|folders|organizations)%2F[^/%]+$/i,
        wanted:
          "an attachment point: cloudresourcemanager.googleapis.com%2Fprojects%2FP, or folders, or organizations",
      },
      {
        rule: "matches",
        at: "name",
        pattern: /^[a-z][a-z0-9.-]{1,61}[a-z0-9]$/,
        wanted: "a policy id: 3 to 63 lower-case letters, digits, hyphens and periods",
      },
      { rule: "count", at: "rules", min: 1, max: 500 },
    ],
  },
};
