import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as cognitive from "@pulumi/azure-native/cognitiveservices/index.js";
import * as keyvault from "@pulumi/azure-native/keyvault/index.js";
import * as identity from "@pulumi/azure-native/managedidentity/index.js";
import * as monitor from "@pulumi/azure-native/monitor/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as insights from "@pulumi/azure-native/operationalinsights/index.js";
import * as privatedns from "@pulumi/azure-native/privatedns/index.js";
import { Provider } from "@pulumi/azure-native/provider.js";
import { DeploymentStackAtResourceGroup } from "@pulumi/azure-native/resources/deploymentStackAtResourceGroup.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import * as storage from "@pulumi/azure-native/storage/index.js";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackRun } from "../../offline/engine/run-stack.ts";
import { type StandIns, startStandIns } from "../../offline/providers/stand-ins.ts";
import { stand, temporaryFolder } from "./support.ts";

const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
const subscriptionId = "11111111-2222-4333-8444-555555555555";
const tenantId = "99999999-2222-4333-8444-555555555555";
let standIns: StandIns;

beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

/** Runs somebody else's Azure program, which uses none of our components, with our pack on. */
function engine() {
  const compliance = join(temporaryFolder(), "zones.yaml");
  writeFileSync(compliance, "stacks: { eu: us }\n");
  return stand({ policyPack, env: { ...standIns.env, COWORK_COMPLIANCE_FILE: compliance } });
}

const mandatory = ({ policyMessages }: StackRun) =>
  policyMessages.filter(({ level }) => level === "mandatory");

interface Choices {
  readonly sku?: string;
  readonly option?: string;
  readonly location?: string;
  readonly publicNetworkAccess?: string;
  readonly zones?: readonly string[];
  readonly storageSku?: string;
  /** While the vault is not made yet, nothing of the account's `properties` is known: so does the SDK. */
  readonly ownKey?: boolean;
}

/** Most of a Foundry route in plain resources, with names Azure's provider makes up. */
const program =
  ({
    sku = "DataZoneStandard",
    option = "NoAutoUpgrade",
    location = "eastus2",
    publicNetworkAccess = "Disabled",
    zones = ["cognitiveservices", "openai", "services.ai"],
    storageSku = "Standard_ZRS",
    ownKey = true,
  }: Choices = {}): PulumiFn =>
  async () => {
    const provider = new Provider("azure", { subscriptionId, tenantId });
    const options = { provider };
    const group = new ResourceGroup("claude", { location }, options);
    const resourceGroupName = group.name;
    const vault = new keyvault.Vault(
      "keys",
      {
        resourceGroupName,
        properties: {
          tenantId,
          sku: { family: "A", name: "standard" },
          enablePurgeProtection: true,
          enableRbacAuthorization: true,
        },
      },
      options,
    );
    const key = new keyvault.Key(
      "key",
      { resourceGroupName, vaultName: vault.name, properties: { kty: "RSA", keySize: 3072 } },
      options,
    );
    const user = new identity.UserAssignedIdentity("claude", { resourceGroupName }, options);
    const account = new cognitive.Account(
      "claude",
      {
        resourceGroupName,
        kind: "AIServices",
        sku: { name: "S0" },
        identity: { type: "UserAssigned", userAssignedIdentities: [user.id] },
        properties: {
          customSubDomainName: "somebody-else-claude",
          publicNetworkAccess,
          networkAcls: { defaultAction: "Deny" },
          disableLocalAuth: true,
          restrictOutboundNetworkAccess: true,
          ...(ownKey && {
            encryption: {
              keySource: "Microsoft.KeyVault",
              keyVaultProperties: {
                keyVaultUri: vault.properties.apply(({ vaultUri }) => vaultUri ?? ""),
                keyName: key.name,
                identityClientId: user.clientId,
              },
            },
          }),
        },
      },
      options,
    );
    new DeploymentStackAtResourceGroup(
      "models",
      {
        resourceGroupName,
        actionOnUnmanage: { resources: "delete" },
        denySettings: { mode: "none" },
        template: {
          $schema:
            "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          contentVersion: "1.0.0.0",
          resources: [
            {
              type: "Microsoft.CognitiveServices/accounts/deployments",
              apiVersion: "2025-12-01",
              name: pulumi.interpolate`${account.name}/opus`,
              sku: { name: sku, capacity: 25 },
              properties: {
                model: { format: "Anthropic", name: "claude-opus-5-5", version: "2" },
                modelProviderData: {
                  organizationName: "Example Corp",
                  countryCode: "US",
                  industry: "technology",
                },
                versionUpgradeOption: option,
              },
            },
          ],
        },
      },
      options,
    );
    const vnet = new network.VirtualNetwork(
      "private",
      { resourceGroupName, addressSpace: { addressPrefixes: ["10.40.0.0/16"] } },
      options,
    );
    const subnet = new network.Subnet(
      "endpoints",
      { resourceGroupName, virtualNetworkName: vnet.name, addressPrefix: "10.40.0.0/24" },
      options,
    );
    const endpoint = new network.PrivateEndpoint(
      "claude",
      {
        resourceGroupName,
        subnet: { id: subnet.id },
        privateLinkServiceConnections: [
          { name: "claude", privateLinkServiceId: account.id, groupIds: ["account"] },
        ],
      },
      options,
    );
    new network.PrivateDnsZoneGroup(
      "claude",
      {
        resourceGroupName,
        privateEndpointName: endpoint.name,
        privateDnsZoneConfigs: zones.map((name) => {
          const privateZoneName =
            name === "services.ai"
              ? "privatelink.services.ai.azure.com"
              : `privatelink.${name}.azure.com`;
          const zone = new privatedns.PrivateZone(
            name,
            { resourceGroupName, privateZoneName, location: "global" },
            options,
          );
          return { name: name.replace(".", "-"), privateDnsZoneId: zone.id };
        }),
      },
      options,
    );
    const logs = new insights.Workspace(
      "logs",
      { resourceGroupName, sku: { name: "PerGB2018" }, retentionInDays: 365 },
      options,
    );
    const archive = new storage.StorageAccount(
      "archive",
      { resourceGroupName, kind: "StorageV2", sku: { name: storageSku } },
      options,
    );
    new monitor.DiagnosticSetting(
      "calls",
      {
        resourceUri: account.id,
        workspaceId: logs.id,
        storageAccountId: archive.id,
        logs: [{ category: "Audit", enabled: true }],
      },
      options,
    );
  };

describe("a program that uses plain Azure resources", () => {
  test("passes when everything stays in the zone, with nothing left unproven at preview", async () => {
    const preview = await engine().run("preview", program({ ownKey: false }));
    expect(preview.problems).toEqual([]);
    expect(preview.policyMessages).toEqual([]);
  });

  test("passes with a key of its own, whose account is proven when it is made", async () => {
    const runs = engine();
    const preview = await runs.run("preview", program());
    expect(preview.problems).toEqual([]);
    expect(
      preview.policyMessages.map(({ level, message }) => `${level}: ${message.split("\n").at(-1)}`),
    ).toEqual(["advisory: not proven, decided at up: `properties` is not known yet"]);

    const up = await runs.run("up", program());
    expect(up.problems).toEqual([]);
    expect(up.policyMessages).toEqual([]);
    expect(
      up.steps.filter(({ op, type }) => op === "create" && type.startsWith("azure-native:")).length,
    ).toBe(16);
  });

  const leaks: { what: string; rule: string; says: string; choices: Choices }[] = [
    {
      what: "a global deployment in a template",
      rule: "foundry-deployments-stay-in-the-zone",
      says: "GlobalStandard is processed in any Azure region",
      choices: { sku: "GlobalStandard" },
    },
    {
      what: "a deployment that upgrades itself",
      rule: "foundry-deployments-stay-in-the-zone",
      says: "`properties.versionUpgradeOption` is OnceNewDefaultVersionAvailable",
      choices: { option: "OnceNewDefaultVersionAvailable" },
    },
    {
      what: "a group elsewhere, whose place the resources take",
      rule: "azure-data-stays-in-the-zone",
      says: "swedencentral is in SE, outside zone us",
      choices: { location: "swedencentral" },
    },
    {
      what: "an account open to the internet",
      rule: "foundry-accounts-are-private",
      says: "`properties.publicNetworkAccess` is Enabled, not Disabled",
      choices: { publicNetworkAccess: "Enabled", ownKey: false },
    },
    {
      what: "two zones of three",
      rule: "foundry-accounts-are-private",
      says: "but not privatelink.services.ai.azure.com",
      choices: { zones: ["cognitiveservices", "openai"] },
    },
  ];
  test.each(leaks)("is stopped at preview by $what", async ({ rule, says, choices }) => {
    const preview = await engine().run("preview", program(choices));
    expect(mandatory(preview).map((one) => one.rule)).toContain(rule);
    expect(
      mandatory(preview)
        .filter((one) => one.rule === rule)
        .map(({ message }) => message)
        .join("\n"),
    ).toContain(says);
  });

  test("is stopped at preview by an application of many tenants with a secret", async () => {
    const preview = await engine().run("preview", async () => {
      const provider = new azuread.Provider("entra", { tenantId });
      const options = { provider };
      const app = new azuread.ApplicationRegistration(
        "app",
        { displayName: "Claude", signInAudience: "AzureADMultipleOrgs" },
        options,
      );
      new azuread.ApplicationPassword("secret", { applicationId: app.id }, options);
    });
    const rule = "entra-apps-are-public-single-tenant";
    expect(
      mandatory(preview)
        .filter((one) => one.rule === rule)
        .map(({ message }) => message.split("\n").at(-1))
        // The engine says what it hears of two resources in no fixed order.
        .toSorted(),
    ).toEqual([
      "`signInAudience` is AzureADMultipleOrgs: people of other tenants may sign in",
      "it gives the application a password, which a laptop cannot keep: sign people in",
    ]);
  });
});
