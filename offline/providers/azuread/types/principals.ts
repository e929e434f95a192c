import type { ResourceType } from "../../shared/resource-type.ts";
import { displayName, endDates, guid, matches, oneOf } from "../rules.ts";

/** Principals, groups and grants. Source: the Terraform AzureAD provider's schemas and validators. */
export const principalTypes: Readonly<Record<string, ResourceType>> = {
  ServicePrincipal: {
    id: "/servicePrincipals/{objectId}",
    replaceOn: ["clientId"],
    defaults: { accountEnabled: true, appRoleAssignmentRequired: false },
    computed: { objectId: "{principal}" },
    rules: [
      guid("clientId"),
      guid("owners[]"),
      oneOf("preferredSingleSignOnMode", "oidc", "password", "saml", "notSupported"),
      { rule: "atMostOne", of: ["tags", "featureTags"] },
    ],
  },
  ServicePrincipalDelegatedPermissionGrant: {
    id: "{hex:43}",
    replaceOn: ["resourceServicePrincipalObjectId", "servicePrincipalObjectId", "userObjectId"],
    rules: [
      guid("resourceServicePrincipalObjectId"),
      guid("servicePrincipalObjectId"),
      guid("userObjectId"),
      { rule: "count", at: "claimValues", min: 1, max: 256 },
      matches("claimValues[]", /^\S+$/, "the name of a permission, as user_impersonation"),
    ],
  },
  ServicePrincipalPassword: {
    id: "{principalObjectId}/password/{keyId}",
    replaceOn: [
      ...["displayName", "endDate", "endDateRelative", "rotateWhenChanged", "servicePrincipalId"],
      "startDate",
    ],
    computed: {
      displayName: "offline",
      endDate: "2028-01-01T00:00:00Z",
      keyId: "{uuid}",
      startDate: "2026-01-01T00:00:00Z",
      value: "offline: no password",
    },
    rules: [
      matches(
        "servicePrincipalId",
        /^\/servicePrincipals\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
        "the resource id of a service principal: /servicePrincipals/OBJECT_ID",
      ),
      ...endDates,
    ],
  },
  AppRoleAssignment: {
    id: "/servicePrincipals/{resourceObjectId}/appRoleAssignedTo/{hex:43}",
    replaceOn: ["appRoleId", "principalObjectId", "resourceObjectId"],
    computed: { principalType: "Group" },
    rules: [guid("appRoleId"), guid("principalObjectId"), guid("resourceObjectId")],
  },
  Group: {
    id: "/groups/{objectId}",
    replaceOn: ["assignableToRole", "behaviors", "mailNickname", "provisioningOptions", "types"],
    computed: { objectId: "{uuid}" },
    rules: [
      displayName,
      guid("owners[]"),
      guid("members[]"),
      guid("administrativeUnitIds[]"),
      oneOf("types[]", "DynamicMembership", "Unified"),
      oneOf("visibility", "Private", "Public", "Hiddenmembership"),
      matches(
        "mailNickname",
        /^[^\s@()\\[\]";:<>,]{1,64}$/,
        'a nickname: 1 to 64 characters, none of @()\\[]";:<>, and no blank',
      ),
      { rule: "atMostOne", of: ["members", "dynamicMembership"] },
    ],
  },
  GroupMember: {
    id: "{groupObjectId}/member/{memberObjectId}",
    replaceOn: ["groupObjectId", "memberObjectId"],
    rules: [
      matches(
        "groupObjectId",
        /^(\/groups\/)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
        "the id of a group",
      ),
      guid("memberObjectId"),
    ],
  },
};
