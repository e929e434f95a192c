import type { ResourceType } from "../resource-type.ts";
import type { Rule } from "../rules.ts";

const name = (maxLength: number): Rule => ({
  rule: "matches",
  at: "name",
  pattern: new RegExp(`^[\\w+=,.@-]{1,${maxLength}}$`),
  wanted: `an IAM name: up to ${maxLength} letters, digits and +=,.@-_`,
});

const path: Rule = {
  rule: "matches",
  at: "path",
  pattern: /^\/(.*\/)?$/,
  wanted: "an IAM path: it begins and ends with /",
};

/**
 * Limits of a trust anchor's bundle.
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_SourceData.html (2026-11-21)
 * @see https://docs.aws.amazon.com/general/latest/gr/rolesanywhere.html (2026-11-21)
 */
const certificates =
  /^(?=[\s\S]{1,8000}$)(\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*){1,2}$/;

const permissionSetPart = ["instanceArn", "permissionSetArn"];

/** IAM, IAM Roles Anywhere and Identity Center. Source: the Terraform AWS provider's schemas. */
export const identityTypes: Readonly<Record<string, ResourceType>> = {
  "iam/Role": {
    id: "{name}",
    replaceOn: ["name", "namePrefix", "path"],
    autoName: { input: "name", maxLength: 64 },
    defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
    computed: {
      arn: "arn:{partition}:iam::{account}:role{path}{name}",
      createDate: "2026-01-01T00:00:00Z",
      uniqueId: "AROA{upper:17}",
    },
    rules: [
      name(64),
      path,
      { rule: "range", at: "maxSessionDuration", min: 3600, max: 43_200 },
      { rule: "arn", at: "permissionsBoundary" },
      { rule: "arn", at: "managedPolicyArns[]" },
    ],
  },
  "iam/RolePolicy": {
    id: "{role}:{name}",
    replaceOn: ["name", "namePrefix", "role"],
    autoName: { input: "name", maxLength: 128 },
    rules: [name(128)],
  },
  "iam/Policy": {
    id: "arn:{partition}:iam::{account}:policy{path}{name}",
    replaceOn: ["name", "namePrefix", "path", "description"],
    autoName: { input: "name", maxLength: 128 },
    defaults: { path: "/" },
    computed: { arn: "{id}", policyId: "ANPA{upper:17}" },
    rules: [name(128), path],
  },
  "iam/RolePolicyAttachment": {
    id: "{role}/{policyArn}",
    replaceOn: ["policyArn", "role"],
    rules: [{ rule: "arn", at: "policyArn" }],
  },
  "iam/OpenIdConnectProvider": {
    id: "arn:{partition}:iam::{account}:oidc-provider/{urlWithoutScheme}",
    replaceOn: ["url"],
    computed: { arn: "{id}", thumbprintLists: ["{hex:40}"] },
    rules: [
      {
        rule: "matches",
        at: "url",
        pattern: /^https:\/\/[^\s/?#]+[^\s?#]*$/,
        wanted: "an issuer URL: it begins with https:// and has no query",
      },
      { rule: "count", at: "clientIdLists", min: 1, max: 100 },
      {
        rule: "matches",
        at: "thumbprintLists[]",
        pattern: /^[0-9a-fA-F]{40}$/,
        wanted: "a thumbprint of 40 hex digits",
      },
    ],
  },
  "iam/User": {
    id: "{name}",
    replaceOn: [],
    autoName: { input: "name", maxLength: 64 },
    defaults: { forceDestroy: false, path: "/" },
    computed: {
      arn: "arn:{partition}:iam::{account}:user{path}{name}",
      uniqueId: "AIDA{upper:17}",
    },
    rules: [name(64), path, { rule: "arn", at: "permissionsBoundary" }],
  },
  "iam/UserPolicy": {
    id: "{user}:{name}",
    replaceOn: ["name", "namePrefix", "user"],
    autoName: { input: "name", maxLength: 128 },
    rules: [name(128)],
  },
  "iam/ServiceSpecificCredential": {
    id: "{serviceName}:{userName}:{serviceSpecificCredentialId}",
    replaceOn: ["serviceName", "userName", "credentialAgeDays"],
    defaults: { status: "Active" },
    computed: {
      serviceSpecificCredentialId: "ACCA{upper:17}",
      serviceUserName: "{userName}-at-{account}",
    },
    rules: [
      { rule: "oneOf", at: "status", values: ["Active", "Inactive"] },
      { rule: "range", at: "credentialAgeDays", min: 1, max: 36_600 },
    ],
  },
  "iam/InstanceProfile": {
    id: "{name}",
    replaceOn: ["name", "namePrefix", "path"],
    autoName: { input: "name", maxLength: 128 },
    defaults: { path: "/" },
    computed: {
      arn: "arn:{partition}:iam::{account}:instance-profile{path}{name}",
      createDate: "2026-01-01T00:00:00Z",
      uniqueId: "AIPA{upper:17}",
    },
    rules: [name(128), path],
  },
  "rolesanywhere/TrustAnchor": {
    id: "{uuid}",
    replaceOn: [],
    computed: {
      arn: "arn:{partition}:rolesanywhere:{region}:{account}:trust-anchor/{id}",
      enabled: true,
    },
    rules: [
      {
        rule: "oneOf",
        at: "source.sourceType",
        values: ["AWS_ACM_PCA", "CERTIFICATE_BUNDLE", "SELF_SIGNED_REPOSITORY"],
      },
      { rule: "arn", at: "source.sourceData.acmPcaArn" },
      {
        rule: "matches",
        at: "source.sourceData.x509CertificateData",
        pattern: certificates,
        wanted: "one or two PEM certificates of at most 8000 characters and nothing else",
        unquoted: true,
      },
    ],
  },
  "rolesanywhere/Profile": {
    id: "{uuid}",
    replaceOn: [],
    json: ["sessionPolicy"],
    computed: {
      arn: "arn:{partition}:rolesanywhere:{region}:{account}:profile/{id}",
      durationSeconds: 3600,
    },
    rules: [
      { rule: "arn", at: "roleArns[]" },
      { rule: "range", at: "durationSeconds", min: 900, max: 43_200 },
    ],
  },
  "ssoadmin/PermissionSet": {
    id: "{arn},{instanceArn}",
    replaceOn: ["name", "instanceArn"],
    autoName: { input: "name", maxLength: 32 },
    defaults: { sessionDuration: "PT1H" },
    computed: {
      arn: "arn:{partition}:sso:::permissionSet/{lastOfInstanceArn}/ps-{hex:16}",
      createdDate: "2026-01-01T00:00:00Z",
    },
    rules: [
      name(32),
      { rule: "arn", at: "instanceArn" },
      {
        rule: "matches",
        at: "sessionDuration",
        // One to twelve hours, written as ISO 8601.
        pattern: /^PT([1-9]|1[0-2])H([0-5]?\dM)?$/,
        wanted: "a session duration from PT1H to PT12H",
      },
    ],
  },
  "ssoadmin/PermissionSetInlinePolicy": {
    id: "{permissionSetArn},{instanceArn}",
    replaceOn: permissionSetPart,
    json: ["inlinePolicy"],
    rules: [
      { rule: "arn", at: "instanceArn" },
      { rule: "arn", at: "permissionSetArn" },
    ],
  },
  "ssoadmin/PermissionsBoundaryAttachment": {
    id: "{permissionSetArn},{instanceArn}",
    replaceOn: [...permissionSetPart, "permissionsBoundary"],
    rules: [{ rule: "arn", at: "permissionsBoundary.managedPolicyArn" }],
  },
  "ssoadmin/ManagedPolicyAttachment": {
    id: "{managedPolicyArn},{permissionSetArn},{instanceArn}",
    replaceOn: [...permissionSetPart, "managedPolicyArn"],
    computed: { managedPolicyName: "{lastOfManagedPolicyArn}" },
    rules: [{ rule: "arn", at: "managedPolicyArn" }],
  },
  "ssoadmin/AccountAssignment": {
    id: "{principalId},{principalType},{targetId},{targetType},{permissionSetArn},{instanceArn}",
    replaceOn: [...permissionSetPart, "principalId", "principalType", "targetId", "targetType"],
    rules: [
      { rule: "oneOf", at: "principalType", values: ["USER", "GROUP"] },
      { rule: "oneOf", at: "targetType", values: ["AWS_ACCOUNT"] },
      {
        rule: "matches",
        at: "targetId",
        pattern: /^\d{12}$/,
        wanted: "an account id of 12 digits",
      },
      {
        rule: "matches",
        at: "principalId",
        pattern: /^([0-9a-f]{10}-)?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
        wanted: "an Identity Center principal id (a UUID, with or without its prefix)",
      },
    ],
  },
};
