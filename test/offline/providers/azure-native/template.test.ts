import { describe, expect, it } from "vitest";

import type { Properties, Value } from "../../../../offline/providers/struct.ts";
import { check } from "./checked.ts";
import { foundryRows, template } from "./rows/foundry.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const type = "resources/DeploymentStackAtResourceGroup";
const at = "template.resources[0]";
const [first] = template.resources;

function failuresOf(given: Value, more: Properties = {}): string[] {
  return check(type, { ...foundryRows[type]![0], template: given, ...more }).failures;
}

/** The template with one deployment changed. */
function withResource(change: Record<string, Value>): Properties {
  return { ...template, resources: [{ ...first!, ...change }] };
}

function withProperties(change: Record<string, Value>): Properties {
  return withResource({ properties: { ...first!.properties, ...change } });
}

/** Leaves out one part. */
function without(given: Properties, name: string): Properties {
  return Object.fromEntries(Object.entries(given).filter(([key]) => key !== name));
}

describe("a template", () => {
  it("is accepted whole, and with any leaf not known yet", () => {
    expect(failuresOf(template)).toEqual([]);
    expect(failuresOf(unknown)).toEqual([]);
    expect(failuresOf({ ...template, resources: unknown })).toEqual([]);
    expect(failuresOf(withResource({ name: unknown }))).toEqual([]);
    expect(failuresOf(withProperties({ model: unknown, modelProviderData: unknown }))).toEqual([]);
  });

  it("keeps its leaves beside one that is not known: it never becomes text", () => {
    const given = withResource({ name: unknown });
    const { inputs } = check(type, { ...foundryRows[type]![0], template: given });
    expect(inputs.template).toEqual(given);
  });

  it.each<[string, Value, string[]]>([
    ["text", "{}", ["template: is not a template object; Azure refuses one given as text"]],
    [
      "no schema",
      without(template, "$schema"),
      [
        "template.$schema: a template needs it: https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      ],
    ],
    [
      "a version that is a number",
      { ...template, contentVersion: 1 },
      ['template.contentVersion: a template needs it, four numbers as in "1.0.0.0"'],
    ],
    [
      "no resources",
      without(template, "resources"),
      ["template.resources: a template needs a list of resources"],
    ],
    [
      "a part of its own making",
      { ...template, resource: [] },
      ["template.resource: a template has no part of this name"],
    ],
    ["a resource that is none", { ...template, resources: ["x"] }, [`${at}: is not a resource`]],
    [
      "a resource with a part of its own making",
      withResource({ skus: {} }),
      [`${at}.skus: a resource in a template has no part of this name`],
    ],
    [
      "no type",
      { ...template, resources: [{ apiVersion: "2025-12-01", name: "a/b" }] },
      [
        `${at}.type: a resource in a template needs its type, as Microsoft.CognitiveServices/accounts/deployments`,
      ],
    ],
    [
      "no version of the API",
      withResource({ apiVersion: "latest" }),
      [`${at}.apiVersion: a resource in a template needs the version of its API, as 2025-12-01`],
    ],
    [
      "a version of the API that is too old",
      withResource({ apiVersion: "2025-06-01" }),
      [`${at}.apiVersion: "2025-06-01" does not know modelProviderData; 2025-12-01 does`],
    ],
    [
      "a name of one part",
      withResource({ name: "claude-sonnet-5-5" }),
      [
        `${at}.name: "claude-sonnet-5-5" has 1 of the 2 parts a Microsoft.CognitiveServices/accounts/deployments needs, as in NAME/NAME`,
      ],
    ],
    [
      "a resource that is there twice",
      { ...template, resources: [first!, { ...first!, dependsOn: ["claude-sonnet-5-5"] }] },
      ['template.resources[1]: "cowork/claude-sonnet-5-5" is in the template twice'],
    ],
  ])("with %s is refused", (_, given, wanted) => {
    expect(failuresOf(given).filter((text) => !text.includes("at once"))).toEqual(wanted);
  });

  it("is given as it is or by a link, not both and not neither", () => {
    const row = foundryRows[type]![0];
    const link = { uri: "https://example.com/t.json" };
    const both = check(type, { ...row, templateLink: link }).failures;
    expect(both).toEqual(['templateLink: only one of "template", "templateLink" may be given']);
    expect(check(type, without(row, "template")).failures).toEqual([
      'template: one of "template", "templateLink" must be given',
    ]);
    expect(check(type, { ...without(row, "template"), templateLink: link }).failures).toEqual([]);
  });

  it("is judged in a plain deployment as well", () => {
    const row = foundryRows["resources/Deployment"]![0];
    const given = { mode: "Incremental", template: { resources: [] } };
    expect(check("resources/Deployment", { ...row, properties: given }).failures).toEqual([
      "properties.template.$schema: a template needs it: https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      'properties.template.contentVersion: a template needs it, four numbers as in "1.0.0.0"',
    ]);
  });
});

describe("a Claude deployment in a template", () => {
  const needs = "a model deployment needs";
  it.each<[string, Properties, string[]]>([
    [
      "no SKU",
      { ...template, resources: [without(first!, "sku")] },
      [`${at}.sku: ${needs} this object`],
    ],
    [
      "a SKU Claude does not have",
      withResource({ sku: { name: "Standard", capacity: 1 } }),
      [`${at}.sku.name: ${needs} GlobalStandard or DataZoneStandard for Claude, not "Standard"`],
    ],
    [
      "no capacity",
      withResource({ sku: { name: "DataZoneStandard" } }),
      [`${at}.sku.capacity: ${needs} a whole number of thousands of tokens a minute, from 1 on`],
    ],
    [
      "no properties",
      { ...template, resources: [without(first!, "properties")] },
      [`${at}.properties: ${needs} this object`],
    ],
    [
      "no model",
      withResource({ properties: without(first!.properties, "model") }),
      [`${at}.properties.model: ${needs} this object`],
    ],
    [
      "a model without anything in it",
      withProperties({ model: {} }),
      [
        `${at}.properties.model.format: ${needs} the model's format, as Anthropic`,
        `${at}.properties.model.name: ${needs} the model's name, as claude-sonnet-5-5`,
        `${at}.properties.model.version: ${needs} the model's version as text, as "2"`,
      ],
    ],
    [
      "a version that is a number",
      withProperties({ model: { ...first!.properties.model, version: 2 } }),
      [`${at}.properties.model.version: ${needs} the model's version as text, as "2", not 2`],
    ],
    [
      "no data for the provider",
      withResource({ properties: without(first!.properties, "modelProviderData") }),
      [`${at}.properties.modelProviderData: ${needs} this object`],
    ],
    [
      "data of the wrong form",
      withProperties({
        modelProviderData: { organizationName: " ", countryCode: "us", industry: "Finance" },
      }),
      [
        `${at}.properties.modelProviderData.organizationName: ${needs} the legal name of the organization, not " "`,
        `${at}.properties.modelProviderData.countryCode: ${needs} a country of two capitals, as DE, not "us"`,
        `${at}.properties.modelProviderData.industry: ${needs} an industry in lower case, as finance, not "Finance"`,
      ],
    ],
    [
      "an upgrade option there is not",
      withProperties({ versionUpgradeOption: "Never" }),
      [
        `${at}.properties.versionUpgradeOption: "Never" is not one of "OnceNewDefaultVersionAvailable", "OnceCurrentVersionExpired", "NoAutoUpgrade"`,
      ],
    ],
    [
      "a property there is not",
      withProperties({ modelProviderdata: {} }),
      [
        `${at}.properties.modelProviderdata: a model deployment has no property of this name; did you mean "modelProviderData"?`,
      ],
    ],
  ])("with %s is refused", (_, given, wanted) => {
    expect(failuresOf(given)).toEqual(wanted);
  });

  it("may leave to Azure what only Azure can work out", () => {
    const given = withProperties({
      model: { format: "Anthropic", name: "claude-sonnet-5-5", version: "[variables('version')]" },
    });
    expect(failuresOf({ ...given, variables: { version: "2" } })).toEqual([]);
  });

  it("is refused as a resource of its own: the provider cannot carry what the offer needs", () => {
    const row = foundryRows["cognitiveservices/Deployment"]![0];
    const properties = { model: { format: "Anthropic", name: "claude-sonnet-5-5", version: "2" } };
    expect(check("cognitiveservices/Deployment", { ...row, properties }).failures).toEqual([
      "properties.model.format: a Claude deployment needs modelProviderData, which this type does not have; put it into the template of a DeploymentStackAtResourceGroup",
    ]);
  });
});
