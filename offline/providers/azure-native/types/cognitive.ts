import { type ArmType, inGroup } from "../arm.ts";
import { armId, matches, needed, oneOf } from "../rules.ts";

const settled = { provisioningState: "Succeeded" };
const identity = { principalId: "{systemPrincipal}", tenantId: "{tenant}" };
const account = "Microsoft.CognitiveServices/accounts/{accountName}";
const identityTypes = ["None", "SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned"];

/** Accounts and what lies in them. Source: the REST API's schemas and the name rules of Azure Resource Manager. */
export const cognitiveTypes: Readonly<Record<string, ArmType>> = {
  "cognitiveservices/Account": inGroup(account, {
    replaceOn: ["kind", "properties.customSubDomainName"],
    computed: { properties: {} },
    inside: {
      identity,
      properties: {
        ...settled,
        endpoint: "{accountEndpoint}",
        endpoints: {
          "AI Foundry API": "https://{subdomain}.services.ai.azure.com/",
          "OpenAI Language Model Instance API": "https://{subdomain}.openai.azure.com/",
        },
        internalId: "{hex:32}",
        dateCreated: "2026-01-01T00:00:00Z",
        isMigrated: false,
        capabilities: [],
        privateEndpointConnections: [],
      },
    },
    rules: [
      matches(
        "accountName",
        /^[A-Za-z0-9][-\w.]{0,62}[A-Za-z0-9]$/,
        "an account name: 2 to 64 letters, digits, hyphens, periods and underscores, a letter or digit first and last",
      ),
      needed("kind"),
      needed("sku"),
      oneOf("kind", "AIServices", "OpenAI", "CognitiveServices"),
      matches("sku.name", /^[A-Z]\d$/, "a pricing tier, as S0"),
      // The name becomes a label of a host name.
      matches(
        "properties.customSubDomainName",
        /^[a-z0-9][-a-z0-9]{0,62}[a-z0-9]$/,
        "a subdomain: 2 to 64 lower-case letters, digits and hyphens, no hyphen first or last",
      ),
      oneOf("properties.publicNetworkAccess", "Enabled", "Disabled"),
      oneOf("properties.networkAcls.defaultAction", "Allow", "Deny"),
      oneOf("properties.networkAcls.bypass", "None", "AzureServices"),
      oneOf("properties.encryption.keySource", "Microsoft.CognitiveServices", "Microsoft.KeyVault"),
      matches(
        "properties.encryption.keyVaultProperties.keyVaultUri",
        /^https:\/\/[^/]+\.(vault|managedhsm)\.[a-z.]+\/?$/,
        "the address of a vault or managed HSM, as https://NAME.vault.azure.net",
      ),
      needed("properties.encryption.keyVaultProperties.keyName"),
      needed("properties.encryption.keyVaultProperties.keyVaultUri"),
      oneOf("identity.type", ...identityTypes),
      armId(
        "identity.userAssignedIdentities[]",
        "Microsoft.ManagedIdentity/userAssignedIdentities",
      ),
    ],
  }),
  "cognitiveservices/Deployment": inGroup(`${account}/deployments/{deploymentName}`, {
    inside: { properties: settled },
    rules: [
      needed("sku"),
      needed("properties"),
      needed("properties.model"),
      needed("properties.model.format"),
      needed("properties.model.name"),
      needed("properties.model.version"),
      oneOf(
        "properties.versionUpgradeOption",
        ...["OnceNewDefaultVersionAvailable", "OnceCurrentVersionExpired", "NoAutoUpgrade"],
      ),
    ],
  }),
  "cognitiveservices/Project": inGroup(`${account}/projects/{projectName}`, {
    computed: { properties: {} },
    inside: { identity, properties: { ...settled, isDefault: false, endpoints: {} } },
    rules: [
      matches(
        "projectName",
        /^[A-Za-z0-9][-\w.]{1,63}$/,
        "a project name: 2 to 64 letters, digits, hyphens, periods and underscores, a letter or digit first",
      ),
      oneOf("identity.type", ...identityTypes),
    ],
  }),
};
