import type { Rule } from "../shared/rules.ts";

/** Eight, four, four, four and twelve hex digits. */
export const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const oneOf = (at: string, ...values: readonly (string | number)[]): Rule => ({
  rule: "oneOf",
  at,
  values,
});

export const matches = (at: string, pattern: RegExp, wanted: string): Rule => ({
  rule: "matches",
  at,
  pattern,
  wanted,
});

export const guid = (at: string): Rule =>
  matches(at, guidPattern, "a GUID, as 7d312290-28c8-473c-a0ed-8e53749b6d6d");

/** The split resources want an application's resource id, not one of its GUIDs. */
export const applicationId: Rule = matches(
  "applicationId",
  /^\/applications\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  "the resource id of an application: /applications/OBJECT_ID",
);

export const displayName: Rule = matches(
  "displayName",
  /^\S(.{0,254}\S)?$/,
  "a name: 1 to 256 characters, no blank first or last",
);

/** Source: https://learn.microsoft.com/en-us/entra/identity-platform/supported-accounts-validation, read 2026-11-21. */
export const signInAudience: Rule = oneOf(
  "signInAudience",
  ...["AzureADMyOrg", "AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount"],
  "PersonalMicrosoftAccount",
);

/** When a secret or certificate ends: at a moment, or after a while, not both. */
export const endDates: readonly Rule[] = [
  { rule: "atMostOne", of: ["endDate", "endDateRelative"] },
  matches(
    "endDate",
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/,
    "a moment, as 2027-01-01T00:00:00Z",
  ),
  matches("endDateRelative", /^\d+(\.\d+)?[hms]$/, "a while, as 240h"),
];

/** What settings of `azuread.Provider` are refused. */
export const configRules: readonly Rule[] = [
  guid("tenantId"),
  guid("clientId"),
  oneOf(
    "environment",
    ...["global", "public", "usgovernmentl4", "usgovernment", "usgovernmentl5", "dod", "china"],
  ),
];
