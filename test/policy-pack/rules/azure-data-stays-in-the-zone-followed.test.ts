import { describe, expect, it } from "vitest";
import { azureDataStaysInTheZone as rule } from "../../../policy-pack/rules/azure-data-stays-in-the-zone.ts";
import { azure as of, stackOf } from "../../support/azure-resources.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const inNl = "westeurope is in NL, outside zone eu";
const inUs = "eastus is in US, outside zone eu";
const inGroup = { resourceGroupName: "group" };
const group = (location: string) =>
  of("resources:ResourceGroup", { resourceGroupName: "group", location }, { name: "rg" });
const storage = (location: string | undefined, sku: unknown) =>
  of("storage:StorageAccount", { ...inGroup, accountName: "logs", location, sku });
const workspace = (location: string, more: object = {}) =>
  of(
    "operationalinsights:Workspace",
    { ...inGroup, workspaceName: "logs", location, ...more },
    { name: "holder" },
  );
const vault = (location: string) =>
  of("keyvault:Vault", { ...inGroup, vaultName: "keys", location }, { name: "holder" });
const namespace = (location: string) =>
  of("eventhub:Namespace", { ...inGroup, namespaceName: "hub", location }, { name: "holder" });
const id = (rest: string, resourceGroup = "group") =>
  `/subscriptions/0000/resourceGroups/${resourceGroup}/providers/${rest}`;
const workspaceId = id("Microsoft.OperationalInsights/workspaces/logs");
const diagnostics = (props: Record<string, unknown>, more: Partial<Candidate> = {}) =>
  of("monitor:DiagnosticSetting", { resourceUri: id("Microsoft.X/y/z"), ...props }, more);
const notSeen = "is nothing this run has made, so its place is not seen";

describe("azure-data-stays-in-the-zone, followed", () => {
  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    it.each([
      {
        what: "a workspace",
        props: { workspaceId },
        holder: workspace,
        at: "`workspaceId`",
      },
      {
        what: "a storage account",
        props: { storageAccountId: id("Microsoft.Storage/storageAccounts/logs") },
        holder: (location: string) => ({
          ...storage(location, { name: "Standard_LRS" }),
          name: "holder",
        }),
        at: "`storageAccountId`",
      },
      {
        what: "an event hub",
        props: {
          eventHubAuthorizationRuleId: id(
            "Microsoft.EventHub/namespaces/hub/authorizationRules/send",
          ),
        },
        holder: namespace,
        at: "`eventHubAuthorizationRuleId`",
      },
    ])("follows logs to $what", async ({ props, holder, at }) => {
      const candidate = diagnostics(props);
      expect(await reportsOf(rule, candidate, { phase, others: [holder("italynorth")] })).toEqual(
        [],
      );
      expect(await reportsOf(rule, candidate, { phase, others: [holder("eastus")] })).toEqual([
        `blocks: ${at} is holder: \`location\` is eastus: ${inUs}`,
      ]);
      expect(await reportsOf(rule, candidate, { phase })).toEqual([
        `blocks: undecidable: ${at} "${holder === namespace ? "hub" : "logs"}" ${notSeen}`,
      ]);
    });

    it("does not mistake a workspace for one of the same name in another group", async () => {
      const candidate = diagnostics({
        workspaceId: id("Microsoft.OperationalInsights/workspaces/logs", "other"),
      });
      const others = [workspace("northeurope")];
      expect(await reportsOf(rule, candidate, { phase, others })).toEqual([
        `blocks: undecidable: \`workspaceId\` "logs" ${notSeen}`,
      ]);
    });

    it.each([
      {
        when: "a target that is no id",
        candidate: diagnostics({ workspaceId: "logs" }),
        says: ['blocks: undecidable: `workspaceId` "logs" is not the id of a resource'],
      },
      {
        when: "a partner",
        candidate: diagnostics({ marketplacePartnerId: "partner" }),
        says: [
          "blocks: undecidable: `marketplacePartnerId` names a partner, whose place is not seen",
        ],
      },
      {
        when: "a rule that collects into a workspace elsewhere",
        candidate: of("monitor:DataCollectionRule", {
          location: "northeurope",
          destinations: { logAnalytics: [{ workspaceResourceId: workspaceId }] },
        }),
        says: [
          `blocks: \`destinations.logAnalytics.0.workspaceResourceId\` is holder: \`location\` is eastus: ${inUs}`,
        ],
      },
      {
        when: "an account that keeps its files in storage nobody sees",
        candidate: of("cognitiveservices:Account", {
          location: "swedencentral",
          properties: { userOwnedStorage: [{ resourceId: id("Microsoft.Storage/s/files") }] },
        }),
        says: [
          `blocks: undecidable: \`properties.userOwnedStorage.0.resourceId\` "files" ${notSeen}`,
        ],
      },
      {
        when: "an export of a workspace's tables",
        candidate: of("operationalinsights:DataExport", {
          ...inGroup,
          workspaceName: "logs",
          resourceId: id("Microsoft.Storage/storageAccounts/far"),
        }),
        says: [
          `blocks: \`workspaceName\` is holder: \`location\` is eastus: ${inUs}`,
          `blocks: undecidable: \`resourceId\` "far" ${notSeen}`,
        ],
      },
    ])("judges $when", async ({ candidate, says }) => {
      expect(await reportsOf(rule, candidate, { phase, others: [workspace("eastus")] })).toEqual(
        says,
      );
    });

    it("judges the namespace an event hub fails over to", async () => {
      const alias = of("eventhub:DisasterRecoveryConfig", {
        ...inGroup,
        namespaceName: "hub",
        partnerNamespace: id("Microsoft.EventHub/namespaces/second"),
      });
      const second = of(
        "eventhub:Namespace",
        { ...inGroup, namespaceName: "second", location: "westeurope" },
        { name: "second" },
      );
      const others = [namespace("northeurope"), second];
      expect(await reportsOf(rule, alias, { phase, others })).toEqual([
        `blocks: \`partnerNamespace\` is second: \`location\` is westeurope: ${inNl}`,
      ]);
    });

    it("judges the vault of a key", async () => {
      const account = (keyVaultUri: string) =>
        of("cognitiveservices:Account", {
          location: "swedencentral",
          properties: { encryption: { keyVaultProperties: { keyVaultUri, keyName: "k" } } },
        });
      const at = "`properties.encryption.keyVaultProperties.keyVaultUri`";
      const candidate = account("https://keys.vault.azure.net/");
      expect(await reportsOf(rule, candidate, { phase, others: [vault("francecentral")] })).toEqual(
        [],
      );
      expect(await reportsOf(rule, candidate, { phase, others: [vault("eastus")] })).toEqual([
        `blocks: ${at} is holder: \`location\` is eastus: ${inUs}`,
      ]);
      expect(await reportsOf(rule, candidate, { phase })).toEqual([
        `blocks: undecidable: ${at} "keys" ${notSeen}`,
      ]);
      const strange = account("https://keys.example.com/");
      expect(await reportsOf(rule, strange, { phase })).toEqual([
        `blocks: undecidable: ${at} is not the address of a key vault`,
      ]);
    });

    it("judges what a template makes", async () => {
      const stack = stackOf({
        parameters: { place: { defaultValue: "[resourceGroup().location]" } },
        resources: [
          {
            type: "Microsoft.Storage/storageAccounts",
            name: "logs",
            location: "[parameters('place')]",
            sku: { name: "Standard_GRS" },
            resources: [{ type: "blobServices", name: "default" }],
          },
          { type: "Microsoft.Authorization/roleAssignments", name: "x" },
          { type: "Microsoft.Network/virtualNetworks/subnets", name: "net/sub" },
          {
            type: "Microsoft.Insights/diagnosticSettings",
            name: "logs",
            properties: {
              storageAccountId: "[resourceId('Microsoft.Storage/storageAccounts', 'logs')]",
              workspaceId: "[reference('x').id]",
            },
          },
        ],
      });
      const lead = (type: string, path: string) => `${type} \`template.resources.${path}\`: `;
      expect(await reportsOf(rule, stack, { phase, others: [group("northeurope")] })).toEqual([
        `blocks: ${lead("Microsoft.Storage/storageAccounts", "0")}\`sku.name\` is Standard_GRS, and northeurope is copied to westeurope: ${inNl}`,
        `blocks: undecidable: ${lead("Microsoft.Insights/diagnosticSettings", "3")}\`template.resources.3.properties.workspaceId\`: the expression [reference('x').id] is not worked out here`,
      ]);
      const far = `its group is rg: \`location\` is eastus: ${inUs}`;
      expect(await reportsOf(rule, stack, { phase, others: [group("eastus")] })).toEqual([
        `blocks: ${lead("Microsoft.Storage/storageAccounts", "0")}${far}`,
        `blocks: ${lead("blobServices", "0.resources.0")}\`name\` is logs: ${far}`,
        `blocks: ${lead("Microsoft.Insights/diagnosticSettings", "3")}\`storageAccountId\` is logs: ${far}`.replace(
          "`storageAccountId`",
          "`properties.storageAccountId`",
        ),
        `blocks: undecidable: ${lead("Microsoft.Insights/diagnosticSettings", "3")}\`template.resources.3.properties.workspaceId\`: the expression [reference('x').id] is not worked out here`,
      ]);
    });

    it("judges a nested template by the group it goes to", async () => {
      const nested = (more: object) =>
        stackOf({
          resources: [
            {
              type: "Microsoft.Resources/deployments",
              name: "inner",
              ...more,
              properties: {
                template: {
                  resources: [
                    {
                      type: "Microsoft.OperationalInsights/workspaces",
                      name: "logs",
                      location: "[resourceGroup().location]",
                    },
                  ],
                },
              },
            },
          ],
        });
      const lead =
        "Microsoft.OperationalInsights/workspaces `template.resources.0.properties.template.resources.0`: ";
      const run = { phase, others: [group("northeurope")] };
      expect(await reportsOf(rule, nested({}), run)).toEqual([]);
      expect(await reportsOf(rule, nested({ resourceGroup: "other" }), run)).toEqual([
        `blocks: undecidable: ${lead}its group "other" ${notSeen}`,
      ]);
    });
  });

  it("judges a part in a template by the account its name comes from", async () => {
    const account = (location: string) =>
      of("cognitiveservices:Account", { accountName: "claude", location }, { name: "account" });
    const stack = stackOf(
      {
        resources: [
          { type: "Microsoft.CognitiveServices/accounts/deployments", name: unknownText },
          { type: "Microsoft.Network/virtualNetworks/subnets", name: unknownText },
        ],
      },
      {},
      { from: { template: ["account"] } },
    );
    expect(await reportsOf(rule, stack, { others: [account("northeurope")] })).toEqual([]);
    expect(await reportsOf(rule, stack, { others: [account("eastus")] })).toEqual([
      `blocks: Microsoft.CognitiveServices/accounts/deployments \`template.resources.0\`: \`name\` is account: \`location\` is eastus: ${inUs}`,
    ]);
  });
});
