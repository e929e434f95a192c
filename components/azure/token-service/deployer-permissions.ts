import type { AzureTokenServiceArgs } from "./args.ts";
import type { ServicePlan } from "./plan.ts";

type Parts = Pick<ServicePlan, "endpoints" | "dns" | "store" | "signs">;

/**
 * What CI may do in the service's resource group: run the component again, and no more. It reads identities, roles,
 * keys and who signs in to the store but changes none of them, deletes nothing, lists no key or secret, and has no
 * data action. Without the identities, which a person gives, it cannot run an image as the service either.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/permissions/compute (looked up 2026-11-21)
 * @see https://learn.microsoft.com/azure/role-based-access-control/permissions/databases (looked up 2026-11-21)
 */
const always = [
  "Microsoft.App/containerApps/read",
  "Microsoft.App/containerApps/write",
  "Microsoft.App/managedEnvironments/certificates/read",
  "Microsoft.App/managedEnvironments/certificates/write",
  "Microsoft.App/managedEnvironments/join/action",
  "Microsoft.App/managedEnvironments/read",
  "Microsoft.App/managedEnvironments/write",
  "Microsoft.Authorization/roleAssignments/read",
  "Microsoft.Authorization/roleDefinitions/read",
  "Microsoft.Insights/diagnosticSettings/read",
  "Microsoft.Insights/diagnosticSettings/write",
  "Microsoft.ManagedIdentity/userAssignedIdentities/read",
  "Microsoft.Resources/subscriptions/resourceGroups/read",
] as const;

const ownNetwork = [
  "Microsoft.Network/networkSecurityGroups/join/action",
  "Microsoft.Network/networkSecurityGroups/read",
  "Microsoft.Network/networkSecurityGroups/write",
  "Microsoft.Network/virtualNetworks/read",
  "Microsoft.Network/virtualNetworks/subnets/join/action",
  "Microsoft.Network/virtualNetworks/subnets/read",
  "Microsoft.Network/virtualNetworks/subnets/write",
  "Microsoft.Network/virtualNetworks/write",
] as const;

const endpoints = [
  "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read",
  "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write",
  "Microsoft.Network/privateEndpoints/read",
  "Microsoft.Network/privateEndpoints/write",
] as const;

const ownDns = [
  "Microsoft.Network/privateDnsZones/join/action",
  "Microsoft.Network/privateDnsZones/read",
  "Microsoft.Network/privateDnsZones/virtualNetworkLinks/read",
  "Microsoft.Network/privateDnsZones/virtualNetworkLinks/write",
  "Microsoft.Network/privateDnsZones/write",
  "Microsoft.Network/virtualNetworks/join/action",
] as const;

const ownStore = [
  "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/read",
  "Microsoft.Cache/redisEnterprise/databases/read",
  "Microsoft.Cache/redisEnterprise/databases/write",
  "Microsoft.Cache/redisEnterprise/read",
  "Microsoft.Cache/redisEnterprise/write",
] as const;

const keys = ["Microsoft.KeyVault/vaults/keys/read", "Microsoft.KeyVault/vaults/read"] as const;

/** Actions of the deployer's custom role over the service, sorted; as many as the service has parts. Pure. */
export function serviceDeployerActions(
  plan: Parts,
  network: AzureTokenServiceArgs["network"]["kind"],
): readonly string[] {
  const createsStore = plan.store.kind === "create";
  const reached = plan.endpoints.length > 0;
  return [
    ...always,
    ...(network === "create" ? ownNetwork : []),
    ...(reached ? endpoints : []),
    ...(reached && plan.dns.kind === "create" ? ownDns : []),
    ...(createsStore ? ownStore : []),
    ...(createsStore || plan.signs ? keys : []),
  ].sort();
}

/** What a person grants beside that role, on one resource each, or does: a sentence each. Pure. */
export function serviceDeployerSteps(
  plan: Parts & Pick<ServicePlan, "names">,
  network: AzureTokenServiceArgs["network"],
): readonly string[] {
  const { names, store, dns } = plan;
  const parts = ["service", "edge", ...(store.kind === "create" ? ["store"] : [])];
  const identities = parts.map((part) => `${names.base}-${part}`).join(", ");
  const joined = [
    ...(network.kind === "existing"
      ? [
          network.environmentSubnetId,
          ...(plan.endpoints.length > 0 ? [network.endpointSubnetId] : []),
        ]
      : []),
    ...(dns.kind === "existing" && plan.endpoints.length > 0 ? dns.zoneIds : []),
  ];
  return [
    `If CI is to roll the token service out, let the deployer use its identities (Managed Identity Operator) on ${identities}, each alone: whoever may do that can run another image as the service and so get its tokens.`,
    ...(joined.length === 0
      ? []
      : [`Let the deployer join ${joined.join(", ")}: the kit gives no rights there.`]),
    "The deployer cannot make the token service, delete it, or change its identities, their roles, its keys or who signs in to its store: apply such a change as a person.",
  ];
}
