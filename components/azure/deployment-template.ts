import type { FoundryAttestation, FoundryDeployment } from "./foundry-route.ts";

/** Documented as run with Claude in 2026-10; Microsoft's starter kit uses 2025-10-01-preview. */
const apiVersion = "2025-12-01";

const type = "Microsoft.CognitiveServices/accounts/deployments";

/** Name that requests use: the model's unless another is given. */
export function deploymentName({ name, model }: FoundryDeployment): string {
  return name ?? model;
}

/**
 * The ARM template of all Claude deployments of an account. Pure.
 *
 * Each waits for the one before: parallel writes to one account conflict (409). The version is pinned and never
 * upgraded by Azure, because it decides who hosts. `modelProviderData` is in no SDK and not in the REST
 * specification (https://github.com/Azure/azure-rest-api-specs/issues/43610, 2026-05-29), which is why a template
 * carries it.
 */
export function deploymentTemplate(
  accountName: string,
  models: readonly FoundryDeployment[],
  attestation: FoundryAttestation,
) {
  const { organizationName, countryCode, industry } = attestation;
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    resources: models.map((deployment, position) => {
      const before = models[position - 1];
      return {
        type,
        apiVersion,
        name: `${accountName}/${deploymentName(deployment)}`,
        dependsOn:
          before === undefined
            ? []
            : [`[resourceId('${type}', '${accountName}', '${deploymentName(before)}')]`],
        sku: { name: deployment.sku, capacity: deployment.capacity },
        properties: {
          model: { format: "Anthropic", name: deployment.model, version: deployment.version },
          modelProviderData: {
            organizationName: literal(organizationName),
            countryCode: literal(countryCode),
            industry: literal(industry),
          },
          versionUpgradeOption: "NoAutoUpgrade",
        },
      };
    }),
  };
}

/** Text that begins with a bracket would be an expression to ARM; a second bracket makes it text again. */
function literal(text: string): string {
  return text.startsWith("[") ? `[${text}` : text;
}
