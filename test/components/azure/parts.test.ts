import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import { CallerRole } from "../../../components/azure/caller-role.ts";
import { CustomerKey } from "../../../components/azure/customer-key.ts";
import { FoundryAccount } from "../../../components/azure/foundry-account.ts";
import { RouteLogs } from "../../../components/azure/route-logs.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { asked, group, groupId, inputsOf, place, subscriptionId, tenantId } from "./support.ts";

class Anything extends pulumi.ComponentResource {
  constructor() {
    super("test:index:Anything", "anything");
  }
}

const roles = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions`;

describe("CustomerKey", () => {
  const made = (rotationDays = 365) =>
    deploy(() => new CustomerKey("k", { place, subscriptionId, tenantId, rotationDays }), {
      outputs: {
        "azure-native:managedidentity:UserAssignedIdentity": () => ({
          principalId: "the-identity",
          clientId: "the-client",
        }),
      },
    });

  it("keeps its key in a vault nobody can purge and only Microsoft's services reach", async () => {
    const { resources } = await made();
    expect(inputsOf(resources, "Vault")).toEqual({
      resourceGroupName: "cowork-example-us-foundry",
      location: "eastus2",
      vaultName: "cowork-7a1fe41da551",
      properties: {
        tenantId,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        publicNetworkAccess: "Disabled",
        networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
        // Filled in by the SDK.
        enabledForDeployment: false,
        enabledForDiskEncryption: false,
        enabledForTemplateDeployment: false,
      },
    });
  });

  it("makes an RSA key of 3072 bits that rotates itself and never expires", async () => {
    const { resources } = await made(90);
    expect(inputsOf(resources, "Key")).toMatchObject({
      keyName: "foundry",
      properties: {
        kty: "RSA",
        keySize: 3072,
        rotationPolicy: {
          lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: "P90D" } }],
        },
      },
    });
    expect(JSON.stringify(inputsOf(resources, "Key"))).not.toContain("expir");
  });

  it("lets its identity use that one key, by the role Microsoft documents", async () => {
    const { resources } = await made();
    expect(inputsOf(resources, "RoleAssignment")).toEqual({
      roleAssignmentName: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scope: `${group}/providers/Microsoft.KeyVault/vaults/cowork-7a1fe41da551/keys/foundry`,
      principalId: "the-identity",
      principalType: "ServicePrincipal",
      roleDefinitionId: `${roles}/12338af0-0e69-4776-bea7-57ae8d297424`,
    });
  });

  it.each([27, 731, 30.5, 0, Number.NaN])("refuses a rotation of %s days", async (days) => {
    expect(await refusal(made(days))).toBe(
      `k: invalid arguments\n  rotationDays: ${days} days; need a whole number from 28 to 730`,
    );
  });
});

describe("FoundryAccount", () => {
  it("has no keys, no public address, no way out, and the company's key", async () => {
    const { resources } = await deploy(() => {
      const key = {
        vaultUri: "https://v.vault.azure.net",
        keyName: "foundry",
        identityId: "/identities/i",
        identityClientId: "the-client",
        grant: new Anything(),
      };
      return new FoundryAccount("a", { place, key });
    });
    expect(inputsOf(resources, "Account")).toEqual({
      resourceGroupName: "cowork-example-us-foundry",
      location: "eastus2",
      accountName: "cowork-example-us-foundry-7a1fe41d",
      kind: "AIServices",
      sku: { name: "S0" },
      identity: { type: "UserAssigned", userAssignedIdentities: ["/identities/i"] },
      properties: {
        customSubDomainName: "cowork-example-us-foundry-7a1fe41d",
        disableLocalAuth: true,
        publicNetworkAccess: "Disabled",
        networkAcls: {
          defaultAction: "Deny",
          bypass: "None",
          ipRules: [],
          virtualNetworkRules: [],
        },
        restrictOutboundNetworkAccess: true,
        allowedFqdnList: [],
        encryption: {
          keySource: "Microsoft.KeyVault",
          keyVaultProperties: {
            keyVaultUri: "https://v.vault.azure.net",
            keyName: "foundry",
            identityClientId: "the-client",
          },
        },
      },
    });
  });
});

describe("RouteLogs", () => {
  const made = (retentionDays: number, sentinel: boolean) =>
    deploy(() => {
      const logs = new RouteLogs("l", { place, retentionDays, sentinel });
      logs.watch("w", { resourceUri: "/a", categories: ["Audit"], after: new Anything() });
      return logs;
    });
  const workspaceId = `${group}/providers/Microsoft.OperationalInsights/workspaces/cowork-example-us-foundry`;

  it("keeps entries in the region, without public ingestion and without shared keys", async () => {
    const { resources, result } = await made(30, false);
    expect(asked(resources)).toEqual(["DiagnosticSetting::w", "Workspace::l"]);
    expect(inputsOf(resources, "Workspace")).toEqual({
      resourceGroupName: "cowork-example-us-foundry",
      location: "eastus2",
      workspaceName: "cowork-example-us-foundry",
      sku: { name: "PerGB2018" },
      retentionInDays: 30,
      features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
      publicNetworkAccessForIngestion: "Disabled",
      publicNetworkAccessForQuery: "Enabled",
    });
    expect(result.workspaceId).toBe(workspaceId);
  });

  it("sends the diagnostics of what it watches to the workspace and nowhere else", async () => {
    const { resources } = await made(30, false);
    expect(inputsOf(resources, "DiagnosticSetting")).toEqual({
      name: "cowork",
      resourceUri: "/a",
      workspaceId,
      logs: [{ category: "Audit", enabled: true }],
      metrics: [{ category: "AllMetrics", enabled: true }],
    });
  });

  it("switches Sentinel on only where it was asked for", async () => {
    const { resources } = await made(730, true);
    expect(inputsOf(resources, "SentinelOnboardingState")).toMatchObject({
      sentinelOnboardingStateName: "default",
      customerManagedKey: false,
    });
  });

  it.each([29, 731, 90.5])("refuses a retention of %s days", async (days) => {
    expect(await refusal(made(days, false))).toBe(
      `l: invalid arguments\n  retentionDays: ${days} days; need a whole number from 30 to 730`,
    );
  });
});

describe("CallerRole", () => {
  const accountId = `${group}/providers/Microsoft.CognitiveServices/accounts/a`;
  const made = (role: "claude-caller" | "cognitive-services-user", to = groupId) =>
    deploy(
      () =>
        new CallerRole("c", {
          place,
          subscriptionId,
          accountId,
          account: new Anything(),
          access: { groupId: to, role },
        }),
    );

  it("may call providers' models and do nothing else, by default", async () => {
    const { resources, result } = await made("claude-caller");
    const role = inputsOf(resources, "RoleDefinition");
    expect(role).toEqual({
      roleDefinitionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      roleName: "Claude caller example-us-foundry",
      roleType: "CustomRole",
      description: "Calls Claude deployments, and nothing else.",
      scope: group,
      assignableScopes: [group],
      permissions: [
        {
          actions: [],
          notActions: [],
          dataActions: ["Microsoft.CognitiveServices/accounts/providers/*"],
          notDataActions: [],
        },
      ],
    });
    expect(inputsOf(resources, "RoleAssignment")).toEqual({
      roleAssignmentName: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scope: accountId,
      principalId: groupId,
      principalType: "Group",
      roleDefinitionId: `${roles}/${String(role.roleDefinitionId)}`,
    });
    expect(result.remainingSteps).toEqual([
      "As a member of the group, send one message and count its tokens; if Azure still answers 401 after ten minutes, set access.role to cognitive-services-user (docs/foundry.md).",
    ]);
  });

  it("makes no role where Microsoft's own is asked for", async () => {
    const { resources, result } = await made("cognitive-services-user");
    expect(asked(resources)).toEqual(["RoleAssignment::c-grant"]);
    expect(inputsOf(resources, "RoleAssignment")).toMatchObject({
      scope: accountId,
      roleDefinitionId: `${roles}/a97b65f3-24c7-4388-baec-2e87135dc908`,
    });
    expect(result.remainingSteps).toEqual([]);
  });

  it("names an assignment anew for another group, since Azure never changes whom one is for", async () => {
    const one = inputsOf((await made("claude-caller")).resources, "RoleAssignment");
    const other = "5b1f0c2e-7d3a-4e9b-8c6d-000000000000";
    const two = inputsOf((await made("claude-caller", other)).resources, "RoleAssignment");
    expect(one.roleAssignmentName).not.toBe(two.roleAssignmentName);
  });

  it.each(["", "Claude users", "users@example.com", "*", `${groupId}x`])(
    "refuses the group %j",
    async (to) => {
      expect(await refusal(made("claude-caller", to))).toBe(
        `c: invalid arguments\n  access.groupId: "${to}" is no object id; give the Entra group's object id, a GUID`,
      );
    },
  );
});
