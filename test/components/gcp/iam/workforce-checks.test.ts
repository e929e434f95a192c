import { describe, expect, it } from "vitest";

import { checkWorkforce } from "../../../../components/gcp/iam/workforce-checks.ts";
import type { WorkforceSettings } from "../../../../components/gcp/vertex-route.ts";
import { entra, entraIssuer } from "../support.ts";

const organizationId = "123456789012";
const label = "example-corp-eu-google";
const okta: WorkforceSettings = {
  kind: "workforce",
  issuer: "https://login.example.com",
  clientId: "cowork-desktop",
  group: "cowork-eu",
};
const check = (settings: object, given: object = {}) =>
  checkWorkforce("access", {
    organizationId,
    label,
    settings: settings as WorkforceSettings,
    ...given,
  });
const atEntra = (change: object) => check({ ...entra, ...change });
const atOkta = (change: object) => check({ ...okta, ...change });
const one = (path: string, reason: string) => [{ path, reason }];

describe("checkWorkforce", () => {
  it.each([
    { when: "a tenant of Entra ID", settings: entra },
    { when: "an issuer of one company", settings: okta },
    {
      when: "an issuer with a slash at the end",
      settings: { ...okta, issuer: "https://a.example/" },
    },
    {
      when: "an app role by name",
      settings: { ...entra, groupsClaim: "roles", group: "Cowork.Use" },
    },
    { when: "a group with a quote", settings: { ...okta, group: "Jo's team" } },
    { when: "the shortest session", settings: { ...okta, sessionSeconds: 900 } },
    { when: "the longest session", settings: { ...okta, sessionSeconds: 43_200 } },
    { when: "oid named", settings: { ...entra, subjectClaim: "oid" } },
    { when: "a directory's lasting id", settings: { ...okta, subjectClaim: "objectGUID" } },
    { when: "a pool id of 6", settings: { ...okta, poolId: "people" } },
    { when: "a pool id of 63", settings: { ...okta, poolId: `p${"o".repeat(62)}` } },
  ])("accepts $when", ({ settings }) => {
    expect(check(settings)).toEqual([]);
  });

  it("needs an organization", () => {
    expect(check(okta, { organizationId: undefined })).toEqual(
      one(
        "organizationId",
        "missing; workforce pools belong to an organization: give the Google Cloud organization's number",
      ),
    );
    expect(check(okta, { organizationId: "organizations/123456789012" })).toEqual(
      one(
        "organizationId",
        '"organizations/123456789012" is not an organization\'s number, 6 to 20 digits',
      ),
    );
  });

  it.each([
    "common",
    "organizations",
    "consumers",
    "9188040d-6c67-4c5b-b112-36a304b66dad",
    "Common",
  ])("refuses Entra ID's issuer of every tenant, %s, even with a tenant given", (shared) => {
    const issuer = `https://login.microsoftonline.com/${shared}/v2.0`;
    expect(atEntra({ issuer })).toEqual(
      one(
        "access.issuer",
        `"${issuer}" signs in people of every tenant; write https://login.microsoftonline.com/TENANT/v2.0 with your tenant's id`,
      ),
    );
  });

  it.each([
    [
      "https://accounts.google.com",
      "signs in every Google account; for people with Google accounts use access kind google-group",
    ],
    [
      "https://token.actions.githubusercontent.com",
      "signs for workflows of every GitHub repository and for no person; CI belongs in deployer",
    ],
    ["https://gitlab.com", "is open to every GitLab account; CI belongs in deployer"],
    [
      "https://vstoken.dev.azure.com/11111111-2222-3333-4444-555555555555",
      "signs for pipelines and for no person; CI belongs in deployer",
    ],
    [
      "https://sts.windows.net/11111111-2222-3333-4444-555555555555/",
      "signs Entra ID's older tokens; write https://login.microsoftonline.com/TENANT/v2.0",
    ],
    ["https://login.live.com", "is open to every personal Microsoft account"],
  ])("refuses the public issuer %s", (issuer, why) => {
    expect(atOkta({ issuer })).toEqual(one("access.issuer", `"${issuer}" ${why}`));
  });

  it.each([
    {
      when: "no issuer",
      issuer: undefined,
      reason: "missing; give the https address in the token's iss",
    },
    {
      when: "http",
      issuer: "http://login.example.com",
      reason: '"http://login.example.com" is not https; Google fetches the keys over https only',
    },
    {
      when: "no address",
      issuer: "login.example.com",
      reason: '"login.example.com" is no address; write https://...',
    },
    {
      when: "credentials",
      issuer: "https://me:pw@login.example.com",
      reason: "an issuer has no credentials, query or fragment",
    },
    {
      when: "a wildcard",
      issuer: "https://*.example.com",
      reason: '"https://*.example.com" holds a wildcard; name one exact value',
    },
    {
      when: "capitals in the host",
      issuer: "https://Login.Example.com/x",
      reason:
        '"https://Login.Example.com/x" is not as tokens spell it; write "https://login.example.com/x"',
    },
  ])("refuses an issuer with $when", ({ issuer, reason }) => {
    expect(atOkta({ issuer })).toEqual(one("access.issuer", reason));
  });

  it("needs the tenant with Entra ID, and only there", () => {
    expect(atEntra({ tenantId: undefined })).toEqual(
      one("access.tenantId", "missing; give the Entra tenant's id"),
    );
    expect(atEntra({ tenantId: "example.com" })).toEqual(
      one(
        "access.tenantId",
        '"example.com" is no tenant id: a UUID in lower case, as tokens spell it',
      ),
    );
    expect(atEntra({ tenantId: "9188040d-6c67-4c5b-b112-36a304b66dad" })).toEqual(
      one(
        "access.tenantId",
        '"9188040d-6c67-4c5b-b112-36a304b66dad" is the tenant of all personal accounts; give your own',
      ),
    );
    expect(atOkta({ tenantId: entra.tenantId })).toEqual(
      one(
        "access.tenantId",
        '"11111111-2222-3333-4444-555555555555" is an Entra tenant, but https://login.example.com is another issuer; leave it out',
      ),
    );
  });

  it.each([
    "https://login.microsoftonline.com/example.com/v2.0",
    "https://login.microsoftonline.com/99999999-2222-3333-4444-555555555555/v2.0",
    "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/",
    "https://login.microsoftonline.com",
  ])("refuses %s as the issuer of another tenant", (issuer) => {
    expect(atEntra({ issuer })).toEqual(
      one("access.issuer", `"${issuer}" is not the issuer of the tenant; write "${entraIssuer}"`),
    );
  });

  it.each([
    "email",
    "upn",
    "preferred_username",
    "name",
    "unique_name",
    "Email",
    "nickname",
    "uid",
  ])("refuses %s as the subject: it may change", (subjectClaim) => {
    expect(atOkta({ subjectClaim })).toEqual(
      one(
        "access.subjectClaim",
        `"${subjectClaim}" may change for a person or pass to another, and with it what they may do; use sub`,
      ),
    );
  });

  it.each([
    { group: "*", reason: '"*" holds a wildcard; name one exact value' },
    { group: "cowork-*", reason: '"cowork-*" holds a wildcard; name one exact value' },
    { group: "", reason: "missing; give the one group that may use the route" },
    { group: undefined, reason: "missing; give the one group that may use the route" },
    { group: " x", reason: '" x" begins or ends with a space' },
    { group: "a\u0000b", reason: '"a\\u0000b" holds a character that cannot be seen' },
    {
      group: "/cowork-eu",
      reason:
        "\"/cowork-eu\" holds a slash, which separates the parts of IAM's names of groups; let the issuer send the group's plain name or id",
    },
  ])("refuses the group $group", ({ group, reason }) => {
    expect(atOkta({ group })).toEqual(one("access.group", reason));
  });

  it("refuses a group's name where Entra ID lists ids", () => {
    expect(atEntra({ group: "cowork-eu" })).toEqual(
      one(
        "access.group",
        '"cowork-eu" is no object id, and those are what Entra ID lists in groups; a name could also be given to another group later',
      ),
    );
  });

  it("refuses a group that makes the condition too long", () => {
    expect(atOkta({ group: "g".repeat(4074) })).toEqual([]);
    expect(atOkta({ group: "g".repeat(4075) })).toEqual(
      one("access.group", "the condition made of it has 4097 characters; Google takes 4096"),
    );
  });

  it("refuses a claim of groups that is empty or a pattern", () => {
    expect(atOkta({ groupsClaim: "" })).toEqual(
      one("access.groupsClaim", "missing; give the claim that lists groups"),
    );
    expect(atOkta({ groupsClaim: "*" })).toEqual(
      one("access.groupsClaim", '"*" holds a wildcard; name one exact value'),
    );
  });

  it.each([899, 43_201, 900.5, Number.NaN, 0, -1])("refuses a session of %s seconds", (seconds) => {
    expect(atOkta({ sessionSeconds: seconds })).toEqual(
      one("access.sessionSeconds", `${seconds} is not a whole number of seconds from 900 to 43200`),
    );
  });

  it.each(["peopl", `p${"o".repeat(63)}`, "People", "people-", "1people", "peo ple", ""])(
    'refuses the pool id "%s"',
    (poolId) => {
      expect(atOkta({ poolId })).toEqual(
        one(
          "access.poolId",
          `"${poolId}" is no pool id: 6 to 63 lower-case letters, digits and hyphens, a letter first, no hyphen last`,
        ),
      );
    },
  );

  it("refuses a pool id that Google reserves", () => {
    expect(atOkta({ poolId: "gcp-people" })).toEqual(
      one("access.poolId", '"gcp-people" begins with gcp-, which Google reserves'),
    );
  });
});
