import type { Rule } from "../shared/rules.ts";

/** Eight, four, four, four and twelve hex digits. */
export const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const oneOf = (at: string, ...values: readonly (string | number | boolean)[]): Rule => ({
  rule: "oneOf",
  at,
  values,
});

export const needed = (at: string): Rule => ({ rule: "needed", at });

export const matches = (at: string, pattern: RegExp, wanted: string): Rule => ({
  rule: "matches",
  at,
  pattern,
  wanted,
});

export const guid = (at: string): Rule =>
  matches(at, guidPattern, "a GUID, as 7d312290-28c8-473c-a0ed-8e53749b6d6d");

/** Full id of a resource of one type, as `Microsoft.Network/virtualNetworks/subnets`. */
export const armId = (at: string, type: string): Rule => {
  const [provider = "", ...kinds] = type.split("/");
  const tail = kinds.map((kind) => `/${kind}/[^/]+`).join("");
  return matches(
    at,
    new RegExp(
      `^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${provider.replace(".", "\\.")}${tail}$`,
      "i",
    ),
    `the id of a ${type}: /subscriptions/S/resourceGroups/G/providers/${provider}${kinds.map((kind) => `/${kind}/NAME`).join("")}`,
  );
};

/** A scope roles and policies apply to. */
export const scope = (at: string): Rule =>
  matches(
    at,
    /^\/(subscriptions\/[^/]+(\/.+)?|providers\/Microsoft\.Management\/managementGroups\/[^/]+)$/i,
    "a scope: the id of a subscription, resource group, resource or management group, from /subscriptions/ on",
  );

/** Id of a role; built-in ones have no subscription in front. */
export const roleDefinition = (at: string): Rule =>
  matches(
    at,
    /^(\/.+)?\/providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    "the id of a role: /subscriptions/S/providers/Microsoft.Authorization/roleDefinitions/GUID",
  );

export const httpsUrl = (at: string): Rule =>
  matches(at, /^https:\/\/[^\s/?#]+[^\s?#]*$/, "a URL that begins with https:// and has no query");

/**
 * Inputs that mean the same on every type.
 * Source: https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules, read 2026-11-21.
 */
export const commonRules: readonly Rule[] = [
  matches(
    "resourceGroupName",
    /^[-\w.()]{0,89}[-\w()]$/,
    "the name of a resource group: 1 to 90 letters, digits, underscores, hyphens, periods and parentheses, no period last",
  ),
];

/** What settings of `azure-native.Provider` are refused. */
export const configRules: readonly Rule[] = [
  guid("subscriptionId"),
  guid("tenantId"),
  guid("clientId"),
  oneOf("environment", "public", "usgovernment", "china"),
];
