import { type ArmType, inGroup } from "../arm.ts";
import { guid, httpsUrl, matches, needed, oneOf } from "../rules.ts";

const vault = "Microsoft.KeyVault/vaults/{vaultName}";
const identity = "Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}";

/** Vaults, keys and identities. Source: the REST API's schemas and the name rules of Azure Resource Manager. */
export const keyTypes: Readonly<Record<string, ArmType>> = {
  "keyvault/Vault": inGroup(vault, {
    inside: {
      properties: {
        provisioningState: "Succeeded",
        vaultUri: "https://{vaultName}.vault.azure.net/",
        hsmPoolResourceId: "",
        privateEndpointConnections: [],
      },
    },
    rules: [
      matches(
        "vaultName",
        /^[A-Za-z](?!.*--)[-A-Za-z0-9]{1,22}[A-Za-z0-9]$/,
        "a vault name: 3 to 24 letters, digits and hyphens, a letter first, no hyphen last, no two in a row",
      ),
      guid("properties.tenantId"),
      oneOf("properties.sku.family", "A"),
      oneOf("properties.sku.name", "standard", "premium"),
      { rule: "range", at: "properties.softDeleteRetentionInDays", min: 7, max: 90 },
      // Purge protection cannot be switched off, so the service takes true or nothing.
      oneOf("properties.enablePurgeProtection", true),
      oneOf("properties.publicNetworkAccess", "enabled", "disabled", "Enabled", "Disabled"),
      oneOf("properties.networkAcls.defaultAction", "Allow", "Deny"),
      oneOf("properties.networkAcls.bypass", "None", "AzureServices"),
      oneOf("properties.createMode", "default", "recover"),
    ],
  }),
  "keyvault/Key": inGroup(`${vault}/keys/{keyName}`, {
    replaceOn: ["properties.kty", "properties.keySize", "properties.curveName"],
    computed: {
      keyUri: "https://{vaultName}.vault.azure.net/keys/{keyName}",
      keyUriWithVersion: "https://{vaultName}.vault.azure.net/keys/{keyName}/{hex:32}",
    },
    rules: [
      matches(
        "keyName",
        /^[-A-Za-z0-9]{1,127}$/,
        "a key name: 1 to 127 letters, digits and hyphens",
      ),
      needed("properties.kty"),
      oneOf("properties.kty", "EC", "EC-HSM", "RSA", "RSA-HSM"),
      oneOf("properties.keySize", 2048, 3072, 4096),
      oneOf("properties.curveName", "P-256", "P-384", "P-521", "P-256K"),
    ],
  }),
  "managedidentity/UserAssignedIdentity": inGroup(identity, {
    computed: { clientId: "{uuid}", principalId: "{uuid}", tenantId: "{tenant}" },
    rules: [
      matches(
        "resourceName",
        /^[A-Za-z0-9][-\w]{2,127}$/,
        "an identity's name: 3 to 128 letters, digits, hyphens and underscores, a letter or digit first",
      ),
    ],
  }),
  "managedidentity/FederatedIdentityCredential": inGroup(
    `${identity}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}`,
    {
      rules: [
        matches(
          "federatedIdentityCredentialResourceName",
          /^[A-Za-z0-9][-\w]{2,119}$/,
          "a credential's name: 3 to 120 letters, digits, hyphens and underscores, a letter or digit first",
        ),
        httpsUrl("issuer"),
        matches("subject", /\S/, "a subject"),
        { rule: "count", at: "audiences", min: 1, max: 1 },
      ],
    },
  ),
};
