import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import { ModelPolicy, type ModelPolicyArgs } from "../../../components/azure/model-policy.ts";
import {
  allowedDeployments,
  modelPolicyRule,
} from "../../../components/azure/model-policy-rule.ts";
import { foundryNames } from "../../../components/azure/names.ts";
import type { Zone } from "../../../residency/types.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { only } from "../../support/inventory.ts";
import { denies } from "./policy-evaluator.ts";

const us: Zone = {
  id: "us",
  label: "United States",
  awsPartition: "aws",
  countries: ["US"],
  acceptances: [],
};
const eu: Zone = { ...us, id: "eu", label: "European Union", countries: ["DE", "FR", "SE"] };
const anywhere: Zone = { ...us, id: "any", accepts: ["azure-anywhere"] };
const question = {
  region: "eastus2",
  models: ["claude-opus-5-5", "claude-sonnet-5-5"],
  today: "2026-11-21",
};

const args: Omit<ModelPolicyArgs, "resourceGroup"> = {
  models: question.models,
  today: question.today,
  zone: us,
  subscriptionId: "44444444-4444-4444-8444-444444444444",
  place: {
    resourceGroupName: "cowork-example-us-virginia",
    region: "eastus2",
    names: foundryNames({
      organization: "example",
      geography: "us",
      route: { name: "virginia", subscriptionId: "44444444-4444-4444-8444-444444444444" },
    }),
  },
  settings: { scope: "resource-group", effect: "deny" },
};
const build = (changes: Partial<ModelPolicyArgs> = {}) =>
  deploy(() => {
    const resourceGroup = new pulumi.ComponentResource("test:group", "group");
    return new ModelPolicy("p", { ...args, resourceGroup, ...changes });
  });

const definition = "azure-native:authorization:PolicyDefinition";
const assignment = "azure-native:authorization:PolicyAssignment";

describe("what a zone allows", () => {
  it("in the US is the US data zone, hosted by Azure", () => {
    expect(allowedDeployments({ ...question, zone: us })).toEqual([
      { sku: "DataZoneStandard", version: "2" },
    ]);
  });

  it("where Azure may process anywhere is both deployment types, still hosted by Azure", () => {
    expect(allowedDeployments({ ...question, zone: anywhere })).toEqual([
      { sku: "DataZoneStandard", version: "2" },
      { sku: "GlobalStandard", version: "2" },
    ]);
  });

  it("in the EU, in a region without the data zone, or for an unknown model is nothing", () => {
    expect(allowedDeployments({ ...question, region: "swedencentral", zone: eu })).toEqual([]);
    expect(allowedDeployments({ ...question, region: "westus2", zone: us })).toEqual([]);
    expect(allowedDeployments({ ...question, models: ["claude-opus-9"], zone: us })).toEqual([]);
    expect(allowedDeployments({ ...question, models: [], zone: us })).toEqual([]);
  });

  it("is what every model of the route allows", () => {
    const models = ["claude-opus-5-5", "claude-opus-4-6"];
    expect(allowedDeployments({ ...question, models, zone: us })).toEqual([]);
  });
});

const deployment = (changes: Record<string, string | undefined> = {}) => ({
  type: "Microsoft.CognitiveServices/accounts/deployments",
  "Microsoft.CognitiveServices/accounts/deployments/model.format": "Anthropic",
  "Microsoft.CognitiveServices/accounts/deployments/model.name": "claude-opus-5-5",
  "Microsoft.CognitiveServices/accounts/deployments/model.version": "2",
  "Microsoft.CognitiveServices/accounts/deployments/sku.name": "DataZoneStandard",
  ...changes,
});
const alias = (name: string) => `Microsoft.CognitiveServices/accounts/deployments/${name}`;

describe("the rule of a US zone", () => {
  const rule = modelPolicyRule([{ sku: "DataZoneStandard", version: "2" }]);

  it.each([
    { what: "the US data zone, hosted by Azure", changes: {}, denied: false },
    { what: "GlobalStandard", changes: { [alias("sku.name")]: "GlobalStandard" }, denied: true },
    { what: "no deployment type", changes: { [alias("sku.name")]: undefined }, denied: true },
    { what: "version 1", changes: { [alias("model.version")]: "1" }, denied: true },
    { what: "a dated version", changes: { [alias("model.version")]: "20251101" }, denied: true },
    { what: "a version like it", changes: { [alias("model.version")]: "2.0" }, denied: true },
    { what: "no version", changes: { [alias("model.version")]: undefined }, denied: true },
    {
      what: "the format in small letters",
      changes: { [alias("model.format")]: "anthropic", [alias("sku.name")]: "GlobalStandard" },
      denied: true,
    },
    {
      what: "no format",
      changes: { [alias("model.format")]: undefined, [alias("model.version")]: "1" },
      denied: true,
    },
    {
      what: "another publisher's model",
      changes: {
        [alias("model.format")]: "OpenAI",
        [alias("model.name")]: "gpt-5",
        [alias("sku.name")]: "GlobalStandard",
      },
      denied: false,
    },
    {
      what: "another type of resource",
      changes: {
        type: "Microsoft.CognitiveServices/accounts",
        [alias("sku.name")]: "GlobalStandard",
      },
      denied: false,
    },
  ])("on $what: denied $denied", ({ changes, denied }) => {
    expect(denies(rule, deployment(changes))).toBe(denied);
  });

  it("denies a mix of two allowed combinations", () => {
    const two = modelPolicyRule([
      { sku: "DataZoneStandard", version: "2" },
      { sku: "GlobalStandard", version: "3" },
    ]);
    expect(denies(two, deployment({ [alias("model.version")]: "3" }))).toBe(true);
    expect(denies(two, deployment())).toBe(false);
  });

  it("denies every Claude deployment where nothing is allowed", () => {
    const none = modelPolicyRule([]);
    expect(denies(none, deployment())).toBe(true);
    expect(
      denies(none, deployment({ [alias("model.format")]: "OpenAI", [alias("model.name")]: "gpt" })),
    ).toBe(false);
  });
});

describe("ModelPolicy", () => {
  it("defines the rule in the subscription and assigns it to the route's group", async () => {
    const { resources, result } = await build();
    expect(resources.map(({ type }) => type)).toEqual([
      assignment,
      definition,
      "cowork:azure:ModelPolicy",
      "test:group",
    ]);
    expect(only(resources, definition)).toEqual({
      policyDefinitionName: "cowork-example-us-virginia",
      policyType: "Custom",
      mode: "All",
      displayName: "Claude deployments stay in United States",
      description:
        "Denies Claude deployments in Foundry but DataZoneStandard with model version 2.",
      metadata: { category: "Cognitive Services" },
      policyRule: {
        if: {
          allOf: [
            { field: "type", equals: "Microsoft.CognitiveServices/accounts/deployments" },
            {
              anyOf: [
                { field: alias("model.format"), equals: "Anthropic" },
                { field: alias("model.name"), like: "claude*" },
              ],
            },
            {
              not: {
                anyOf: [
                  {
                    allOf: [
                      { field: alias("sku.name"), equals: "DataZoneStandard" },
                      { field: alias("model.version"), equals: "2" },
                    ],
                  },
                ],
              },
            },
          ],
        },
        // biome-ignore lint/suspicious/noThenProperty: Azure calls it so.
        then: { effect: "deny" },
      },
    });
    expect(only(resources, assignment)).toEqual({
      scope:
        "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/cowork-example-us-virginia",
      policyAssignmentName: "cowork-example-us-virginia",
      displayName: "Claude deployments stay in United States",
      policyDefinitionId:
        "/subscriptions/44444444-4444-4444-8444-444444444444/providers/Microsoft.Authorization/policyDefinitions/cowork-example-us-virginia",
      enforcementMode: "Default",
      nonComplianceMessages: [
        { message: "Outside United States: allowed is DataZoneStandard with model version 2." },
      ],
    });
    expect(result.remainingSteps).toEqual([
      "Validate a template with a deployment of version 1 on /subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/cowork-example-us-virginia and see Azure Policy refuse it: the alias of the version is not documented for denying (docs/foundry-sign-in.md).",
    ]);
  });

  it("with audit assigns the same rule without enforcing it, and says what comes next", async () => {
    const settings = { scope: "subscription", effect: "audit" } as const;
    const { resources, result } = await build({ settings });
    expect(only(resources, definition).policyRule).toHaveProperty("then.effect", "deny");
    expect(only(resources, assignment)).toMatchObject({
      scope: "/subscriptions/44444444-4444-4444-8444-444444444444",
      enforcementMode: "DoNotEnforce",
    });
    expect(result.remainingSteps).toEqual([
      "Read what Azure Policy reports on /subscriptions/44444444-4444-4444-8444-444444444444 after a day, then set azurePolicy.effect to deny (docs/foundry-sign-in.md).",
    ]);
  });

  it("says that nothing is allowed where no combination is proven", async () => {
    const { resources, result } = await build({ zone: eu });
    expect(result.allowed).toEqual([]);
    expect(only(resources, definition)).toMatchObject({
      description: "Denies Claude deployments in Foundry but none.",
    });
  });

  it("refuses a route without models", async () => {
    expect(await refusal(build({ models: [] }))).toBe(
      "p: invalid arguments\n  models: empty; no deployment would be allowed",
    );
  });
});
