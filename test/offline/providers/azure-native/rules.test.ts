import { describe, expect, it } from "vitest";

import type { Properties, Value } from "../../../../offline/providers/struct.ts";
import { check } from "./checked.ts";
import { rows } from "./rows/all.ts";

const guid = "a GUID, as 7d312290-28c8-473c-a0ed-8e53749b6d6d";
const scope =
  "a scope: the id of a subscription, resource group, resource or management group, from /subscriptions/ on";
const resource = (path: string) => `/subscriptions/S/resourceGroups/G/providers/${path}`;

/** What a program gives at least, with one input as it should not be. */
function refused(type: string, property: string, value: Value): string[] {
  const given = rows[type]?.[0] ?? {};
  const [name = "", ...rest] = property.split(".");
  return check(type, { ...given, [name]: changed(given[name], rest, value) }).failures;
}

function changed(
  given: Value | undefined,
  [name, ...rest]: readonly string[],
  value: Value,
): Value {
  if (name === undefined) return value;
  const here = (given ?? {}) as Properties;
  return { ...here, [name]: changed(here[name], rest, value) };
}

describe("what Azure refuses", () => {
  it.each<[string, string, Value, string]>([
    [
      "resources/ResourceGroup",
      "resourceGroupName",
      "cowork.",
      '"cowork." is not the name of a resource group: 1 to 90 letters, digits, underscores, hyphens, periods and parentheses, no period last',
    ],
    [
      "resources/DeploymentStackAtResourceGroup",
      "actionOnUnmanage.resources",
      "keep",
      '"keep" is not one of "delete", "detach"',
    ],
    [
      "resources/DeploymentStackAtResourceGroup",
      "denySettings.mode",
      "deny",
      '"deny" is not one of "none", "denyDelete", "denyWriteAndDelete"',
    ],
    [
      "resources/Deployment",
      "properties.mode",
      "incremental",
      '"incremental" is not one of "Incremental", "Complete"',
    ],
    [
      "cognitiveservices/Account",
      "accountName",
      "-cowork",
      '"-cowork" is not an account name: 2 to 64 letters, digits, hyphens, periods and underscores, a letter or digit first and last',
    ],
    [
      "cognitiveservices/Account",
      "properties.customSubDomainName",
      "Cowork_US",
      '"Cowork_US" is not a subdomain: 2 to 64 lower-case letters, digits and hyphens, no hyphen first or last',
    ],
    [
      "cognitiveservices/Account",
      "properties.customSubDomainName",
      "c".repeat(65),
      `"${"c".repeat(65)}" is not a subdomain: 2 to 64 lower-case letters, digits and hyphens, no hyphen first or last`,
    ],
    [
      "cognitiveservices/Account",
      "properties.publicNetworkAccess",
      "disabled",
      '"disabled" is not one of "Enabled", "Disabled"',
    ],
    [
      "cognitiveservices/Account",
      "properties.networkAcls",
      { bypass: "All" },
      '"All" is not one of "None", "AzureServices"',
    ],
    [
      "cognitiveservices/Account",
      "properties.encryption",
      { keySource: "KeyVault" },
      '"KeyVault" is not one of "Microsoft.CognitiveServices", "Microsoft.KeyVault"',
    ],
    [
      "cognitiveservices/Account",
      "identity",
      { type: "UserAssigned", userAssignedIdentities: ["cowork-keys"] },
      `"cowork-keys" is not the id of a Microsoft.ManagedIdentity/userAssignedIdentities: ${resource("Microsoft.ManagedIdentity/userAssignedIdentities/NAME")}`,
    ],
    [
      "cognitiveservices/Account",
      "sku",
      { name: "standard" },
      '"standard" is not a pricing tier, as S0',
    ],
    [
      "keyvault/Vault",
      "vaultName",
      "cowork--keys",
      '"cowork--keys" is not a vault name: 3 to 24 letters, digits and hyphens, a letter first, no hyphen last, no two in a row',
    ],
    ["keyvault/Vault", "properties.tenantId", "example.com", `"example.com" is not ${guid}`],
    ["keyvault/Vault", "properties.softDeleteRetentionInDays", 6, "6 is not between 7 and 90"],
    ["keyvault/Vault", "properties.enablePurgeProtection", false, "false is not one of true"],
    ["keyvault/Key", "properties.keySize", 1024, "1024 is not one of 2048, 3072, 4096"],
    [
      "keyvault/Key",
      "keyName",
      "a_key",
      '"a_key" is not a key name: 1 to 127 letters, digits and hyphens',
    ],
    [
      "managedidentity/FederatedIdentityCredential",
      "issuer",
      "http://example.com",
      '"http://example.com" is not a URL that begins with https:// and has no query',
    ],
    [
      "managedidentity/FederatedIdentityCredential",
      "audiences",
      ["a", "b"],
      "has 2 items, must have 1 to 1",
    ],
    ["authorization/RoleAssignment", "principalId", "people", `"people" is not ${guid}`],
    ["authorization/RoleAssignment", "roleAssignmentName", "people", `"people" is not ${guid}`],
    ["authorization/RoleAssignment", "scope", "cowork-us", `"cowork-us" is not ${scope}`],
    [
      "authorization/RoleAssignment",
      "roleDefinitionId",
      "Cognitive Services User",
      '"Cognitive Services User" is not the id of a role: /subscriptions/S/providers/Microsoft.Authorization/roleDefinitions/GUID',
    ],
    ["authorization/RoleAssignment", "condition", "true", 'must be given with "condition"'],
    ["authorization/RoleDefinition", "assignableScopes", [], "has 0 items, must have 1 to 2000"],
    ["authorization/PolicyDefinition", "mode", "all", '"all" is not a mode, as All or Indexed'],
    ["authorization/PolicyDefinition", "policyRule", "{}", "a policy needs a rule, as an object"],
    [
      "authorization/PolicyAssignment",
      "policyDefinitionId",
      "claude",
      '"claude" is not the id of a policy: /providers/Microsoft.Authorization/policyDefinitions/NAME, a subscription or group in front of an own one',
    ],
    [
      "network/Subnet",
      "addressPrefix",
      "10.40.0.1/24",
      '"10.40.0.1/24" is not a CIDR block: it must start at its first address, 10.40.0.0/24',
    ],
    [
      "network/Subnet",
      "addressPrefixes",
      ["10.40.0.0/24"],
      'only one of "addressPrefix", "addressPrefixes" may be given',
    ],
    [
      "network/PrivateEndpoint",
      "subnet.id",
      "endpoints",
      `"endpoints" is not the id of a Microsoft.Network/virtualNetworks/subnets: ${resource("Microsoft.Network/virtualNetworks/NAME/subnets/NAME")}`,
    ],
    [
      "network/PrivateEndpoint",
      "privateLinkServiceConnections",
      [{ name: "a", privateLinkServiceId: "/subscriptions/S" }],
      "the service requires it",
    ],
    ["network/PrivateDnsZoneGroup", "privateDnsZoneConfigs", [], "has 0 items, must have 1 to 5"],
    [
      "privatedns/PrivateZone",
      "privateZoneName",
      "azure",
      '"azure" is not a zone\'s name: two labels or more in lower case, no dot last',
    ],
    [
      "privatedns/PrivateRecordSet",
      "recordType",
      "a",
      '"a" is not one of "A", "AAAA", "CNAME", "MX", "PTR", "SOA", "SRV", "TXT"',
    ],
    [
      "monitor/DiagnosticSetting",
      "workspaceId",
      "cowork-logs",
      `"cowork-logs" is not the id of a Microsoft.OperationalInsights/workspaces: ${resource("Microsoft.OperationalInsights/workspaces/NAME")}`,
    ],
    [
      "monitor/DiagnosticSetting",
      "logs",
      [{ enabled: true }],
      "needs a category or a categoryGroup, and not both",
    ],
    ["operationalinsights/Workspace", "retentionInDays", 29, "29 is not between 30 and 730"],
    [
      "securityinsights/SentinelOnboardingState",
      "sentinelOnboardingStateName",
      "on",
      '"on" is not one of "default"',
    ],
    [
      "storage/StorageAccount",
      "accountName",
      "cowork-logs",
      '"cowork-logs" is not a storage account\'s name: 3 to 24 lower-case letters and digits',
    ],
    ["storage/StorageAccount", "sku.name", "ZRS", '"ZRS" is not a SKU, as Standard_ZRS'],
    ["eventhub/Namespace", "minimumTlsVersion", "1.4", '"1.4" is not one of "1.0", "1.1", "1.2"'],
    [
      "eventhub/NamespaceAuthorizationRule",
      "rights",
      ["Read"],
      '"Read" is not one of "Manage", "Send", "Listen"',
    ],
  ])("of %s: %s %j", (type, property, value, reason) => {
    const failures = refused(type, property, value);
    expect(failures.map((text) => text.replace(/^[^:]+: /, ""))).toEqual([reason]);
  });

  it.each([
    ["cognitiveservices/Account", "kind"],
    ["cognitiveservices/Account", "sku"],
    ["cognitiveservices/Deployment", "sku"],
    ["cognitiveservices/Deployment", "properties"],
    ["network/VirtualNetwork", "addressSpace"],
    ["network/PrivateEndpoint", "subnet"],
    ["network/PrivateDnsZoneGroup", "privateDnsZoneConfigs"],
    ["privatedns/VirtualNetworkLink", "virtualNetwork"],
    ["authorization/RoleDefinition", "roleName"],
    ["authorization/RoleDefinition", "permissions"],
    ["authorization/RoleDefinition", "assignableScopes"],
    ["authorization/PolicyAssignment", "policyDefinitionId"],
    ["eventhub/Namespace", "sku"],
  ])("of %s: no %s, though the SDK calls it optional", (type, property) => {
    const { [property]: _, ...given } = rows[type]![0];
    expect(check(type, given).failures).toEqual([`${property}: the service requires it`]);
  });

  it("of a key in a vault: neither its name nor its vault left out", () => {
    expect(
      refused("cognitiveservices/Account", "properties.encryption", {
        keySource: "Microsoft.KeyVault",
        keyVaultProperties: { identityClientId: "a" },
      }),
    ).toEqual([
      "properties.encryption.keyVaultProperties.keyName: the service requires it",
      "properties.encryption.keyVaultProperties.keyVaultUri: the service requires it",
    ]);
  });

  it("of a policy: a rule without a condition or an effect", () => {
    expect(refused("authorization/PolicyDefinition", "policyRule", {})).toEqual([
      "policyRule.if: a policy's rule needs a condition",
      "policyRule.then.effect: a policy's rule needs an effect",
    ]);
  });

  it("of an assignment: an identity without a region", () => {
    const { location: _, ...given } = rows["authorization/PolicyAssignment"]![0];
    const here = { subscriptionId: "11111111-2222-4333-8444-555555555555" };
    expect(check("authorization/PolicyAssignment", given, { given: here }).failures).toEqual([
      'location: must be given with "identity"',
    ]);
  });

  it("of a diagnostic setting: nowhere to go, and nothing to send", () => {
    const { resourceUri = "" } = rows["monitor/DiagnosticSetting"]![0];
    expect(check("monitor/DiagnosticSetting", { name: "audit", resourceUri }).failures).toEqual([
      "workspaceId: a diagnostic setting needs a destination: a workspace, a storage account or an event hub",
      "logs: a diagnostic setting needs logs or metrics",
    ]);
  });
});
