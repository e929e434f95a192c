import { expect } from "vitest";

import type { Properties } from "../../../../offline/providers/struct.ts";

/** What a program gives at least; then the id, and what else tells the resource. */
type Row = readonly [Properties, RegExp | string, Properties];

const object = "12121212-2222-4333-8444-555555555555";
const client = "34343434-2222-4333-8444-555555555555";
const other = "56565656-2222-4333-8444-555555555555";
const applicationId = `/applications/${object}`;
const guid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const ofGuid = (text: string) => new RegExp(`^${text}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`);

/** Every modelled type with inputs that are accepted. */
export const rows: Readonly<Record<string, Row>> = {
  ApplicationRegistration: [
    { displayName: "Claude Desktop" },
    ofGuid("/applications/"),
    {
      clientId: guid,
      objectId: guid,
      requestedAccessTokenVersion: 2,
      signInAudience: "AzureADMyOrg",
    },
  ],
  Application: [
    { displayName: "Claude Desktop" },
    ofGuid("/applications/"),
    { clientId: guid, signInAudience: "AzureADMyOrg" },
  ],
  ApplicationRedirectUris: [
    {
      applicationId,
      type: "PublicClient",
      redirectUris: [
        "http://127.0.0.1/callback",
        `ms-appx-web://Microsoft.AAD.BrokerPlugin/${client}`,
        "msauth.com.anthropic.claudefordesktop://auth",
      ],
    },
    `${applicationId}/redirectUris/PublicClient`,
    {},
  ],
  ApplicationFallbackPublicClient: [
    { applicationId, enabled: true },
    `${applicationId}/fallbackPublicClient`,
    {},
  ],
  ApplicationApiAccess: [
    {
      applicationId,
      apiClientId: "7d312290-28c8-473c-a0ed-8e53749b6d6d",
      scopeIds: ["5f1e8914-a52b-429f-9324-91b92b81adaf"],
    },
    `${applicationId}/apiAccess/7d312290-28c8-473c-a0ed-8e53749b6d6d`,
    {},
  ],
  ApplicationFederatedIdentityCredential: [
    {
      applicationId,
      displayName: "github",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:example/cowork:environment:us",
      audiences: ["api://AzureADTokenExchange"],
    },
    ofGuid(`${object}/federatedIdentityCredential/`),
    { credentialId: guid },
  ],
  ApplicationPassword: [
    { applicationId },
    ofGuid(`${object}/password/`),
    { keyId: guid, value: "offline: no password" },
  ],
  ApplicationCertificate: [
    { applicationId, type: "AsymmetricX509Cert", value: "certificate" },
    ofGuid(`${object}/certificate/`),
    { keyId: guid, encoding: "pem" },
  ],
  ServicePrincipal: [
    { clientId: "7d312290-28c8-473c-a0ed-8e53749b6d6d", useExisting: true },
    ofGuid("/servicePrincipals/"),
    {
      accountEnabled: true,
      displayName: "Microsoft Cognitive Services",
      oauth2PermissionScopeIds: { user_impersonation: "5f1e8914-a52b-429f-9324-91b92b81adaf" },
      objectId: guid,
    },
  ],
  ServicePrincipalDelegatedPermissionGrant: [
    {
      servicePrincipalObjectId: object,
      resourceServicePrincipalObjectId: other,
      claimValues: ["user_impersonation"],
    },
    /^[0-9a-f]{43}$/,
    {},
  ],
  ServicePrincipalPassword: [
    { servicePrincipalId: `/servicePrincipals/${object}` },
    ofGuid(`${object}/password/`),
    { keyId: guid, value: "offline: no password" },
  ],
  AppRoleAssignment: [
    { appRoleId: client, principalObjectId: object, resourceObjectId: other },
    new RegExp(`^/servicePrincipals/${other}/appRoleAssignedTo/[0-9a-f]{43}$`),
    {},
  ],
  Group: [
    { displayName: "Claude users", securityEnabled: true },
    ofGuid("/groups/"),
    { objectId: guid },
  ],
  GroupMember: [{ groupObjectId: object, memberObjectId: other }, `${object}/member/${other}`, {}],
};
