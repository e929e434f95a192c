import { expect } from "vitest";

import { group, inGroup, resourceGroupName } from "./ids.ts";
import type { Row } from "./row.ts";

const account = inGroup("Microsoft.CognitiveServices/accounts/cowork");
const guid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** A template with one Claude deployment in it. */
export const template = {
  $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  contentVersion: "1.0.0.0",
  resources: [
    {
      type: "Microsoft.CognitiveServices/accounts/deployments",
      apiVersion: "2025-12-01",
      name: "cowork/claude-sonnet-5-5",
      sku: { name: "DataZoneStandard", capacity: 25 },
      properties: {
        model: { format: "Anthropic", name: "claude-sonnet-5-5", version: "2" },
        modelProviderData: {
          organizationName: "Example Corp",
          countryCode: "US",
          industry: "technology",
        },
        versionUpgradeOption: "NoAutoUpgrade",
      },
    },
  ],
};

/** Groups, templates and Foundry. */
export const foundryRows: Readonly<Record<string, Row>> = {
  "resources/ResourceGroup": [
    { resourceGroupName },
    group,
    { location: "eastus2", name: "cowork-us", properties: { provisioningState: "Succeeded" } },
  ],
  "resources/Deployment": [
    { resourceGroupName, deploymentName: "claude", properties: { mode: "Incremental", template } },
    inGroup("Microsoft.Resources/deployments/claude"),
    { name: "claude", properties: { mode: "Incremental", provisioningState: "Succeeded" } },
  ],
  "resources/DeploymentStackAtResourceGroup": [
    {
      resourceGroupName,
      deploymentStackName: "claude",
      actionOnUnmanage: { resources: "delete" },
      denySettings: { mode: "denyWriteAndDelete" },
      template,
    },
    inGroup("Microsoft.Resources/deploymentStacks/claude"),
    {
      provisioningState: "Succeeded",
      resources: [
        {
          id: `${account}/deployments/claude-sonnet-5-5`,
          status: "managed",
          denyStatus: "denyWriteAndDelete",
        },
      ],
    },
  ],
  "cognitiveservices/Account": [
    {
      resourceGroupName,
      accountName: "cowork",
      kind: "AIServices",
      sku: { name: "S0" },
      identity: { type: "SystemAssigned" },
      properties: { customSubDomainName: "cowork-us-7f3a", disableLocalAuth: true },
    },
    account,
    {
      azureApiVersion: "2025-06-01",
      location: "eastus2",
      name: "cowork",
      type: "Microsoft.CognitiveServices/accounts",
      identity: {
        type: "SystemAssigned",
        principalId: guid,
        tenantId: "99999999-2222-4333-8444-555555555555",
      },
      properties: {
        customSubDomainName: "cowork-us-7f3a",
        disableLocalAuth: true,
        endpoint: "https://cowork-us-7f3a.cognitiveservices.azure.com/",
        endpoints: { "AI Foundry API": "https://cowork-us-7f3a.services.ai.azure.com/" },
      },
    },
  ],
  "cognitiveservices/Deployment": [
    {
      resourceGroupName,
      accountName: "cowork",
      deploymentName: "gpt",
      sku: { name: "GlobalStandard", capacity: 1 },
      properties: { model: { format: "OpenAI", name: "gpt-5", version: "2025-08-07" } },
    },
    `${account}/deployments/gpt`,
    { properties: { provisioningState: "Succeeded" } },
  ],
  "cognitiveservices/Project": [
    {
      resourceGroupName,
      accountName: "cowork",
      projectName: "desktop",
      identity: { type: "SystemAssigned" },
    },
    `${account}/projects/desktop`,
    { identity: { principalId: guid }, location: "eastus2" },
  ],
  "keyvault/Vault": [
    {
      resourceGroupName,
      vaultName: "cowork-keys",
      properties: {
        tenantId: "99999999-2222-4333-8444-555555555555",
        sku: { family: "A", name: "premium" },
        enablePurgeProtection: true,
      },
    },
    inGroup("Microsoft.KeyVault/vaults/cowork-keys"),
    { properties: { vaultUri: "https://cowork-keys.vault.azure.net/" } },
  ],
  "keyvault/Key": [
    {
      resourceGroupName,
      vaultName: "cowork-keys",
      keyName: "foundry",
      properties: { kty: "RSA-HSM", keySize: 3072 },
    },
    inGroup("Microsoft.KeyVault/vaults/cowork-keys/keys/foundry"),
    {
      keyUri: "https://cowork-keys.vault.azure.net/keys/foundry",
      keyUriWithVersion: expect.stringMatching(
        /^https:\/\/cowork-keys\.vault\.azure\.net\/keys\/foundry\/[0-9a-f]{32}$/,
      ),
    },
  ],
  "managedidentity/UserAssignedIdentity": [
    { resourceGroupName, resourceName: "cowork-keys" },
    inGroup("Microsoft.ManagedIdentity/userAssignedIdentities/cowork-keys"),
    { clientId: guid, principalId: guid, tenantId: "99999999-2222-4333-8444-555555555555" },
  ],
  "managedidentity/FederatedIdentityCredential": [
    {
      resourceGroupName,
      resourceName: "cowork-ci",
      federatedIdentityCredentialResourceName: "github",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:example/cowork:environment:us",
      audiences: ["api://AzureADTokenExchange"],
    },
    inGroup(
      "Microsoft.ManagedIdentity/userAssignedIdentities/cowork-ci/federatedIdentityCredentials/github",
    ),
    { name: "github" },
  ],
};
