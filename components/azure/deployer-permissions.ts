/** Which optional parts of a route the deployer has to keep up. */
export interface DeployerParts {
  /** Whether the route makes its own network. */
  readonly ownNetwork: boolean;
  /** Whether the route makes its own private DNS zones. */
  readonly ownDns: boolean;
  /** Whether the route switches Microsoft Sentinel on. */
  readonly sentinel: boolean;
}

/**
 * What CI may do in the resource group: run the kit's own components again, and no more. It reads identities,
 * roles, policies and keys but cannot change them, so that no pipeline widens its own rights or a laptop's; it
 * lists no key, deletes nothing that holds data, and has no data action: it cannot call Claude or read a prompt.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations (read 2026-11-21)
 */
const always = [
  "Microsoft.Authorization/policyAssignments/read",
  "Microsoft.Authorization/policyDefinitions/read",
  "Microsoft.Authorization/roleAssignments/read",
  "Microsoft.Authorization/roleDefinitions/read",
  "Microsoft.CognitiveServices/accounts/deployments/delete",
  "Microsoft.CognitiveServices/accounts/deployments/read",
  "Microsoft.CognitiveServices/accounts/deployments/write",
  "Microsoft.CognitiveServices/accounts/read",
  "Microsoft.CognitiveServices/accounts/write",
  "Microsoft.Insights/diagnosticSettings/read",
  "Microsoft.Insights/diagnosticSettings/write",
  "Microsoft.KeyVault/vaults/keys/read",
  "Microsoft.KeyVault/vaults/read",
  // An account keeps the identity it reads its key with.
  "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
  "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read",
  "Microsoft.ManagedIdentity/userAssignedIdentities/read",
  "Microsoft.Network/privateDnsZones/join/action",
  "Microsoft.Network/privateDnsZones/read",
  "Microsoft.Network/privateDnsZones/virtualNetworkLinks/read",
  "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read",
  "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write",
  "Microsoft.Network/privateEndpoints/read",
  "Microsoft.Network/privateEndpoints/write",
  "Microsoft.Network/virtualNetworks/read",
  "Microsoft.Network/virtualNetworks/subnets/join/action",
  "Microsoft.Network/virtualNetworks/subnets/read",
  "Microsoft.OperationalInsights/workspaces/read",
  "Microsoft.OperationalInsights/workspaces/write",
  // The stack denies changes behind the kit's back.
  "Microsoft.Resources/deploymentStacks/manageDenySetting/action",
  "Microsoft.Resources/deploymentStacks/read",
  "Microsoft.Resources/deploymentStacks/write",
  "Microsoft.Resources/deployments/operationStatuses/read",
  "Microsoft.Resources/deployments/operations/read",
  "Microsoft.Resources/deployments/read",
  "Microsoft.Resources/deployments/validate/action",
  "Microsoft.Resources/deployments/write",
  "Microsoft.Resources/subscriptions/resourceGroups/read",
] as const;

const ownNetwork = [
  "Microsoft.Network/networkSecurityGroups/join/action",
  "Microsoft.Network/networkSecurityGroups/read",
  "Microsoft.Network/networkSecurityGroups/write",
  "Microsoft.Network/virtualNetworks/subnets/write",
  "Microsoft.Network/virtualNetworks/write",
] as const;

const ownDns = [
  "Microsoft.Network/privateDnsZones/virtualNetworkLinks/write",
  "Microsoft.Network/privateDnsZones/write",
  "Microsoft.Network/virtualNetworks/join/action",
] as const;

const sentinel = [
  "Microsoft.SecurityInsights/onboardingStates/read",
  "Microsoft.SecurityInsights/onboardingStates/write",
] as const;

/** Actions of the deployer's custom role, sorted; as many as the route has parts. Pure. */
export function deployerActions(parts: DeployerParts): readonly string[] {
  return [
    ...always,
    ...(parts.ownNetwork ? ownNetwork : []),
    ...(parts.ownDns ? ownDns : []),
    ...(parts.sentinel ? sentinel : []),
  ].sort();
}

/** What the deployer cannot do, a sentence each: a person does it. */
export const deployerSteps: readonly string[] = [
  "The deployer cannot change roles, identities, keys, Azure Policy or its own federation: apply such a change as a person.",
  "The deployer has no rights in Entra ID: apply a change of the desktop application or its consent as a person.",
  "The deployer may change the deployments of models whose Marketplace offer is signed already; the first deployment of a model signs one, and is a person's act.",
];
