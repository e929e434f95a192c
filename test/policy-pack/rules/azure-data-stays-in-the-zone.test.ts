import { describe, expect, it } from "vitest";
import { azureDataStaysInTheZone as rule } from "../../../policy-pack/rules/azure-data-stays-in-the-zone.ts";
import { azure as of } from "../../support/azure-resources.ts";
import { type Candidate, euZone, reportsOf, unknownText } from "../../support/run-rule.ts";

const inNl = "westeurope is in NL, outside zone eu";
const inUs = "eastus is in US, outside zone eu";
const everywhere = "global promises no place, so it is outside every zone";
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
const id = (rest: string, resourceGroup = "group") =>
  `/subscriptions/0000/resourceGroups/${resourceGroup}/providers/${rest}`;
const diagnostics = (props: Record<string, unknown>, more: Partial<Candidate> = {}) =>
  of("monitor:DiagnosticSetting", { resourceUri: id("Microsoft.X/y/z"), ...props }, more);
const notSeen = "is nothing this run has made, so its place is not seen";

describe("azure-data-stays-in-the-zone", () => {
  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    it.each([
      { when: "a workspace inside", candidate: workspace("germanywestcentral"), says: [] },
      { when: "a region by its display name", candidate: workspace("Sweden Central"), says: [] },
      {
        when: "a workspace elsewhere",
        candidate: workspace("eastus"),
        says: [`blocks: \`location\` is eastus: ${inUs}`],
      },
      {
        when: "a workspace everywhere",
        candidate: workspace("global"),
        says: [`blocks: \`location\` is global: ${everywhere}`],
      },
      {
        when: "a region nobody knows",
        candidate: workspace("moonbase"),
        says: [
          'blocks: undecidable: `location` is moonbase: no dated source says where the Azure region "moonbase" is',
        ],
      },
      {
        when: "storage that keeps its copies in one region",
        candidate: storage("northeurope", { name: "Standard_ZRS" }),
        says: [],
      },
      {
        when: "storage whose copies go to a region outside",
        candidate: storage("northeurope", { name: "Standard_RAGZRS" }),
        says: [
          `blocks: \`sku.name\` is Standard_RAGZRS, and northeurope is copied to westeurope: ${inNl}`,
        ],
      },
      {
        when: "storage whose copies go to a region inside",
        candidate: storage("germanywestcentral", { name: "Standard_GRS" }),
        says: [],
      },
      {
        when: "copies from a region that has no pair",
        candidate: storage("italynorth", { name: "Standard_GRS" }),
        says: [],
      },
      {
        when: "storage that does not say how it is copied",
        candidate: storage("northeurope", undefined),
        says: [
          "blocks: undecidable: `sku.name` is absent: whether data is copied to another region is not seen",
        ],
      },
      {
        when: "a vault whose contents Azure copies to a region outside",
        candidate: vault("northeurope"),
        says: [
          `blocks: Azure copies its contents, and northeurope is copied to westeurope: ${inNl}`,
        ],
      },
      { when: "a vault in a pair inside", candidate: vault("francecentral"), says: [] },
      {
        when: "a database whose backups go to the paired region unless told otherwise",
        candidate: of("sql:Database", { ...inGroup, location: "northeurope" }),
        says: [
          `blocks: \`requestedBackupStorageRedundancy\` is absent, which is Geo, and northeurope is copied to westeurope: ${inNl}`,
        ],
      },
      {
        when: "a database whose backups stay",
        candidate: of("dbforpostgresql:Server", { ...inGroup, location: "northeurope" }),
        says: [],
      },
      {
        when: "a store with a replica elsewhere",
        candidate: of("cosmosdb:DatabaseAccount", {
          ...inGroup,
          location: "northeurope",
          locations: [{ locationName: "northeurope" }, { locationName: "westeurope" }],
          backupPolicy: { type: "Continuous" },
          tags: { region: "emea" },
        }),
        says: [`blocks: \`locations.1.locationName\` is westeurope: ${inNl}`],
      },
      {
        when: "an account that routes to more regions",
        candidate: of("cognitiveservices:Account", {
          ...inGroup,
          location: "swedencentral",
          properties: { locations: { regions: [{ name: "eastus" }] } },
        }),
        says: [`blocks: \`properties.locations.regions.0.name\` is eastus: ${inUs}`],
      },
      {
        when: "a version of the provider's types",
        candidate: of("storage/v20240101:StorageAccount", { location: "eastus" }),
        says: [`blocks: \`location\` is eastus: ${inUs}`],
      },
      {
        when: "a type nobody listed, by the location it names",
        candidate: of("newservice:Thing", { location: "eastus" }),
        says: [`blocks: \`location\` is eastus: ${inUs}`],
      },
      {
        when: "a type nobody listed that names no place",
        candidate: of("newservice:Thing", { name: "x" }),
        says: [
          "blocks: undecidable: no input says where it is, and no rule knows where newservice/Thing rests without one",
        ],
      },
      {
        when: "a virtual network elsewhere",
        candidate: of("network:VirtualNetwork", { ...inGroup, location: "eastus" }),
        says: [`blocks: \`location\` is eastus: ${inUs}`],
      },
      { when: "a subnet, a part of one", candidate: of("network:Subnet", inGroup), says: [] },
      {
        when: "a provider's location where the resource names none",
        candidate: of("network:VirtualNetwork", inGroup, { provider: { location: "eastus" } }),
        says: [`blocks: its provider's \`location\` is eastus: ${inUs}`],
      },
      {
        when: "nothing that says where",
        candidate: of("network:VirtualNetwork", inGroup),
        says: [`blocks: undecidable: \`location\` is absent, and its group "group" ${notSeen}`],
      },
    ])("judges $when", async ({ candidate, says }) => {
      expect(await reportsOf(rule, candidate, { phase })).toEqual(says);
    });

    it.each([
      ["authorization:RoleAssignment", { scope: "/subscriptions/s" }],
      ["authorization:PolicyAssignment", { location: "eastus" }],
      ["privatedns:PrivateZone", { location: "global" }],
      ["privatedns:VirtualNetworkLink", { location: "global" }],
      ["managedidentity:FederatedIdentityCredential", inGroup],
      ["monitor:ActionGroup", { location: "Global" }],
    ])("lets %s through: it keeps nothing", async (type, props) => {
      expect(await reportsOf(rule, of(type, props), { phase })).toEqual([]);
    });

    it("judges a resource without a location by its group", async () => {
      const candidate = of("network:VirtualNetwork", inGroup);
      expect(await reportsOf(rule, candidate, { phase, others: [group("northeurope")] })).toEqual(
        [],
      );
      expect(await reportsOf(rule, candidate, { phase, others: [group("eastus")] })).toEqual([
        `blocks: \`location\` is absent, and its group is rg: \`location\` is eastus: ${inUs}`,
      ]);
    });

    it("judges a child by its parent", async () => {
      const container = of("storage:BlobContainer", { ...inGroup, accountName: "logs" });
      const at = (location: string) => [
        { ...storage(location, { name: "Standard_LRS" }), name: "holder" },
      ];
      expect(await reportsOf(rule, container, { phase, others: at("northeurope") })).toEqual([]);
      expect(await reportsOf(rule, container, { phase, others: at("eastus") })).toEqual([
        `blocks: \`accountName\` is holder: \`location\` is eastus: ${inUs}`,
      ]);
      expect(await reportsOf(rule, container, { phase })).toEqual([
        `blocks: undecidable: \`accountName\` "logs" ${notSeen}`,
      ]);
    });

    it("knows which vaults Azure copies on, and which not", async () => {
      const run = { phase, zone: { ...euZone, id: "br", countries: ["BR"] } };
      expect(await reportsOf(rule, vault("brazilsouth"), run)).toEqual([]);
      expect(await reportsOf(rule, storage("brazilsouth", { name: "Standard_GRS" }), run)).toEqual([
        "blocks: `sku.name` is Standard_GRS, and brazilsouth is copied to southcentralus: southcentralus is in US, outside zone br",
      ]);
    });
  });

  it("judges at preview what is not known yet by the resources it comes from", async () => {
    const logs = diagnostics({ workspaceId: unknownText }, { from: { workspaceId: ["holder"] } });
    expect(await reportsOf(rule, logs, { others: [workspace("northeurope")] })).toEqual([]);
    expect(await reportsOf(rule, logs, { others: [workspace("eastus")] })).toEqual([
      `blocks: \`workspaceId\` is holder: \`location\` is eastus: ${inUs}`,
    ]);
    const fresh = of(
      "network:VirtualNetwork",
      { resourceGroupName: unknownText, location: unknownText },
      { from: { resourceGroupName: ["rg"] } },
    );
    expect(await reportsOf(rule, fresh, { others: [group("northeurope")] })).toEqual([]);
    expect(await reportsOf(rule, fresh, { others: [group("eastus")] })).toEqual([
      `blocks: its group is rg: \`location\` is eastus: ${inUs}`,
    ]);
  });

  it("does not take the group's place for a location that comes from elsewhere", async () => {
    const from = { resourceGroupName: ["rg"], location: ["holder"] };
    const props = { resourceGroupName: unknownText, location: unknownText };
    const candidate = of("network:VirtualNetwork", props, { from });
    const others = [group("northeurope"), workspace("northeurope")];
    expect(await reportsOf(rule, candidate, { others })).toEqual([
      "advises: not proven, decided at up: `location` is not known yet",
    ]);
  });

  it.each([
    { phase: "preview", says: "advises: not proven, decided at up" },
    { phase: "up", says: "blocks: undecidable" },
  ] as const)("answers for what nothing tells at $phase", async ({ phase, says }) => {
    const candidate = diagnostics({ workspaceId: unknownText, storageAccountId: unknownText });
    expect(await reportsOf(rule, candidate, { phase })).toEqual([
      `${says}: \`workspaceId\` is not known yet`,
      `${says}: \`storageAccountId\` is not known yet`,
    ]);
  });
});
