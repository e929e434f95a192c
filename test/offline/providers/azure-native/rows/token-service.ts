import { inGroup, resourceGroupName } from "./ids.ts";
import type { Row } from "./row.ts";

const environment = inGroup("Microsoft.App/managedEnvironments/tokens");
const identity = inGroup("Microsoft.ManagedIdentity/userAssignedIdentities/tokens");
const cluster = inGroup("Microsoft.Cache/redisEnterprise/tokens");

/** What a token service runs on. */
export const tokenServiceRows: Readonly<Record<string, Row>> = {
  "app/ManagedEnvironment": [
    {
      resourceGroupName,
      environmentName: "tokens",
      vnetConfiguration: {
        internal: true,
        infrastructureSubnetId: inGroup("Microsoft.Network/virtualNetworks/n/subnets/apps"),
      },
      workloadProfiles: [{ name: "Consumption", workloadProfileType: "Consumption" }],
      identity: { type: "UserAssigned", userAssignedIdentities: [identity] },
    },
    environment,
    { location: "eastus2", staticIp: "10.0.0.62", provisioningState: "Succeeded" },
  ],
  "app/Certificate": [
    {
      resourceGroupName,
      environmentName: "tokens",
      certificateName: "host",
      properties: {
        certificateKeyVaultProperties: {
          identity,
          keyVaultUrl: "https://edge.vault.azure.net/secrets/host",
        },
      },
    },
    `${environment}/certificates/host`,
    { name: "host", properties: { valid: true } },
  ],
  "app/ContainerApp": [
    {
      resourceGroupName,
      containerAppName: "tokens",
      environmentId: environment,
      identity: { type: "UserAssigned", userAssignedIdentities: [identity] },
      configuration: {
        ingress: {
          external: true,
          targetPort: 8080,
          transport: "http",
          clientCertificateMode: "ignore",
          ipSecurityRestrictions: [
            { name: "laptops", action: "Allow", ipAddressRange: "10.0.0.0/8" },
          ],
        },
      },
      template: {
        scale: { minReplicas: 2, maxReplicas: 4 },
        containers: [{ name: "tokens", image: "r.azurecr.io/tokens:1" }],
      },
    },
    inGroup("Microsoft.App/containerApps/tokens"),
    { runningStatus: "Running", managedEnvironmentId: environment },
  ],
  "redisenterprise/RedisEnterprise": [
    {
      resourceGroupName,
      clusterName: "tokens",
      sku: { name: "Balanced_B3" },
      publicNetworkAccess: "Disabled",
      minimumTlsVersion: "1.2",
    },
    cluster,
    { hostName: "tokens.eastus2.redis.azure.net", resourceState: "Running" },
  ],
  "redisenterprise/Database": [
    {
      resourceGroupName,
      clusterName: "tokens",
      databaseName: "default",
      clientProtocol: "Encrypted",
      persistence: { aofEnabled: true, aofFrequency: "1s" },
      port: 10_000,
    },
    `${cluster}/databases/default`,
    { name: "default", provisioningState: "Succeeded" },
  ],
  "redisenterprise/AccessPolicyAssignment": [
    {
      resourceGroupName,
      clusterName: "tokens",
      databaseName: "default",
      accessPolicyAssignmentName: "service",
      accessPolicyName: "default",
      user: { objectId: "11111111-2222-4333-8444-555555555556" },
    },
    `${cluster}/databases/default/accessPolicyAssignments/service`,
    { name: "service" },
  ],
};
