import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { azureadModel } from "../../../../offline/providers/azuread/model.ts";
import { modelledTypes, tokenOf } from "../../../../offline/providers/azuread/type-tokens.ts";
import type { Properties, Value } from "../../../../offline/providers/struct.ts";
import { rows } from "./rows.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const model = azureadModel();
const guid = "a GUID, as 7d312290-28c8-473c-a0ed-8e53749b6d6d";

function check(type: string, news: Properties) {
  const token = tokenOf(type);
  const target = { urn: `urn:pulumi:us::p::${token}::it`, type: token };
  const { inputs, failures } = model.check(target, {}, news, {});
  return { inputs, failures: failures.map(({ property, reason }) => `${property}: ${reason}`) };
}

/** What a program gives at least, with one input as it should not be. */
const refused = (type: string, property: string, value: Value) =>
  check(type, { ...rows[type]?.[0], [property]: value }).failures;

describe("what Entra refuses", () => {
  it.each<[string, string, Value, string]>([
    [
      "ApplicationRegistration",
      "displayName",
      "",
      '"" is not a name: 1 to 256 characters, no blank first or last',
    ],
    [
      "ApplicationRegistration",
      "signInAudience",
      "AzureAD",
      '"AzureAD" is not one of "AzureADMyOrg", "AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount"',
    ],
    ["ApplicationRegistration", "requestedAccessTokenVersion", 3, "3 is not one of 1, 2"],
    [
      "ApplicationRedirectUris",
      "applicationId",
      "12121212-2222-4333-8444-555555555555",
      '"12121212-2222-4333-8444-555555555555" is not the resource id of an application: /applications/OBJECT_ID',
    ],
    [
      "ApplicationRedirectUris",
      "type",
      "Desktop",
      '"Desktop" is not one of "PublicClient", "SPA", "Web"',
    ],
    ["ApplicationRedirectUris", "redirectUris", [], "has 0 items, must have 1 to 256"],
    [
      "ApplicationRedirectUris",
      "redirectUris",
      ["callback"],
      '"callback" is not a URI with a scheme and a host',
    ],
    [
      "ApplicationRedirectUris",
      "redirectUris",
      ["https://*.example.com"],
      '"https://*.example.com" holds a wildcard',
    ],
    [
      "ApplicationRedirectUris",
      "redirectUris",
      ["http://127.0.0.1/callback", "http://127.0.0.1/callback"],
      '"http://127.0.0.1/callback" is in the list twice',
    ],
    ["ApplicationApiAccess", "apiClientId", "cognitive", `"cognitive" is not ${guid}`],
    [
      "ApplicationApiAccess",
      "scopeIds",
      ["user_impersonation"],
      `"user_impersonation" is not ${guid}`,
    ],
    [
      "ApplicationApiAccess",
      "scopeIds",
      [],
      "one of `roleIds` and `scopeIds` must name a permission",
    ],
    [
      "ApplicationFederatedIdentityCredential",
      "issuer",
      "http://example.com",
      '"http://example.com" is not a URL that begins with https:// and has no query',
    ],
    ["ApplicationFederatedIdentityCredential", "audiences", [], "has 0 items, must have 1 to 1"],
    [
      "ApplicationFederatedIdentityCredential",
      "displayName",
      "git hub",
      '"git hub" is not a name: 3 to 120 letters, digits, hyphens and underscores, a letter or digit first',
    ],
    ["ApplicationPassword", "endDate", "2027", '"2027" is not a moment, as 2027-01-01T00:00:00Z'],
    ["ApplicationPassword", "endDateRelative", "1y", '"1y" is not a while, as 240h'],
    ["ApplicationCertificate", "encoding", "der", '"der" is not one of "base64", "hex", "pem"'],
    ["ServicePrincipal", "clientId", "claude", `"claude" is not ${guid}`],
    [
      "ServicePrincipalDelegatedPermissionGrant",
      "claimValues",
      [],
      "has 0 items, must have 1 to 256",
    ],
    [
      "ServicePrincipalDelegatedPermissionGrant",
      "claimValues",
      ["a b"],
      '"a b" is not the name of a permission, as user_impersonation',
    ],
    ["ServicePrincipalDelegatedPermissionGrant", "userObjectId", "me", `"me" is not ${guid}`],
    [
      "ServicePrincipalPassword",
      "servicePrincipalId",
      "a",
      '"a" is not the resource id of a service principal: /servicePrincipals/OBJECT_ID',
    ],
    ["AppRoleAssignment", "appRoleId", "user", `"user" is not ${guid}`],
    [
      "Group",
      "visibility",
      "Secret",
      '"Secret" is not one of "Private", "Public", "Hiddenmembership"',
    ],
    ["GroupMember", "memberObjectId", "me", `"me" is not ${guid}`],
  ])("of %s: %s %j", (type, property, value, reason) => {
    expect(refused(type, property, value).map((text) => text.replace(/^[^:]+: /, ""))).toEqual([
      reason,
    ]);
  });

  it("of a group: neither mail nor security", () => {
    expect(check("Group", { displayName: "Claude users" }).failures).toEqual([
      "securityEnabled: one of `mailEnabled` and `securityEnabled` must be set",
    ]);
  });

  it("of a secret: two ends", () => {
    const ends = { endDate: "2027-01-01T00:00:00Z", endDateRelative: "240h" };
    expect(
      check("ApplicationPassword", { ...rows.ApplicationPassword![0], ...ends }).failures,
    ).toEqual(['endDateRelative: only one of "endDate", "endDateRelative" may be given']);
  });
});

describe("redirect addresses", () => {
  const { applicationId = "" } = rows.ApplicationRedirectUris![0];
  const of = (type: string, uri: string) =>
    check("ApplicationRedirectUris", { applicationId, type, redirectUris: [uri] }).failures;

  it.each(["Web", "SPA"])("of type %s need TLS, or the machine itself", (type) => {
    const uri = "msauth.com.anthropic.claudefordesktop://auth";
    expect(of(type, uri)).toEqual([
      `redirectUris[0]: "${uri}" is not an https:// address, nor http:// on localhost`,
    ]);
    expect(of(type, "http://example.com/callback")).toHaveLength(1);
    expect(of(type, "http://localhost.example.com/")).toHaveLength(1);
    expect(of(type, "https://example.com/callback")).toEqual([]);
    expect(of(type, "http://localhost:8080/callback")).toEqual([]);
  });

  it("of an application as a whole are judged where they stand", () => {
    const given = { displayName: "Claude", web: { redirectUris: ["http://example.com"] } };
    expect(check("Application", given).failures).toEqual([
      'web.redirectUris[0]: "http://example.com" is not an https:// address, nor http:// on localhost',
    ]);
    const redirectUris = ["http://127.0.0.1/callback"];
    expect(check("Application", { displayName: "Claude", publicClient: { redirectUris } })).toEqual(
      {
        inputs: {
          displayName: "Claude",
          publicClient: { __defaults: [], redirectUris },
          signInAudience: "AzureADMyOrg",
        },
        failures: [],
      },
    );
  });
});

describe("inputs that force a replacement", () => {
  it.each([
    ["ApplicationRegistration", [], ["displayName", "signInAudience"]],
    ["ApplicationRedirectUris", ["applicationId", "type"], ["redirectUris"]],
    ["ApplicationApiAccess", ["apiClientId", "applicationId"], ["scopeIds"]],
    ["ServicePrincipal", ["clientId"], ["accountEnabled"]],
    [
      "ServicePrincipalDelegatedPermissionGrant",
      ["resourceServicePrincipalObjectId", "servicePrincipalObjectId", "userObjectId"],
      ["claimValues"],
    ],
    ["ApplicationFederatedIdentityCredential", ["applicationId", "displayName"], ["subject"]],
    ["ApplicationPassword", ["applicationId", "rotateWhenChanged"], []],
  ])("of %s include %j and none of %j", (type, replacing, inPlace) => {
    const replaceOn = model.replaceOn(tokenOf(type));
    expect(replacing.filter((name) => !replaceOn.has(name))).toEqual([]);
    expect(inPlace.filter((name) => replaceOn.has(name))).toEqual([]);
  });
});

describe("values that are not known yet", () => {
  const someUnknown = fc.constantFrom(...modelledTypes).chain((type) =>
    fc.subarray(Object.keys(rows[type]![0])).map((names) => ({
      type,
      news: { ...rows[type]![0], ...Object.fromEntries(names.map((name) => [name, unknown])) },
    })),
  );

  it("are never refused, whichever they are", () => {
    fc.assert(
      fc.property(someUnknown, ({ type, news }) => {
        expect(check(type, news).failures).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
