import { describe, expect, it } from "vitest";

import { resolved } from "../../../support/deploy.ts";
import { inventoryOf } from "../../../support/inventory.ts";
import { inputsOf } from "../support.ts";
import { configuration, container, grantsOf, run } from "./deployed.ts";
import { certificateId, group, image, registryId, workspaceId } from "./support.ts";

describe("TokenService at Azure", () => {
  it("creates this and nothing else, all of it in its region", async () => {
    const { resources } = await run();
    expect(inventoryOf(resources).counts).toEqual({
      "azure-native:app:Certificate": 1,
      "azure-native:app:ContainerApp": 1,
      "azure-native:app:ManagedEnvironment": 1,
      "azure-native:authorization:RoleAssignment": 3,
      "azure-native:keyvault:Key": 1,
      "azure-native:keyvault:Vault": 1,
      "azure-native:managedidentity:UserAssignedIdentity": 3,
      "azure-native:monitor:DiagnosticSetting": 3,
      "azure-native:network:NetworkSecurityGroup": 2,
      "azure-native:network:PrivateDnsZoneGroup": 1,
      "azure-native:network:PrivateEndpoint": 1,
      "azure-native:network:VirtualNetwork": 1,
      "azure-native:privatedns:PrivateZone": 1,
      "azure-native:privatedns:VirtualNetworkLink": 1,
      "azure-native:redisenterprise:AccessPolicyAssignment": 1,
      "azure-native:redisenterprise:Database": 1,
      "azure-native:redisenterprise:RedisEnterprise": 1,
      "azure-native:resources:ResourceGroup": 1,
      "cowork:azure:TokenService": 1,
      "pulumi:providers:azure-native": 1,
    });
    const elsewhere = resources
      .filter(({ inputs }) => inputs.location !== undefined && inputs.location !== "eastus2")
      .map(({ type, inputs }) => [type, inputs.location]);
    // Names and private addresses.
    expect(elsewhere).toEqual([
      ["azure-native:privatedns:PrivateZone", "global"],
      ["azure-native:privatedns:VirtualNetworkLink", "global"],
    ]);
    expect(inputsOf(resources, "azure-native")).toMatchObject({
      subscriptionId: "0b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d",
      tenantId: "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f",
    });
  });

  it("stands in an environment without a public address, over zones, with encryption inside", async () => {
    const { resources } = await run();
    expect(inputsOf(resources, "ManagedEnvironment")).toEqual({
      resourceGroupName: "cowork-token-service-example-us",
      location: "eastus2",
      environmentName: "cowork-token-service-example-us",
      vnetConfiguration: {
        internal: true,
        infrastructureSubnetId: `${group}/providers/Microsoft.Network/virtualNetworks/cowork-token-service-example-us/subnets/environment`,
      },
      publicNetworkAccess: "Disabled",
      zoneRedundant: true,
      workloadProfiles: [{ name: "Consumption", workloadProfileType: "Consumption" }],
      peerTrafficConfiguration: { encryption: { enabled: true } },
      appLogsConfiguration: { destination: "azure-monitor" },
      identity: { type: "UserAssigned", userAssignedIdentities: ["tokens-edge-id"] },
    });
    expect(inputsOf(resources, "Certificate").properties).toEqual({
      certificateKeyVaultProperties: {
        identity: "tokens-edge-id",
        keyVaultUrl: "https://example-edge.vault.azure.net/secrets/tokens",
      },
    });
  });

  it("is reached by TLS from the laptops' ranges only, and takes no certificate", async () => {
    const { resources } = await run();
    expect(configuration(resources)).toEqual({
      activeRevisionsMode: "Single",
      maxInactiveRevisions: 2,
      identitySettings: [{ identity: "tokens-service-id", lifecycle: "Main" }],
      registries: [{ server: "exampleimages.azurecr.io", identity: "tokens-service-id" }],
      secrets: [],
      ingress: {
        external: true,
        targetPort: 8080,
        transport: "http",
        allowInsecure: false,
        clientCertificateMode: "ignore",
        customDomains: [
          {
            name: "tokens.us.example.com",
            bindingType: "SniEnabled",
            certificateId: "tokens-environment-id",
          },
        ],
        ipSecurityRestrictions: [
          { name: "laptops-1", action: "Allow", ipAddressRange: "10.12.0.0/14" },
        ],
        traffic: [{ latestRevision: true, weight: 100 }],
      },
    });
  });

  it("runs two replicas of the pinned image as its one identity, with nothing secret in sight", async () => {
    const { resources } = await run();
    const app = inputsOf(resources, "ContainerApp");
    expect(app.identity).toEqual({
      type: "UserAssigned",
      userAssignedIdentities: ["tokens-service-id"],
    });
    expect(app.template).toMatchObject({
      terminationGracePeriodSeconds: 30,
      scale: { minReplicas: 2, maxReplicas: 4 },
    });
    expect(container(resources)).toEqual({
      name: "token-service",
      image,
      resources: { cpu: 0.5, memory: "1Gi" },
      env: [
        { name: "AZURE_CLIENT_ID", value: "client of tokens-service" },
        { name: "COWORK_STORE_AUTH", value: "entra" },
        { name: "COWORK_STORE_USER", value: "principal of tokens-service" },
        {
          name: "COWORK_TOKEN_SERVICE_CONFIG",
          value:
            '{"configVersion":1,"listen":{"port":8080},"routes":[{"name":"foundry","provider":"foundry"}],"store":{"kind":"redis","url":"rediss://store.eastus2.redis.azure.net:10000","durability":"managed"}}',
        },
        {
          name: "COWORK_TOKEN_SERVICE_SERVES",
          value: '{"routes":[{"name":"foundry","provider":"foundry"}],"store":{"kind":"redis"}}',
        },
      ],
      probes: [
        {
          type: "Startup",
          httpGet: { path: "/healthz", port: 8080, scheme: "HTTP" },
          periodSeconds: 5,
          failureThreshold: 12,
        },
        {
          type: "Liveness",
          httpGet: { path: "/healthz", port: 8080, scheme: "HTTP" },
          periodSeconds: 10,
          failureThreshold: 3,
        },
        {
          type: "Readiness",
          httpGet: { path: "/readyz", port: 8080, scheme: "HTTP" },
          periodSeconds: 5,
          failureThreshold: 3,
        },
      ],
    });
    expect(JSON.stringify(resources)).not.toMatch(/password|sharedKey|primaryKey/i);
  });

  it("keeps replay and revocation on disk, under a key, without access keys or a public way", async () => {
    const { resources } = await run();
    expect(inputsOf(resources, "RedisEnterprise")).toEqual({
      resourceGroupName: "cowork-token-service-example-us",
      location: "eastus2",
      clusterName: expect.stringMatching(/^cowork-tokens-[0-9a-f]{12}$/),
      sku: { name: "Balanced_B3" },
      highAvailability: "Enabled",
      minimumTlsVersion: "1.2",
      publicNetworkAccess: "Disabled",
      identity: { type: "UserAssigned", userAssignedIdentities: ["tokens-store-store-id"] },
      encryption: {
        customerManagedKeyEncryption: {
          keyEncryptionKeyUrl: `https://cowork.vault.azure.net/keys/tokens-vault-store/${"0a".repeat(16)}`,
          keyEncryptionKeyIdentity: {
            identityType: "userAssignedIdentity",
            userAssignedIdentityResourceId: "tokens-store-store-id",
          },
        },
      },
    });
    expect(inputsOf(resources, "Database")).toMatchObject({
      accessKeysAuthentication: "Disabled",
      clientProtocol: "Encrypted",
      clusteringPolicy: "NoCluster",
      evictionPolicy: "NoEviction",
      persistence: { aofEnabled: true, aofFrequency: "1s", rdbEnabled: false },
      port: 10_000,
    });
    expect(inputsOf(resources, "AccessPolicyAssignment")).toMatchObject({
      accessPolicyName: "default",
      user: { objectId: "principal of tokens-service" },
    });
  });

  it("gives each identity one right on one thing", async () => {
    const { resources } = await run();
    const vault = `${group}/providers/Microsoft.KeyVault/vaults`;
    expect(grantsOf(resources)).toEqual([
      ["principal of tokens-edge", "4633458b-17de-408a-b874-0445c86b69e6", certificateId],
      ["principal of tokens-service", "7f951dda-4ed3-4680-a7ca-43fe172d538d", registryId],
      [
        "principal of tokens-store-store",
        "e147488a-f6f5-4113-8e2d-b22465e65bf6",
        expect.stringMatching(new RegExp(`^${vault}/cowork-[0-9a-f]{12}/keys/store$`)),
      ],
    ]);
  });

  it("sends every record to the route's workspace, without a key of it", async () => {
    const { resources } = await run();
    const settings = resources.filter(({ type }) => type.endsWith(":DiagnosticSetting"));
    expect(settings.map(({ inputs }) => inputs.workspaceId)).toEqual(
      settings.map(() => workspaceId),
    );
    expect(settings.map(({ inputs }) => inputs.logs)).toEqual([
      [
        { category: "ContainerAppConsoleLogs", enabled: true },
        { category: "ContainerAppSystemLogs", enabled: true },
      ],
      [{ category: "ConnectionEvents", enabled: true }],
      [{ category: "AuditEvent", enabled: true }],
    ]);
  });

  it("answers with what laptops and auditors need", async () => {
    const { result } = await run();
    expect(await resolved(result.target)).toBe("10.60.0.20");
    expect(await resolved(result.logs)).toBe(workspaceId);
    expect(await resolved(result.identityObjectId)).toBe("principal of tokens-service");
    expect(result.remainingSteps).toEqual([
      "Have the company's DNS answer tokens.us.example.com with the service's address.",
      'Before the first run, publish the TXT record asuid.tokens.us.example.com with what "az containerapp show-custom-domain-verification-id" prints: Azure may look for it in public DNS before it takes the name (docs/token-service-azure.md).',
      "See that Container Apps may read example-edge.vault.azure.net: a vault with a firewall has to let the service's network in (docs/token-service-azure.md).",
      "Connect the network 10.60.0.0/24 in eastus2 with the company's, and carry 10.12.0.0/14 to it and back, and from there to 198.51.100.0/24, where the issuers answer.",
      "Accept in writing that the store writes to disk once a second: when both of its nodes fail at once, revocations and spent proofs of the last second can be lost; use a store of the company's own where that is too much (docs/token-service-azure.md).",
      "Where Foundry routes are served, give the caller application a federated credential: issuer https://login.microsoftonline.com/9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f/v2.0, the object id of identity cowork-token-service-example-us-service as subject, audience api://AzureADTokenExchange.",
    ]);
  });
});
