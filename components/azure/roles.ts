/**
 * Microsoft's own roles, by GUID: the same in every tenant.
 *
 * `keyVaultCryptoUser` is what Foundry's page on encryption keys asks for (2026-08-24); `cognitiveServicesUser`
 * is the minimum its Claude pages name. The latter may list keys as well, which helps nobody once local
 * authentication is off.
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles (ids read 2026-11-21)
 */
const builtInRoles = {
  keyVaultCryptoUser: "12338af0-0e69-4776-bea7-57ae8d297424",
  cognitiveServicesUser: "a97b65f3-24c7-4388-baec-2e87135dc908",
} as const;

/** Full id of one of Microsoft's roles, as an assignment in a subscription names it. */
export function builtInRoleId(subscriptionId: string, role: keyof typeof builtInRoles): string {
  return roleDefinitionId(subscriptionId, builtInRoles[role]);
}

/** Full id of a role of a subscription. */
export function roleDefinitionId(subscriptionId: string, guid: string): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
}
