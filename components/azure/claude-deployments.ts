import { DeploymentStackAtResourceGroup } from "@pulumi/azure-native/resources/deploymentStackAtResourceGroup.js";
import * as pulumi from "@pulumi/pulumi";

import { deploymentTemplate } from "./deployment-template.ts";
import type { FoundryRouteSettings } from "./foundry-route.ts";
import type { FoundryPlace } from "./place.ts";

/** Arguments of {@link ClaudeDeployments}. */
export interface ClaudeDeploymentsArgs
  extends Pick<FoundryRouteSettings, "models" | "attestation"> {
  readonly place: FoundryPlace;
  /** Required. Name of the account. */
  readonly accountName: string;
  /** Required. What the deployments wait for. */
  readonly account: pulumi.Resource;
}

/**
 * The Claude deployments of an account. `cognitiveservices.Deployment` cannot make them: it knows no
 * `modelProviderData` and drops it without a word. A deployment stack carries the template, deletes what leaves
 * it, and denies everybody else to change a deployment behind the kit's back; whoever deploys needs
 * `Microsoft.Resources/deploymentStacks/manageDenySetting/action` for that.
 *
 * Creates: one deployment stack.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/deployment-stacks
 */
export class ClaudeDeployments extends pulumi.ComponentResource {
  /** What neither Azure nor Pulumi settles: a sentence each. */
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: ClaudeDeploymentsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:ClaudeDeployments", name, {}, opts);
    const { place, accountName, account, models, attestation } = args;
    new DeploymentStackAtResourceGroup(
      name,
      {
        resourceGroupName: place.resourceGroupName,
        deploymentStackName: `claude-${place.names.label}`,
        description: `Claude deployments of cowork route ${place.names.label}; attested by ${attestation.attestedBy} on ${attestation.attestedOn}.`,
        actionOnUnmanage: {
          resources: "delete",
          resourceGroups: "detach",
          managementGroups: "detach",
        },
        denySettings: { mode: "denyWriteAndDelete", applyToChildScopes: false },
        template: deploymentTemplate(accountName, models, attestation),
      },
      { parent: this, dependsOn: [account] },
    );
    this.remainingSteps = deploymentSteps(args);
    this.registerOutputs({ remainingSteps: [...this.remainingSteps] });
  }
}

function deploymentSteps({ models, attestation }: ClaudeDeploymentsArgs): string[] {
  const quota = models
    .map(({ model, version, sku, capacity }) => `${capacity} for ${model} ${version} (${sku})`)
    .join(", ");
  return [
    `See that the subscription has quota, in thousands of tokens a minute: ${quota}; a deleted account holds its quota for 48 hours (docs/foundry.md).`,
    `See that the subscription may buy Anthropic's offers on Azure Marketplace for ${attestation.organizationName} and that Microsoft.SaaS is registered (docs/foundry.md).`,
    'Call each deployment once and read usage.inference_geo: "not_available" means Anthropic hosts it, whatever the version says (docs/foundry.md).',
  ];
}
