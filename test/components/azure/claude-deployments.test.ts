import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import { ClaudeDeployments } from "../../../components/azure/claude-deployments.ts";
import { deploymentTemplate } from "../../../components/azure/deployment-template.ts";
import { deploy } from "../../support/deploy.ts";
import { attestation, inputsOf, place } from "./support.ts";

const models = [
  { model: "claude-sonnet-5-5", version: "2", sku: "DataZoneStandard", capacity: 25 },
  {
    name: "claude-deep",
    model: "claude-opus-5-5",
    version: "2",
    sku: "DataZoneStandard",
    capacity: 10,
  },
  { model: "claude-haiku-5-5", version: "2", sku: "DataZoneStandard", capacity: 5 },
];
const template = deploymentTemplate("acct", models, attestation);

describe("deploymentTemplate", () => {
  it("deploys a pinned version that Azure never upgrades, with what Anthropic is told", () => {
    expect(template.resources[0]).toEqual({
      type: "Microsoft.CognitiveServices/accounts/deployments",
      apiVersion: "2025-12-01",
      name: "acct/claude-sonnet-5-5",
      dependsOn: [],
      sku: { name: "DataZoneStandard", capacity: 25 },
      properties: {
        model: { format: "Anthropic", name: "claude-sonnet-5-5", version: "2" },
        modelProviderData: {
          organizationName: "Example Corporation",
          countryCode: "US",
          industry: "finance",
        },
        versionUpgradeOption: "NoAutoUpgrade",
      },
    });
  });

  it("makes each deployment wait for the one before, since an account takes one change at a time", () => {
    expect(template.resources.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
      ["acct/claude-sonnet-5-5", []],
      [
        "acct/claude-deep",
        [
          "[resourceId('Microsoft.CognitiveServices/accounts/deployments', 'acct', 'claude-sonnet-5-5')]",
        ],
      ],
      [
        "acct/claude-haiku-5-5",
        ["[resourceId('Microsoft.CognitiveServices/accounts/deployments', 'acct', 'claude-deep')]"],
      ],
    ]);
  });

  it("says nothing to Anthropic of who attested", () => {
    expect(JSON.stringify(template)).not.toContain("counsel@example.com");
  });

  it("keeps a company's name text, where ARM would run it", () => {
    const odd = { ...attestation, organizationName: "[subscription().id]" };
    const [first] = deploymentTemplate("acct", models, odd).resources;
    expect(first?.properties.modelProviderData.organizationName).toBe("[[subscription().id]");
  });

  it("is a template of a resource group", () => {
    expect([template.$schema, template.contentVersion]).toEqual([
      "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      "1.0.0.0",
    ]);
  });
});

describe("ClaudeDeployments", () => {
  class Account extends pulumi.ComponentResource {
    constructor() {
      super("test:index:Account", "account");
    }
  }
  const made = () =>
    deploy(
      () =>
        new ClaudeDeployments("d", {
          place,
          accountName: "acct",
          account: new Account(),
          models,
          attestation,
        }),
    );

  it("hands the template whole to a stack that deletes what leaves it and denies changes beside it", async () => {
    const { resources } = await made();
    expect(inputsOf(resources, "DeploymentStackAtResourceGroup")).toEqual({
      resourceGroupName: "cowork-example-us-foundry",
      deploymentStackName: "claude-example-us-foundry",
      description:
        "Claude deployments of cowork route example-us-foundry; attested by counsel@example.com on 2026-11-20.",
      actionOnUnmanage: {
        resources: "delete",
        resourceGroups: "detach",
        managementGroups: "detach",
      },
      denySettings: { mode: "denyWriteAndDelete", applyToChildScopes: false },
      template: JSON.parse(JSON.stringify(template)),
    });
  });

  it("tells people what quota, Marketplace and a first call ask of them", async () => {
    const { result } = await made();
    expect(result.remainingSteps).toEqual([
      "See that the subscription has quota, in thousands of tokens a minute: 25 for claude-sonnet-5-5 2 (DataZoneStandard), 10 for claude-opus-5-5 2 (DataZoneStandard), 5 for claude-haiku-5-5 2 (DataZoneStandard); a deleted account holds its quota for 48 hours (docs/foundry.md).",
      "See that the subscription may buy Anthropic's offers on Azure Marketplace for Example Corporation and that Microsoft.SaaS is registered (docs/foundry.md).",
      'Call each deployment once and read usage.inference_geo: "not_available" means Anthropic hosts it, whatever the version says (docs/foundry.md).',
    ]);
  });
});
