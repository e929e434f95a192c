import type { AzureTokenServiceArgs } from "../../../../components/azure/token-service/args.ts";
import type { DeployOptions } from "../../../support/deploy.ts";
import { subscriptionId, tenantId, us } from "../support.ts";

export { authority, laptop } from "../../aws/iam/certificates.ts";
export { eu, subscriptionId, tenantId, us } from "../support.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
export const image = `exampleimages.azurecr.io/cowork/token-service@${digest}`;
const platform = `/subscriptions/${subscriptionId}/resourceGroups/platform/providers`;
export const registryId = `${platform}/Microsoft.ContainerRegistry/registries/exampleimages`;
export const certificateId = `${platform}/Microsoft.KeyVault/vaults/example-edge/secrets/tokens`;
export const passwordSecretId = `${platform}/Microsoft.KeyVault/vaults/example-edge/secrets/store`;
export const networkId = `${platform}/Microsoft.Network/virtualNetworks/spoke`;
export const workspaceId = `/subscriptions/${subscriptionId}/resourceGroups/cowork-example-us-foundry/providers/Microsoft.OperationalInsights/workspaces/cowork-example-us-foundry`;
export const applicationObjectId = "1e2d3c4b-5a69-4788-8655-443322110011";
/** Everything of {@link serviceArgs} lies below. */
export const group = `/subscriptions/${subscriptionId}/resourceGroups/cowork-token-service-example-us`;

export const existingNetwork = {
  kind: "existing",
  environmentSubnetId: `${networkId}/subnets/apps`,
  endpointSubnetId: `${networkId}/subnets/endpoints`,
} as const;
export const existingStore = {
  kind: "existing",
  url: "rediss://store.example.com:6380",
  cidrs: ["10.70.0.0/28"],
  passwordSecretId,
} as const;
export const tested = { testedBy: "security@example.com", testedOn: "2026-11-20" } as const;

/** A service with everything plain left at its default; what tests change stands in `change`. */
export function serviceArgs(change: Partial<AzureTokenServiceArgs> = {}): AzureTokenServiceArgs {
  return {
    zone: us,
    geography: "us",
    organization: "example",
    today: "2026-11-21",
    host: "tokens.us.example.com",
    image,
    replicas: 2,
    clientCidrs: ["10.12.0.0/14"],
    egressCidrs: ["198.51.100.0/24"],
    signs: false,
    serviceConfig: ({ storeUrl, ...created }) =>
      JSON.stringify({
        configVersion: 1,
        listen: { port: 8080 },
        routes: [{ name: "foundry", provider: "foundry" }],
        store: { kind: "redis", url: storeUrl, durability: "managed" },
        ...created,
      }),
    retentionDays: 365,
    subscriptionId,
    tenantId,
    region: "eastus2",
    network: { kind: "create", cidr: "10.60.0.0/24" },
    certificateId,
    registryId,
    workspace: { id: workspaceId, retentionDays: 365 },
    ...change,
  };
}

/** What Azure answers with that the program reads back. */
export const answers: DeployOptions = {
  outputs: {
    "azure-native:managedidentity:UserAssignedIdentity": (name) => ({
      principalId: `principal of ${name}`,
      clientId: `client of ${name}`,
    }),
    "azure-native:resources:ResourceGroup": () => ({ name: "cowork-token-service-example-us" }),
    "azure-native:keyvault:Key": (name) => ({
      keyUriWithVersion: `https://cowork.vault.azure.net/keys/${name}/${"0a".repeat(16)}`,
    }),
    "azure-native:redisenterprise:RedisEnterprise": () => ({
      hostName: "store.eastus2.redis.azure.net",
    }),
    "azure-native:app:ManagedEnvironment": () => ({ staticIp: "10.60.0.20" }),
  },
};
