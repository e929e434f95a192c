import { roleDefinitionId } from "../roles.ts";

/**
 * Microsoft's own roles, by GUID: the same in every tenant.
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles (looked up 2026-11-21)
 */
const roles = {
  /** Pulls images, nothing else. */
  acrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  /** Reads the value of a secret; a certificate with its private key is one. */
  keyVaultSecretsUser: "4633458b-17de-408a-b874-0445c86b69e6",
  /** Signs with a key, and whatever else the key's own list of operations allows. */
  keyVaultCryptoUser: "12338af0-0e69-4776-bea7-57ae8d297424",
  /** Wraps and unwraps, for a service that encrypts. */
  keyVaultCryptoServiceEncryptionUser: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
} as const;

export type ServiceRole = keyof typeof roles;

/** Full id of a role, in the subscription of the scope it is given on. */
export function serviceRoleId(scope: string, role: ServiceRole): string {
  const [, subscriptionId = ""] = /^\/subscriptions\/([^/]+)\//.exec(scope) ?? [];
  return roleDefinitionId(subscriptionId, roles[role]);
}
