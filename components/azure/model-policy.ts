import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Zone } from "../../residency/types.ts";
import { rejectBadInputs } from "../shared/input-check.ts";
import type { FoundryPolicySettings } from "./foundry-route.ts";
import {
  type AllowedDeployment,
  allowedDeployments,
  modelPolicyRule,
} from "./model-policy-rule.ts";

/** Arguments of {@link ModelPolicy}. */
export interface ModelPolicyArgs {
  /** Required. */
  readonly zone: Zone;
  /** Required. Azure region of the route. */
  readonly region: string;
  /** Required. Model names of the route, at least one. */
  readonly models: readonly string[];
  /** Required. ISO date that decides which acceptances are valid. */
  readonly today: string;
  /** Required. Holds the definition, and the assignment with scope `subscription`. */
  readonly subscriptionId: string;
  /** Required. The assignment's scope with scope `resource-group`. */
  readonly resourceGroupName: string;
  /** Required. Name of definition and assignment, unique in the subscription, at most 64 characters. */
  readonly policyName: string;
  /** Required. */
  readonly settings: FoundryPolicySettings;
  /** What must exist before: the resource group. */
  readonly after?: readonly pulumi.Resource[] | undefined;
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
    const { subscriptionId, resourceGroupName, policyName, settings, zone } = args;
    rejectBadInputs(this, name, [
      ...(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(policyName)
        ? []
        : [
            {
              path: "policyName",
              reason: `"${policyName}" is not 1 to 64 letters, digits and dashes`,
            },
          ]),
      ...(args.models.length === 0
        ? [{ path: "models", reason: "empty; no deployment would be allowed" }]
        : []),
    ]);
    this.allowed = allowedDeployments(args);
    const subscription = `/subscriptions/${subscriptionId}`;
    const scope =
      settings.scope === "subscription"
        ? subscription
        : `${subscription}/resourceGroups/${resourceGroupName}`;

    const definition = new authorization.PolicyDefinition(
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
    new authorization.PolicyAssignment(
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
      { parent: this, dependsOn: [definition, ...(args.after ?? [])] },
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
    ? `Try a deployment of version 1 on ${scope} once and see Azure Policy refuse it: the alias of the version is not documented for denying (docs/foundry-sign-in.md).`
    : `Read what Azure Policy reports on ${scope} after a day, then set azurePolicy.effect to deny (docs/foundry-sign-in.md).`;
}
