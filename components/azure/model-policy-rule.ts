import { azureCatalogue } from "../../residency/azure/foundry.ts";
import type { Zone } from "../../residency/types.ts";
import { verdict } from "../../residency/verdict.ts";

/** One combination of a Claude deployment that the zone accepts. */
export interface AllowedDeployment {
  readonly sku: string;
  readonly version: string;
}

/** A condition of a rule, as far as this kit writes them. */
export type PolicyCondition =
  | { readonly field: string; readonly equals: string }
  | { readonly field: string; readonly like: string }
  | { readonly not: PolicyCondition }
  | { readonly allOf: readonly PolicyCondition[] }
  | { readonly anyOf: readonly PolicyCondition[] };

/** A definition's rule. */
export interface PolicyRule {
  readonly if: PolicyCondition;
  readonly then: { readonly effect: "deny" };
}

/** What the zone is asked about. */
export interface PolicyQuestion {
  readonly zone: Zone;
  readonly region: string;
  /** Model names of the route. */
  readonly models: readonly string[];
  /** ISO date that decides which acceptances are valid. */
  readonly today: string;
}

/**
 * Deployment types and versions that are inside the zone for every model of the route, sorted; all combinations
 * the catalogue knows are asked. Empty where none is proven: then the rule denies every Claude deployment. Pure.
 */
export function allowedDeployments(question: PolicyQuestion): readonly AllowedDeployment[] {
  const { zone, region, models, today } = question;
  if (models.length === 0) return [];
  const known = azureCatalogue.models.flatMap(({ versions }) => versions);
  const skus = [...new Set(known.flatMap((version) => version.skus))].sort();
  const versions = [...new Set(known.map(({ version }) => version))].sort();
  const inside = (model: string, { sku, version }: AllowedDeployment) =>
    verdict({ zone, provider: "foundry", region, model, version, sku, today }).status === "inside";
  return skus
    .flatMap((sku) => versions.map((version) => ({ sku, version })))
    .filter((combination) => models.every((model) => inside(model, combination)));
}

const deployments = "Microsoft.CognitiveServices/accounts/deployments";

/**
 * Denies every Claude deployment that is none of the allowed combinations. What is absent is no combination: a
 * request without a version or a deployment type is denied. A deployment counts as Claude by its format, and by
 * its name where the format is missing.
 *
 * @see https://learn.microsoft.com/azure/foundry/foundry-models/concepts/deployment-types (2026; the aliases)
 * @see https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule (read 2026-11-21)
 */
export function modelPolicyRule(allowed: readonly AllowedDeployment[]): PolicyRule {
  const field = (alias: string, equals: string) => ({ field: `${deployments}/${alias}`, equals });
  const combinations = allowed.map(({ sku, version }) => ({
    allOf: [field("sku.name", sku), field("model.version", version)],
  }));
  return {
    if: {
      allOf: [
        { field: "type", equals: deployments },
        {
          anyOf: [
            field("model.format", "Anthropic"),
            { field: `${deployments}/model.name`, like: "claude*" },
          ],
        },
        // Azure takes no empty list.
        ...(combinations.length === 0 ? [] : [{ not: { anyOf: combinations } }]),
      ],
    },
    // biome-ignore lint/suspicious/noThenProperty: Azure calls it so; it is no function, so nothing awaits it.
    then: { effect: "deny" },
  };
}
