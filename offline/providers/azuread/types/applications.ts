import type { ResourceType } from "../../shared/resource-type.ts";
import {
  applicationId,
  displayName,
  endDates,
  guid,
  matches,
  oneOf,
  signInAudience,
} from "../rules.ts";

const application = { clientId: "{uuid}", objectId: "{uuid}", disabledByMicrosoft: "" };

/** Applications and their parts. Source: the Terraform AzureAD provider's schemas and validators. */
export const applicationTypes: Readonly<Record<string, ResourceType>> = {
  ApplicationRegistration: {
    id: "/applications/{objectId}",
    replaceOn: [],
    defaults: { requestedAccessTokenVersion: 2, signInAudience: "AzureADMyOrg" },
    computed: application,
    rules: [
      displayName,
      signInAudience,
      oneOf("requestedAccessTokenVersion", 1, 2),
      oneOf(
        "groupMembershipClaims[]",
        ...["None", "SecurityGroup", "DirectoryRole", "ApplicationGroup", "All"],
      ),
      matches("homepageUrl", /^https?:\/\/\S+$/, "a URL"),
      matches("logoutUrl", /^https?:\/\/\S+$/, "a URL"),
    ],
  },
  Application: {
    id: "/applications/{objectId}",
    replaceOn: ["templateId"],
    defaults: { signInAudience: "AzureADMyOrg" },
    computed: { ...application, logoUrl: "" },
    rules: [
      displayName,
      signInAudience,
      guid("owners[]"),
      guid("requiredResourceAccesses.resourceAppId"),
      guid("requiredResourceAccesses.resourceAccesses.id"),
      oneOf("requiredResourceAccesses.resourceAccesses.type", "Role", "Scope"),
      { rule: "atMostOne", of: ["tags", "featureTags"] },
    ],
  },
  ApplicationRedirectUris: {
    id: "{applicationId}/redirectUris/{type}",
    replaceOn: ["applicationId", "type"],
    rules: [
      applicationId,
      oneOf("type", "PublicClient", "SPA", "Web"),
      { rule: "count", at: "redirectUris", min: 1, max: 256 },
    ],
  },
  ApplicationFallbackPublicClient: {
    id: "{applicationId}/fallbackPublicClient",
    replaceOn: ["applicationId"],
    rules: [applicationId],
  },
  ApplicationApiAccess: {
    id: "{applicationId}/apiAccess/{apiClientId}",
    replaceOn: ["applicationId", "apiClientId"],
    rules: [applicationId, guid("apiClientId"), guid("roleIds[]"), guid("scopeIds[]")],
  },
  ApplicationFederatedIdentityCredential: {
    id: "{applicationObjectId}/federatedIdentityCredential/{credentialId}",
    replaceOn: ["applicationId", "displayName"],
    computed: { credentialId: "{uuid}" },
    rules: [
      applicationId,
      matches(
        "displayName",
        /^[A-Za-z0-9][-\w]{2,119}$/,
        "a name: 3 to 120 letters, digits, hyphens and underscores, a letter or digit first",
      ),
      matches(
        "issuer",
        /^https:\/\/[^\s/?#]+[^\s?#]*$/,
        "a URL that begins with https:// and has no query",
      ),
      matches("subject", /\S/, "a subject"),
      { rule: "count", at: "audiences", min: 1, max: 1 },
    ],
  },
  ApplicationPassword: {
    id: "{applicationObjectId}/password/{keyId}",
    replaceOn: [
      ...["applicationId", "displayName", "endDate", "endDateRelative", "rotateWhenChanged"],
      "startDate",
    ],
    computed: {
      displayName: "offline",
      endDate: "2028-01-01T00:00:00Z",
      keyId: "{uuid}",
      startDate: "2026-01-01T00:00:00Z",
      value: "offline: no password",
    },
    rules: [applicationId, ...endDates],
  },
  ApplicationCertificate: {
    id: "{applicationObjectId}/certificate/{keyId}",
    replaceOn: [
      ...["applicationId", "encoding", "endDate", "endDateRelative", "keyId", "startDate"],
      ...["type", "value"],
    ],
    defaults: { encoding: "pem" },
    computed: {
      endDate: "2028-01-01T00:00:00Z",
      keyId: "{uuid}",
      startDate: "2026-01-01T00:00:00Z",
    },
    rules: [
      applicationId,
      guid("keyId"),
      oneOf("encoding", "base64", "hex", "pem"),
      oneOf("type", "AsymmetricX509Cert", "Symmetric"),
      ...endDates,
    ],
  },
};
