import { describe, expect, it } from "vitest";
import { azureDataStaysInTheZone } from "../../policy-pack/rules/azure-data-stays-in-the-zone.ts";
import { entraAppsArePublicSingleTenant } from "../../policy-pack/rules/entra-apps-are-public-single-tenant.ts";
import { foundryAccountsArePrivate } from "../../policy-pack/rules/foundry-accounts-are-private.ts";
import { foundryDeploymentsStayInTheZone } from "../../policy-pack/rules/foundry-deployments-stay-in-the-zone.ts";
import { azure, stackOf, usZone } from "../support/azure-resources.ts";
import { type Candidate, reportsOf } from "../support/run-rule.ts";

const account = azure(
  "cognitiveservices:Account",
  {
    accountName: "claude-us",
    resourceGroupName: "group",
    kind: "AIServices",
    location: "eastus2",
  },
  { name: "account" },
);
const claude = (sku: string) => ({
  type: "Microsoft.CognitiveServices/accounts/deployments",
  name: "claude-us/opus",
  sku: { name: sku },
  properties: {
    model: { format: "Anthropic", name: "claude-opus-5-5", version: "2" },
    versionUpgradeOption: "NoAutoUpgrade",
  },
});
/** A template in a template, whose parameter is one thing inside and another outside. */
const nested = (inside: string, outside: string, more: object) => ({
  resources: [
    {
      type: "Microsoft.Resources/deployments",
      name: "inner",
      properties: {
        template: {
          parameters: { type: { defaultValue: inside } },
          resources: [claude("[parameters('type')]")],
        },
      },
    },
  ],
  parameters: { type: { defaultValue: outside } },
  ...more,
});
const deployments = async (candidate: Candidate) =>
  (
    await reportsOf(foundryDeploymentsStayInTheZone, candidate, {
      zone: usZone,
      others: [account],
    })
  ).map((one) => one.replace(/; inside is .*$/, ""));
const data = (candidate: Candidate) =>
  reportsOf(azureDataStaysInTheZone, candidate, { zone: usZone });
const global = (at: string) =>
  `blocks: Microsoft.CognitiveServices/accounts/deployments \`${at}\`: GlobalStandard of claude-opus-5-5 version 2, where \`name\` is account: \`location\` is eastus2: GlobalStandard is processed in any Azure region`;

describe("what a template makes", () => {
  it("is seen in a deployment that a resource of any type makes", async () => {
    const generic = (properties: object) =>
      azure("resources:Resource", {
        resourceGroupName: "group",
        resourceProviderNamespace: "Microsoft.Resources",
        resourceType: "deployments",
        resourceName: "opus",
        properties,
      });
    const template = { resources: [claude("GlobalStandard")] };
    expect(await deployments(generic({ template }))).toEqual([
      global("properties.template.resources.0"),
    ]);
    expect(await deployments(generic({ templateLink: { uri: "https://example.com" } }))).toEqual([
      "blocks: undecidable: `properties.templateLink` is given: what the template makes cannot be seen",
    ]);
  });

  it("takes its own parameters inside a template of language 2.0, which says nothing of it", async () => {
    const at = "template.resources.0.properties.template.resources.0";
    const two = { languageVersion: "2.0" };
    const of = (inside: string, outside: string, more: object) =>
      deployments(stackOf(nested(inside, outside, more)));
    expect(await of("GlobalStandard", "DataZoneStandard", two)).toEqual([global(at)]);
    expect(await of("DataZoneStandard", "GlobalStandard", two)).toEqual([]);
    expect(await of("DataZoneStandard", "GlobalStandard", {})).toEqual([global(at)]);
  });

  it("holds the children of a resource that is only looked up", async () => {
    const looked = {
      type: "Microsoft.CognitiveServices/accounts",
      name: "claude-us",
      existing: true,
      resources: [{ ...claude("GlobalStandard"), type: "deployments", name: "opus" }],
    };
    expect(await deployments(stackOf({ resources: { looked } }))).toEqual([
      global("template.resources.looked.resources.0").replace(
        "Microsoft.CognitiveServices/accounts/deployments",
        "deployments",
      ),
    ]);
  });
});

describe("whom an identity trusts", () => {
  const type = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
  const trusting = (subject: string) => ({
    type,
    name: "ci/github",
    properties: { issuer: "https://token.actions.githubusercontent.com", subject },
  });
  const judge = (candidate: Candidate) => reportsOf(entraAppsArePublicSingleTenant, candidate);
  const exact = "repo:example@12345/landing-zone@678:environment:production";

  it("is judged in a template too", async () => {
    expect(await judge(stackOf({ resources: [trusting(exact)] }))).toEqual([]);
    expect(await judge(stackOf({ resources: [trusting("repo:example/*")] }))).toEqual([
      `blocks: ${type} \`template.resources.0\`: \`subject\` repo:example/* is a pattern: name one workload`,
    ]);
    expect(await judge(stackOf({ resources: [trusting("[uniqueString('a')]")] }))).toEqual([
      `blocks: undecidable: ${type} \`template.resources.0\`: \`template.resources.0.properties.subject\`: the expression [uniqueString('a')] is not worked out here`,
    ]);
  });

  it("is judged where a resource of any type makes it", async () => {
    const generic = azure("resources:Resource", {
      resourceProviderNamespace: "Microsoft.ManagedIdentity",
      parentResourcePath: "userAssignedIdentities/ci",
      resourceType: "federatedIdentityCredentials",
      resourceName: "github",
      properties: { issuer: "https://token.actions.githubusercontent.com", subject: "repo:a/*" },
    });
    expect(await judge(generic)).toEqual([
      "blocks: `subject` repo:a/* is a pattern: name one workload",
    ]);
  });
});

describe("names that a template writes in another case", () => {
  const diagnostics = (properties: object) =>
    stackOf({
      resources: [{ type: "Microsoft.Insights/diagnosticSettings", name: "d", properties }],
    });
  const lead = "Microsoft.Insights/diagnosticSettings `template.resources.0`: ";

  it("are targets of logs all the same", async () => {
    const id =
      "/subscriptions/0/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces";
    expect(await data(diagnostics({ WorkspaceId: `${id}/far` }))).toContain(
      `blocks: undecidable: ${lead}\`properties.WorkspaceId\` "far" is nothing this run has made, so its place is not seen`,
    );
    expect(await data(diagnostics({ MarketplacePartnerId: "x" }))).toContain(
      `blocks: undecidable: ${lead}\`properties.MarketplacePartnerId\` names a partner, whose place is not seen`,
    );
  });

  it("are zones of an endpoint all the same", async () => {
    const zone = "/providers/Microsoft.Network/privateDnsZones/privatelink.openai.azure.com";
    const stack = stackOf({
      resources: [
        {
          type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
          name: "claude/default",
          properties: { privateDnsZoneConfigs: [{ properties: { PrivateDnsZoneId: zone } }] },
        },
      ],
    });
    expect(await reportsOf(foundryAccountsArePrivate, stack, { zone: usZone })).toEqual([
      "blocks: Microsoft.Network/privateEndpoints/privateDnsZoneGroups `template.resources.0`: `properties.privateDnsZoneConfigs` names privatelink.openai.azure.com but not privatelink.cognitiveservices.azure.com and privatelink.services.ai.azure.com: name all three, or none of them",
    ]);
  });

  it("are replicas all the same, and the resource's own place is said once", async () => {
    const far = {
      type: "Microsoft.DocumentDB/databaseAccounts",
      name: "d",
      Location: "swedencentral",
      properties: { Locations: [{ LocationName: "eastus" }, { LocationName: "northeurope" }] },
    };
    const of = "Microsoft.DocumentDB/databaseAccounts `template.resources.0`: ";
    const reports = await data(stackOf({ resources: [far] }));
    expect(reports.filter((one) => one.includes(of))).toEqual([
      `blocks: ${of}\`location\` is swedencentral: swedencentral is in SE, outside zone us`,
      `blocks: ${of}\`properties.Locations.1.LocationName\` is northeurope: northeurope is in IE, outside zone us`,
    ]);
  });
});

describe("copies that a template asks for", () => {
  const zone = { ...usZone, id: "sg", countries: ["SG"] };
  const inSg = (type: string, properties: object) => ({
    type,
    name: "a/b",
    location: "southeastasia",
    properties,
  });
  const toHk = "and southeastasia is copied to eastasia: eastasia is in HK, outside zone sg";

  it.each([
    {
      type: "Microsoft.Sql/servers/databases",
      property: "requestedBackupStorageRedundancy",
      is: "Geo",
    },
    {
      type: "Microsoft.DocumentDB/databaseAccounts",
      property: "backupPolicy.periodicModeProperties.backupStorageRedundancy",
      is: "Geo",
    },
    {
      type: "Microsoft.RecoveryServices/vaults",
      property: "redundancySettings.standardTierStorageRedundancy",
      is: "GeoRedundant",
    },
  ])("are those of $type by default", async ({ type, property, is }) => {
    const stack = stackOf({ resources: [inSg(type, {})] });
    expect(await reportsOf(azureDataStaysInTheZone, stack, { zone })).toEqual([
      `blocks: ${type} \`template.resources.0\`: \`properties.${property}\` is absent, which is ${is}, ${toHk}`,
    ]);
  });

  it("are none where a vault keeps to its region", async () => {
    const redundancySettings = { standardTierStorageRedundancy: "ZoneRedundant" };
    const stack = stackOf({
      resources: [inSg("Microsoft.RecoveryServices/vaults", { redundancySettings })],
    });
    expect(await reportsOf(azureDataStaysInTheZone, stack, { zone })).toEqual([]);
  });

  it("are none where a database's backups keep to its region", async () => {
    for (const backupPolicy of [
      { type: "Continuous" },
      { type: "Periodic", periodicModeProperties: { backupStorageRedundancy: "Local" } },
    ]) {
      const stack = stackOf({
        resources: [inSg("Microsoft.DocumentDB/databaseAccounts", { backupPolicy })],
      });
      expect(await reportsOf(azureDataStaysInTheZone, stack, { zone })).toEqual([]);
    }
  });

  it("are data exports, whose target has a place", async () => {
    const id = "/providers/Microsoft.Storage/storageAccounts/far";
    const type = "Microsoft.OperationalInsights/workspaces/dataExports";
    const stack = stackOf({ resources: [inSg(type, { destination: { resourceId: id } })] });
    expect(await reportsOf(azureDataStaysInTheZone, stack, { zone })).toEqual([
      `blocks: undecidable: ${type} \`template.resources.0\`: \`properties.destination.resourceId\` "far" is nothing this run has made, so its place is not seen`,
    ]);
  });
});
