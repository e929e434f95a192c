import { PolicyAssignment } from "@pulumi/azure-native/authorization/policyAssignment.js";
import { PolicyDefinition } from "@pulumi/azure-native/authorization/policyDefinition.js";
import * as pulumi from "@pulumi/pulumi";

import type { Zone } from "../../residency/types.ts";
import { rejectBadInputs } from "../shared/input-check.ts";
import type { FoundryPolicySettings } from "./foundry-route.ts";
import {
  type AllowedDeployment,
  allowedDeployments,
  modelPolicyRule,
} from "./model-policy-rule.ts";
import type { FoundryPlace } from "./place.ts";

/** Arguments of {@link ModelPolicy}. */
export interface ModelPolicyArgs {
  /** Required. */
  readonly zone: Zone;
  /** Required. Its resource group is the assignment's scope with scope `resource-group`. */
  readonly place: FoundryPlace;
  /** Required. Model names of the route, at least one. */
  readonly models: readonly string[];
  /** Required. ISO date that decides which acceptances are valid. */
  readonly today: string;
  /** Required. Holds the definition, and the assignment with scope `subscription`. */
  readonly subscriptionId: string;
  /** Required. */
  readonly settings: FoundryPolicySettings;
  /** Required. What the assignment waits for: the resource group. */
  readonly resourceGroup: pulumi.Resource;
}

/**
 * Azure Policy against Claude deployments of other types and versions, which holds even where this kit does not
 * run. Opt-in, dry run first.
 *
 * Creates: one custom definition in the subscription and one assignment. Effect `audit` assigns the same denying
 * rule with enforcement switched off: Azure reports what it would have denied, and denies nothing. With scope
 * `subscription` it holds for every Claude deployment of the subscription, those of others included.
 *
 * It acts on requests that create or change a deployment, some 15 minutes after it is assigned; a bad deployment
 * that exists is reported, not removed. It says nothing about calls.
 *
 * Needs Resource Policy Contributor on the subscription for whoever deploys.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 * @see https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure (read 2026-11-21)
 */
export class ModelPolicy extends pulumi.ComponentResource {
  /** Combinations that stay possible. Plain. */
  readonly allowed: readonly AllowedDeployment[];
  /** What is left to people, a sentence each. */
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: ModelPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:ModelPolicy", name, {}, opts);
    const { place, subscriptionId, settings, zone, models } = args;
    const empty = [{ path: "models", reason: "empty; no deployment would be allowed" }];
    rejectBadInputs(this, name, models.length === 0 ? empty : []);
    const { names, region } = place;
    this.allowed = allowedDeployments({ ...args, region });
    const policyName = `cowork-${names.label}`;
    const subscription = `/subscriptions/${subscriptionId}`;
    const group = `${subscription}/resourceGroups/${names.resourceGroup}`;
    const scope = settings.scope === "subscription" ? subscription : group;

    const definition = new PolicyDefinition(
      `${name}-definition`,
      {
        policyDefinitionName: policyName,
        policyType: "Custom",
        mode: "All",
        displayName: `Claude deployments stay in ${zone.label}`,
        description: `Denies Claude deployments in Foundry but ${described(this.allowed)}.`,
        metadata: { category: "Cognitive Services" },
        policyRule: modelPolicyRule(this.allowed),
      },
      { parent: this },
    );
    new PolicyAssignment(
      `${name}-assignment`,
      {
        scope,
        policyAssignmentName: policyName,
        displayName: `Claude deployments stay in ${zone.label}`,
        policyDefinitionId: `${subscription}/providers/Microsoft.Authorization/policyDefinitions/${policyName}`,
        enforcementMode: settings.effect === "deny" ? "Default" : "DoNotEnforce",
        nonComplianceMessages: [
          { message: `Outside ${zone.label}: allowed is ${described(this.allowed)}.` },
        ],
      },
      { parent: this, dependsOn: [definition, args.resourceGroup] },
    );

    this.remainingSteps = [stepOf(scope, settings.effect)];
    this.registerOutputs({
      allowed: this.allowed.map(({ sku, version }) => `${sku} ${version}`),
      remainingSteps: [...this.remainingSteps],
    });
  }
}

function described(allowed: readonly AllowedDeployment[]): string {
  if (allowed.length === 0) return "none";
  return allowed.map(({ sku, version }) => `${sku} with model version ${version}`).join(" or ");
}

function stepOf(scope: string, effect: FoundryPolicySettings["effect"]): string {
  return effect === "deny"
    ? `Validate a template with a deployment of version 1 on ${scope} and see Azure Policy refuse it: the alias of the version is not documented for denying (docs/foundry-sign-in.md).`
    : `Read what Azure Policy reports on ${scope} after a day, then set azurePolicy.effect to deny (docs/foundry-sign-in.md).`;
}
