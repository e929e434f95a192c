import { describe, expect, it } from "vitest";
import { foundryDeploymentsStayInTheZone as rule } from "../../../policy-pack/rules/foundry-deployments-stay-in-the-zone.ts";
import { azure, azureAnywhereZone, stackOf, usZone } from "../../support/azure-resources.ts";
import {
  type Candidate,
  euZone,
  type Run,
  reportsOf,
  unknownText,
} from "../../support/run-rule.ts";

const account = (location: string, more: Partial<Candidate> = {}) =>
  azure(
    "cognitiveservices:Account",
    { accountName: "claude-us", resourceGroupName: "group", kind: "AIServices", location },
    { name: "account", ...more },
  );
const others = [account("eastus2")];
const good = {
  accountName: "claude-us",
  resourceGroupName: "group",
  deploymentName: "opus",
  sku: { name: "DataZoneStandard", capacity: 25 },
  properties: {
    model: { format: "Anthropic", name: "claude-opus-5-5", version: "2" },
    versionUpgradeOption: "NoAutoUpgrade",
  },
};
const deployment = (change: object = {}, more: Partial<Candidate> = {}) =>
  azure("cognitiveservices:Deployment", { ...good, ...change }, more);
const model = (change: object) => ({
  properties: { ...good.properties, model: { ...good.properties.model, ...change } },
});
const option = (versionUpgradeOption: unknown) => ({
  properties: { model: good.properties.model, versionUpgradeOption },
});

/** The same deployment as it stands in a template. */

const nearest = "; inside is claude-opus-5-5 version 2 as DataZoneStandard from eastus2";
const here = "where `accountName` is account: `location` is eastus2";
const there = "where `name` is account: `location` is eastus2";
const upgrades = "the version decides who hosts, so only NoAutoUpgrade keeps it";
const first = (says: readonly string[]) => says.map((one) => one.replace(/; inside is .*$/, ""));
const ask = (candidate: Candidate, run: Run = {}) =>
  reportsOf(rule, candidate, { zone: usZone, others, ...run });

describe("foundry-deployments-stay-in-the-zone", () => {
  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    it.each([
      { when: "the version Azure hosts, in the data zone", change: {}, says: [] },
      {
        when: "a global deployment",
        change: { sku: { name: "GlobalStandard" } },
        says: [
          `blocks: GlobalStandard of claude-opus-5-5 version 2, ${here}: GlobalStandard is processed in any Azure region`,
        ],
      },
      {
        when: "the version Anthropic hosts",
        change: model({ version: "1" }),
        says: [
          `blocks: DataZoneStandard of claude-opus-5-5 version 1, ${here}: version 1 of claude-opus-5-5 is hosted by Anthropic, and may be processed outside Azure and outside any region`,
        ],
      },
      {
        when: "a version nobody pinned",
        change: model({ version: undefined }),
        says: [
          `blocks: undecidable: DataZoneStandard of claude-opus-5-5 version unset, ${here}: claude-opus-5-5 without a pinned version: the version decides who hosts, and Azure's default may change`,
        ],
      },
      {
        when: "no type of deployment",
        change: { sku: undefined },
        says: [
          `blocks: undecidable: no type of claude-opus-5-5 version 2, ${here}: claude-opus-5-5 version 2 is not offered as a deployment without a type: only GlobalStandard, DataZoneStandard`,
        ],
      },
      {
        when: "a model nobody lists",
        change: model({ name: "claude-next" }),
        says: [
          `blocks: undecidable: DataZoneStandard of claude-next version 2, ${here}: claude-next is not in the catalogue of 2026-11-20`,
        ],
      },
      {
        when: "no model at all",
        change: model({ name: undefined }),
        says: ["blocks: undecidable: `properties.model.name` is absent"],
      },
      {
        when: "a maker nobody names",
        change: model({ format: undefined }),
        says: [
          "blocks: undecidable: `properties.model.format` is absent: whose model it is cannot be seen",
        ],
      },
      {
        when: "upgrades to whatever becomes the default",
        change: option("OnceNewDefaultVersionAvailable"),
        says: [
          `blocks: \`properties.versionUpgradeOption\` is OnceNewDefaultVersionAvailable: ${upgrades}`,
        ],
      },
      {
        when: "upgrades nobody spoke of",
        change: option(undefined),
        says: [`blocks: \`properties.versionUpgradeOption\` is absent: ${upgrades}`],
      },
      {
        when: "a model of another maker, which is not this kit's business",
        change: {
          sku: { name: "GlobalStandard" },
          properties: { model: { format: "OpenAI", name: "gpt-5" } },
        },
        says: [],
      },
      {
        when: "a maker in another case",
        change: { sku: { name: "GlobalStandard" }, ...model({ format: "anthropic" }) },
        says: [
          `blocks: GlobalStandard of claude-opus-5-5 version 2, ${here}: GlobalStandard is processed in any Azure region`,
        ],
      },
      {
        when: "an account that is not part of the run",
        change: { accountName: "elsewhere" },
        says: [
          'blocks: undecidable: `accountName` "elsewhere" is nothing this run has made, so its place is not seen',
        ],
      },
      {
        when: "no account",
        change: { accountName: undefined },
        says: ["blocks: undecidable: `accountName` is absent"],
      },
    ])("judges $when", async ({ change, says }) => {
      expect(first(await ask(deployment(change), { phase }))).toEqual(says);
    });

    it("refuses every deployment of Claude where the zone has no part of Azure's, and names the way out", async () => {
      const [says = ""] = await ask(deployment(), {
        phase,
        zone: euZone,
        others: [account("swedencentral")],
      });
      expect(says).toMatch(
        /^blocks: DataZoneStandard of claude-opus-5-5 version 2, where `accountName` is account: `location` is swedencentral: Claude's only data zone is US, outside zone eu; inside is provider bedrock: /,
      );
    });

    it("lets a zone that accepts any region of Azure have a global deployment", async () => {
      const global = deployment({ sku: { name: "GlobalStandard" } });
      expect(await ask(global, { phase, zone: azureAnywhereZone })).toEqual([]);
      const anthropics = deployment(model({ version: "1" }));
      expect(first(await ask(anthropics, { phase, zone: azureAnywhereZone }))).toEqual([
        `blocks: DataZoneStandard of claude-opus-5-5 version 1, ${here}: version 1 of claude-opus-5-5 is hosted by Anthropic, and may be processed outside Azure and outside any region`,
      ]);
    });

    it("judges an account elsewhere by where its data rests", async () => {
      expect(first(await ask(deployment(), { phase, others: [account("westeurope")] }))).toEqual([
        "blocks: DataZoneStandard of claude-opus-5-5 version 2, where `accountName` is account: `location` is westeurope: data would rest in westeurope: westeurope is in NL, outside zone us",
      ]);
    });

    it("takes the place of an account's group where the account names none", async () => {
      const group = (location: string) =>
        azure("resources:ResourceGroup", { resourceGroupName: "group", location }, { name: "rg" });
      const bare = azure(
        "cognitiveservices:Account",
        { accountName: "claude-us", resourceGroupName: "group" },
        { name: "account" },
      );
      expect(await ask(deployment(), { phase, others: [group("eastus2"), bare] })).toEqual([]);
      expect(first(await ask(deployment(), { phase, others: [group("uksouth"), bare] }))).toEqual([
        "blocks: DataZoneStandard of claude-opus-5-5 version 2, where `accountName` is account: `location` is absent, and its group is rg: `location` is uksouth: data would rest in uksouth: uksouth is in GB, outside zone us",
      ]);
      expect(await ask(deployment(), { phase, others: [bare] })).toEqual([
        'blocks: undecidable: `accountName` is account: `location` is absent, and its group "group" is nothing this run has made, so its place is not seen',
      ]);
    });

    it("sees through a resource of any type", async () => {
      const generic = azure("resources:Resource", {
        resourceGroupName: "group",
        resourceProviderNamespace: "Microsoft.CognitiveServices",
        parentResourcePath: "accounts/claude-us",
        resourceType: "deployments",
        resourceName: "opus",
        sku: { name: "GlobalStandard" },
        properties: good.properties,
      });
      expect(first(await ask(generic, { phase }))).toEqual([
        `blocks: GlobalStandard of claude-opus-5-5 version 2, ${there}: GlobalStandard is processed in any Azure region`,
      ]);
      const nameless = azure("resources:Resource", { resourceType: "deployments" });
      expect(await ask(nameless, { phase })).toEqual([
        "blocks: undecidable: `resourceProviderNamespace` or `resourceType` is absent",
      ]);
    });

    it("cannot judge a script", async () => {
      const script = azure("resources:AzurePowerShellScript", { scriptContent: "New-Az..." });
      expect(await ask(script, { phase })).toEqual([
        "blocks: undecidable: a script may deploy models, and no rule reads what it runs",
      ]);
    });

    it("cannot judge what is defined elsewhere", async () => {
      const says = "it may deploy models, and no rule reads the definition of what it deploys";
      for (const type of ["solutions:Application", "blueprint:Assignment"]) {
        expect(await ask(azure(type, { location: "eastus2" }), { phase })).toEqual([
          `blocks: undecidable: ${says}`,
        ]);
      }
      const type = "Microsoft.Solutions/applications";
      const stack = stackOf({ resources: [{ type, name: "a", location: "eastus2" }] });
      expect(await ask(stack, { phase })).toEqual([
        `blocks: undecidable: ${type} \`template.resources.0\`: ${says}`,
      ]);
    });
  });

  it("judges a new account's deployment at preview by the account it comes from", async () => {
    const fresh = deployment({ accountName: unknownText }, { from: { accountName: ["account"] } });
    expect(await ask(fresh)).toEqual([]);
    expect(first(await ask(fresh, { others: [account("japaneast")] }))).toEqual([
      "blocks: DataZoneStandard of claude-opus-5-5 version 2, where `accountName` is account: `location` is japaneast: data would rest in japaneast: japaneast is in JP, outside zone us",
    ]);
    expect(await ask(fresh, { others: [] })).toEqual([
      "advises: not proven, decided at up: `accountName` is not known yet",
    ]);
  });

  it("names the nearest route that is inside", async () => {
    expect(await ask(deployment({ sku: { name: "GlobalStandard" } }))).toEqual([
      `blocks: GlobalStandard of claude-opus-5-5 version 2, ${here}: GlobalStandard is processed in any Azure region${nearest}`,
    ]);
  });
});
