import { describe, expect, it } from "vitest";
import { foundryDeploymentsStayInTheZone as rule } from "../../../policy-pack/rules/foundry-deployments-stay-in-the-zone.ts";
import { azure, stackOf, usZone } from "../../support/azure-resources.ts";
import { type Candidate, type Run, reportsOf, unknownText } from "../../support/run-rule.ts";

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

/** The same deployment as it stands in a template. */
const inTemplate = (change: object = {}) => ({
  type: "Microsoft.CognitiveServices/accounts/deployments",
  apiVersion: "2025-12-01",
  name: "claude-us/opus",
  sku: good.sku,
  properties: {
    ...good.properties,
    modelProviderData: { organizationName: "Example", countryCode: "US", industry: "finance" },
  },
  ...change,
});
const template = (resources: unknown, more: object = {}) => ({ resources, ...more });

const there = "where `name` is account: `location` is eastus2";
const lead = "Microsoft.CognitiveServices/accounts/deployments `template.resources.0`: ";
const upgrades = "the version decides who hosts, so only NoAutoUpgrade keeps it";
const first = (says: readonly string[]) => says.map((one) => one.replace(/; inside is .*$/, ""));
const ask = (candidate: Candidate, run: Run = {}) =>
  reportsOf(rule, candidate, { zone: usZone, others, ...run });

describe("foundry-deployments-stay-in-the-zone, in templates", () => {
  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    it.each([
      { when: "the version Azure hosts", resources: [inTemplate()], says: [] },
      {
        when: "a global deployment",
        resources: [inTemplate({ sku: { name: "GlobalStandard" } })],
        says: [
          `blocks: ${lead}GlobalStandard of claude-opus-5-5 version 2, ${there}: GlobalStandard is processed in any Azure region`,
        ],
      },
      {
        when: "a global deployment under a name of its own",
        resources: { opus: inTemplate({ sku: { name: "GlobalStandard" } }) },
        says: [
          `blocks: ${lead.replace("resources.0", "resources.opus")}GlobalStandard of claude-opus-5-5 version 2, ${there}: GlobalStandard is processed in any Azure region`,
        ],
      },
      {
        when: "one whose names are written in another case",
        resources: [
          {
            Type: "microsoft.cognitiveservices/Accounts/Deployments",
            Name: "claude-us/opus",
            SKU: { Name: "GlobalStandard" },
            Properties: good.properties,
          },
        ],
        says: [
          `blocks: microsoft.cognitiveservices/Accounts/Deployments \`template.resources.0\`: GlobalStandard of claude-opus-5-5 version 2, ${there}: GlobalStandard is processed in any Azure region`,
        ],
      },
      {
        when: "one that upgrades itself",
        resources: [inTemplate({ properties: { model: good.properties.model } })],
        says: [`blocks: ${lead}\`properties.versionUpgradeOption\` is absent: ${upgrades}`],
      },
      {
        when: "one that only Azure can work out",
        resources: [inTemplate({ sku: { name: "[reference('other').sku]" } })],
        says: [
          `blocks: undecidable: ${lead}\`template.resources.0.sku.name\`: the expression [reference('other').sku] is not worked out here`,
        ],
      },
      {
        when: "one that says two things at once",
        resources: [inTemplate({ SKU: { name: "GlobalStandard" } })],
        says: [
          `blocks: undecidable: ${lead}the expression "sku", which is written more than once, is not worked out here`,
        ],
      },
      {
        when: "a resource that is only looked up",
        resources: {
          opus: { ...inTemplate({ sku: { name: "GlobalStandard" } }), existing: true },
        },
        says: [],
      },
      {
        when: "a listed one that claims to be only looked up",
        resources: [{ ...inTemplate({ sku: { name: "GlobalStandard" } }), existing: true }],
        says: [
          `blocks: ${lead}GlobalStandard of claude-opus-5-5 version 2, ${there}: GlobalStandard is processed in any Azure region`,
        ],
      },
      {
        when: "a resource without a type",
        resources: [{ name: "x" }],
        says: ["blocks: undecidable: `template.resources.0.type` is absent or not text"],
      },
      {
        when: "a script",
        resources: [{ type: "Microsoft.Resources/deploymentScripts", name: "x" }],
        says: [
          "blocks: undecidable: Microsoft.Resources/deploymentScripts `template.resources.0`: a script may deploy models, and no rule reads what it runs",
        ],
      },
      {
        when: "no resources",
        resources: undefined,
        says: ["blocks: undecidable: `template.resources` is neither a list nor an object"],
      },
    ])("judges $when", async ({ resources, says }) => {
      expect(first(await ask(stackOf(template(resources)), { phase }))).toEqual(says);
    });

    it("finds a deployment inside its account, and judges it by that account", async () => {
      const nested = (location: string) =>
        template([
          {
            type: "Microsoft.CognitiveServices/accounts",
            name: "inner",
            location,
            resources: [{ ...inTemplate(), type: "deployments", name: "opus" }],
          },
        ]);
      expect(await ask(stackOf(nested("eastus2")), { phase, others: [] })).toEqual([]);
      expect(first(await ask(stackOf(nested("japaneast")), { phase, others: [] }))).toEqual([
        "blocks: deployments `template.resources.0.resources.0`: DataZoneStandard of claude-opus-5-5 version 2, where `name` is inner: `location` is japaneast: data would rest in japaneast: japaneast is in JP, outside zone us",
      ]);
    });

    it("reads parameters, their defaults, variables and names put together", async () => {
      const sku = "[parameters('type')]";
      const name = "[format('{0}/{1}', parameters('account'), variables('own'))]";
      const more = {
        parameters: { type: { defaultValue: "DataZoneStandard" }, account: { type: "string" } },
        variables: { own: "[concat('op', 'us')]" },
      };
      const given = (values: Record<string, unknown>) =>
        stackOf(template([inTemplate({ sku: { name: sku }, name })], more), values);
      expect(await ask(given({ account: { value: "claude-us" } }), { phase })).toEqual([]);
      expect(
        first(
          await ask(given({ account: { value: "claude-us" }, type: { value: "GlobalStandard" } }), {
            phase,
          }),
        ),
      ).toEqual([
        `blocks: ${lead}GlobalStandard of claude-opus-5-5 version 2, ${there}: GlobalStandard is processed in any Azure region`,
      ]);
      expect(await ask(given({}), { phase })).toEqual([
        `blocks: undecidable: ${lead}\`template.resources.0.name\`: the expression "account", which has no plain value, is not worked out here`,
      ]);
      expect(
        await ask(given({ account: { reference: { keyVault: { id: "v" }, secretName: "s" } } }), {
          phase,
        }),
      ).toEqual([
        `blocks: undecidable: ${lead}\`template.resources.0.name\`: the expression "account", which has no plain value, is not worked out here`,
      ]);
    });

    it("takes a given value that looks like an expression as what it is", async () => {
      const candidate = stackOf(
        template([inTemplate({ sku: { name: "[parameters('type')]" } })], {
          variables: { good: "DataZoneStandard" },
        }),
        { type: { value: "[variables('good')]" } },
      );
      expect(first(await ask(candidate, { phase }))).toEqual([
        `blocks: undecidable: ${lead}[variables('good')] of claude-opus-5-5 version 2, ${there}: claude-opus-5-5 version 2 is not offered as [variables('good')]: only GlobalStandard, DataZoneStandard`,
      ]);
    });

    it("reads templates in templates, with the parameters that count there", async () => {
      const inner = (scope: string | undefined) =>
        template(
          [
            {
              type: "Microsoft.Resources/deployments",
              name: "inner",
              properties: {
                ...(scope && { expressionEvaluationOptions: { scope } }),
                parameters: { type: { value: "DataZoneStandard" } },
                template: template([inTemplate({ sku: { name: "[parameters('type')]" } })]),
              },
            },
          ],
          { parameters: { type: { defaultValue: "GlobalStandard" } } },
        );
      expect(await ask(stackOf(inner("inner")), { phase })).toEqual([]);
      expect(first(await ask(stackOf(inner(undefined)), { phase }))).toEqual([
        `blocks: Microsoft.CognitiveServices/accounts/deployments \`template.resources.0.properties.template.resources.0\`: GlobalStandard of claude-opus-5-5 version 2, ${there}: GlobalStandard is processed in any Azure region`,
      ]);
    });

    it.each(["templateLink"])("cannot judge a template behind a %s", async (link) => {
      const props = { resourceGroupName: "group", [link]: { uri: "https://example.com/t.json" } };
      const says =
        "blocks: undecidable: `templateLink` is given: what the template makes cannot be seen";
      const stack = azure("resources:DeploymentStackAtSubscription", props);
      expect(await ask(stack, { phase })).toEqual([says]);
      const old = azure("resources:Deployment", {
        resourceGroupName: "group",
        properties: props,
      });
      expect(await ask(old, { phase })).toEqual([
        says.replace("`templateLink`", "`properties.templateLink`"),
      ]);
    });

    it("cannot judge a deployment without a template", async () => {
      const old = azure("resources:Deployment", { properties: { mode: "Incremental" } });
      expect(await ask(old, { phase })).toEqual([
        "blocks: undecidable: `properties.template` is not an object: what the template makes cannot be seen",
      ]);
    });

    it("judges what older deployments make", async () => {
      const old = azure("resources:DeploymentAtSubscriptionScope", {
        properties: { template: template([inTemplate({ sku: { name: "GlobalStandard" } })]) },
      });
      expect(first(await ask(old, { phase }))).toEqual([
        `blocks: ${lead.replace("template.", "properties.template.")}GlobalStandard of claude-opus-5-5 version 2, ${there}: GlobalStandard is processed in any Azure region`,
      ]);
    });

    it("does not read a value that would be worked out in the wrong template", async () => {
      const sku = { name: "[variables('good')]" };
      const candidate = stackOf(
        template([inTemplate({ sku: "[parameters('sku')]" })], {
          variables: { good: "DataZoneStandard" },
        }),
        { sku: { value: sku } },
      );
      expect(await ask(candidate, { phase })).toEqual([
        `blocks: undecidable: ${lead}\`template.resources.0.sku.name\`: the expression "sku", which has no plain value, is not worked out here`,
      ]);
    });

    it("gives up on templates without end", async () => {
      let nested: object = template([]);
      for (let depth = 0; depth < 20; depth += 1) {
        nested = template([
          { type: "Microsoft.Resources/deployments", name: "x", properties: { template: nested } },
        ]);
      }
      const says = (await ask(stackOf(nested), { phase })).join();
      expect(says).toMatch(/^blocks: undecidable: .*`properties.template` is nested too deeply/);
    });
  });

  it("judges the rest of a template that holds something not known yet", async () => {
    const resources = [
      inTemplate({ name: unknownText }),
      inTemplate({ sku: { name: "GlobalStandard" } }),
      inTemplate({ sku: { name: unknownText } }),
      unknownText,
    ];
    const candidate = stackOf(template(resources), {}, { from: { template: ["account"] } });
    expect(first(await ask(candidate))).toEqual([
      "advises: not proven, decided at up: `template.resources.3` is not known yet",
      `blocks: ${lead.replace("resources.0", "resources.1")}GlobalStandard of claude-opus-5-5 version 2, ${there}: GlobalStandard is processed in any Azure region`,
      `advises: not proven, decided at up: ${lead.replace("resources.0", "resources.2")}\`template.resources.2.sku.name\` is not known yet`,
    ]);
  });

  it("blocks at up what is still not known then", async () => {
    const candidate = stackOf(template([inTemplate({ sku: { name: unknownText } })]));
    expect(await ask(candidate, { phase: "up" })).toEqual([
      `blocks: undecidable: ${lead}\`template.resources.0.sku.name\` is not known yet`,
    ]);
  });

  it("does not prove a template that is not known at all", async () => {
    expect(await ask(stackOf(unknownText))).toEqual([
      "advises: not proven, decided at up: `template` is not known yet",
    ]);
  });
});
