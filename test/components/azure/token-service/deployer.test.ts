import { describe, expect, it } from "vitest";

import {
  serviceDeployerActions,
  serviceDeployerSteps,
} from "../../../../components/azure/token-service/deployer-permissions.ts";
import { planService } from "../../../../components/azure/token-service/plan.ts";
import { run } from "./deployed.ts";
import { existingNetwork, existingStore, group, serviceArgs, subscriptionId } from "./support.ts";

const actionsOf = (
  change: Parameters<typeof serviceArgs>[0] = {},
  network: "create" | "existing" = "create",
) => serviceDeployerActions(planService(serviceArgs(change)), network);
const zoneIds = ["/subscriptions/s/zones/redis"];

describe("CI that deploys a token service at Azure", () => {
  it("has one custom role, in the service's own resource group alone", async () => {
    const { resources } = await run({ deployerPrincipalId: "deployer" });
    const of = (type: string) =>
      resources.filter((one) => one.type === type && one.name.startsWith("tokens-deployer"));
    const [role, ...otherRoles] = of("azure-native:authorization:RoleDefinition");
    const [grant, ...otherGrants] = of("azure-native:authorization:RoleAssignment");
    expect([...otherRoles, ...otherGrants]).toEqual([]);
    expect(role?.inputs).toMatchObject({
      scope: group,
      assignableScopes: [group],
      roleName: "Landing zone deployer token-service-example-us",
      roleType: "CustomRole",
      permissions: [{ notActions: [], dataActions: [], notDataActions: [] }],
    });
    expect(grant?.inputs).toEqual({
      scope: group,
      roleAssignmentName: expect.stringMatching(/^[0-9a-f-]{36}$/),
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${String(role?.inputs.roleDefinitionId)}`,
      principalId: "deployer",
      principalType: "ServicePrincipal",
    });
  });

  it("is not thought of where only people deploy", async () => {
    const { resources, result } = await run();
    expect(resources.filter(({ name }) => name.includes("deployer"))).toEqual([]);
    expect(resources.filter(({ type }) => type.endsWith(":RoleDefinition"))).toEqual([]);
    expect(result.remainingSteps.filter((step) => step.includes("deployer"))).toEqual([]);
  });

  it("may do as much as the service has parts, and this is all of it", () => {
    const least = [
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
    ];
    const vault = ["Microsoft.KeyVault/vaults/keys/read", "Microsoft.KeyVault/vaults/read"];
    const network = [
      "Microsoft.Network/networkSecurityGroups/join/action",
      "Microsoft.Network/networkSecurityGroups/read",
      "Microsoft.Network/networkSecurityGroups/write",
      "Microsoft.Network/virtualNetworks/read",
      "Microsoft.Network/virtualNetworks/subnets/join/action",
      "Microsoft.Network/virtualNetworks/subnets/read",
      "Microsoft.Network/virtualNetworks/subnets/write",
      "Microsoft.Network/virtualNetworks/write",
    ];
    const store = [
      "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/read",
      "Microsoft.Cache/redisEnterprise/databases/read",
      "Microsoft.Cache/redisEnterprise/databases/write",
      "Microsoft.Cache/redisEnterprise/read",
      "Microsoft.Cache/redisEnterprise/write",
    ];
    const endpoint = [
      "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read",
      "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write",
      "Microsoft.Network/privateEndpoints/read",
      "Microsoft.Network/privateEndpoints/write",
    ];
    const zones = [
      "Microsoft.Network/privateDnsZones/join/action",
      "Microsoft.Network/privateDnsZones/read",
      "Microsoft.Network/privateDnsZones/virtualNetworkLinks/read",
      "Microsoft.Network/privateDnsZones/virtualNetworkLinks/write",
      "Microsoft.Network/privateDnsZones/write",
      "Microsoft.Network/virtualNetworks/join/action",
    ];
    const own = { store: existingStore, signs: false };
    expect(actionsOf(own, "existing")).toEqual(least);
    expect(actionsOf(own)).toEqual([...least, ...network].sort());
    expect(actionsOf({ ...own, signs: true }, "existing")).toEqual(
      [...least, ...vault, ...endpoint, ...zones].sort(),
    );
    const hub = { dns: { kind: "existing", zoneIds } } as const;
    expect(actionsOf(hub, "existing")).toEqual([...least, ...vault, ...store, ...endpoint].sort());
    expect(actionsOf()).toEqual(
      [...least, ...vault, ...network, ...store, ...endpoint, ...zones].sort(),
    );
  });

  it("neither deletes nor changes who may do what, lists no secret, and is not the service", () => {
    for (const action of actionsOf({ signs: true })) {
      expect(action).not.toMatch(/\*|\/delete$|list|regenerate|assign\/action/i);
      expect(action).not.toMatch(
        /(?:Authorization|ManagedIdentity|KeyVault|accessPolicyAssignments).*\/(?:write|action)$/,
      );
    }
  });

  it("leaves to people what would make it the service, and what lies elsewhere", () => {
    const base = "cowork-token-service-example-us";
    const use = (...parts: string[]) =>
      `If CI is to roll the token service out, let the deployer use its identities (Managed Identity Operator) on ${parts.map((part) => `${base}-${part}`).join(", ")}, each alone: whoever may do that can run another image as the service and so get its tokens.`;
    const last =
      "The deployer cannot make the token service, delete it, or change its identities, their roles, its keys or who signs in to its store: apply such a change as a person.";
    const steps = (change: Parameters<typeof serviceArgs>[0]) => {
      const args = serviceArgs(change);
      return serviceDeployerSteps(planService(args), args.network);
    };
    expect(steps({})).toEqual([use("service", "edge", "store"), last]);
    expect(
      steps({ network: existingNetwork, dns: { kind: "existing", zoneIds }, signs: false }),
    ).toEqual([
      use("service", "edge", "store"),
      `Let the deployer join ${existingNetwork.environmentSubnetId}, ${existingNetwork.endpointSubnetId}, /subscriptions/s/zones/redis: the kit gives no rights there.`,
      last,
    ]);
    expect(steps({ network: existingNetwork, store: existingStore, signs: false })).toEqual([
      use("service", "edge"),
      `Let the deployer join ${existingNetwork.environmentSubnetId}: the kit gives no rights there.`,
      last,
    ]);
  });

  it("hears of it among the outputs", async () => {
    const { result } = await run({ deployerPrincipalId: "deployer" });
    expect(result.remainingSteps.filter((step) => step.includes("deployer"))).toHaveLength(2);
  });
});
