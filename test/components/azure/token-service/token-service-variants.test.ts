import { describe, expect, it } from "vitest";

import { inputsOf } from "../support.ts";
import { configuration, container, grantsOf, run } from "./deployed.ts";
import {
  applicationObjectId,
  authority,
  existingNetwork,
  existingStore,
  passwordSecretId,
  tested,
} from "./support.ts";

describe("TokenService at Azure, where a gateway needs signatures", () => {
  it("signs with a P-256 key in an HSM that can do nothing else, reached privately", async () => {
    const { resources } = await run({ signs: true, store: existingStore });
    expect(inputsOf(resources, "Vault").properties).toMatchObject({
      tenantId: "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f",
      sku: { family: "A", name: "premium" },
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      publicNetworkAccess: "Disabled",
      networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
    });
    expect(inputsOf(resources, "Key")).toMatchObject({
      keyName: "gateway-tokens",
      properties: { kty: "EC-HSM", curveName: "P-256", keyOps: ["sign", "verify"] },
    });
    expect(grantsOf(resources)).toContainEqual([
      "principal of tokens-service",
      "12338af0-0e69-4776-bea7-57ae8d297424",
      expect.stringMatching(/\/vaults\/cowork-[0-9a-f]{12}\/keys\/gateway-tokens$/),
    ]);
    expect(inputsOf(resources, "PrivateEndpoint").privateLinkServiceConnections).toMatchObject([
      { groupIds: ["vault"] },
    ]);
    expect(inputsOf(resources, "PrivateZone").privateZoneName).toBe(
      "privatelink.vaultcore.azure.net",
    );
    const { env } = container(resources);
    expect(JSON.stringify(env)).toContain(
      `{\\"kind\\":\\"azure-key-vault\\",\\"keyId\\":\\"https://cowork.vault.azure.net/keys/tokens-vault-gateway-tokens/${"0a".repeat(16)}\\"}`,
    );
  });

  it("keeps keys in software where the company says so", async () => {
    const { resources } = await run({ keyProtection: "software" });
    expect(inputsOf(resources, "Vault").properties).toMatchObject({ sku: { name: "standard" } });
    expect(inputsOf(resources, "Key").properties).toEqual({
      kty: "RSA",
      keySize: 3072,
      keyOps: ["wrapKey", "unwrapKey"],
    });
  });
});

describe("TokenService at Azure, otherwise", () => {
  it("takes device certificates once their header was tested, from ingress alone", async () => {
    const { resources, result } = await run({
      deviceAuthorities: authority,
      certificateHeaderTested: tested,
    });
    expect(configuration(resources).ingress).toMatchObject({ clientCertificateMode: "accept" });
    const { env } = container(resources) as { env: { name: string; value: string }[] };
    const config = env.find(({ name }) => name === "COWORK_TOKEN_SERVICE_CONFIG");
    expect(JSON.parse(config!.value).clientCertificate).toEqual({
      from: "header",
      header: "x-forwarded-client-cert",
      trustedProxyCidrs: [
        ...["100.100.0.0/17", "100.100.128.0/19", "100.100.160.0/19", "100.100.192.0/19"],
      ],
    });
    expect(result.remainingSteps.at(-1)).toBe(
      "Send one request without a certificate and with an X-Forwarded-Client-Cert of your own making to tokens.us.example.com, and see it refused; again after every change of Container Apps you hear of (docs/token-service-azure.md).",
    );
  });

  it("reads the password of a store of the company's own from its vault, and makes none", async () => {
    const { resources } = await run({ store: existingStore });
    const types = resources.map(({ type }) => type);
    expect(types.filter((type) => /redisenterprise|keyvault|privatedns/.test(type))).toEqual([]);
    expect(configuration(resources).secrets).toEqual([
      {
        name: "store-password",
        keyVaultUrl: "https://example-edge.vault.azure.net/secrets/store",
        identity: "tokens-service-id",
      },
    ]);
    expect(container(resources).env).toContainEqual({
      name: "COWORK_STORE_PASSWORD",
      secretRef: "store-password",
    });
    expect(grantsOf(resources)).toContainEqual([
      "principal of tokens-service",
      "4633458b-17de-408a-b874-0445c86b69e6",
      passwordSecretId,
    ]);
  });

  it("stands in subnets of the company's own with zones of a hub", async () => {
    const zone =
      "/subscriptions/s/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/privatelink.redis.azure.net";
    const { resources, result } = await run({
      network: existingNetwork,
      dns: { kind: "existing", zoneIds: [zone] },
      zoneRedundant: false,
    });
    const types = resources.map(({ type }) => type);
    expect(types.filter((type) => /VirtualNetwork|SecurityGroup|privatedns/.test(type))).toEqual(
      [],
    );
    expect(inputsOf(resources, "ManagedEnvironment")).toMatchObject({
      vnetConfiguration: { infrastructureSubnetId: existingNetwork.environmentSubnetId },
      zoneRedundant: false,
    });
    expect(inputsOf(resources, "PrivateEndpoint").subnet).toMatchObject({
      id: existingNetwork.endpointSubnetId,
    });
    expect(inputsOf(resources, "PrivateDnsZoneGroup").privateDnsZoneConfigs).toEqual([
      { name: "store", privateDnsZoneId: zone },
    ]);
    expect(result.remainingSteps).toContain(
      "Link privatelink.redis.azure.net to the service's network: the zones are the hub's.",
    );
    expect(result.remainingSteps).toContain(
      `See that the rules of ${existingNetwork.environmentSubnetId} let 10.12.0.0/14 in on 443 and the environment out as docs/token-service-azure.md lists: the kit leaves them alone.`,
    );
  });

  it("is trusted by the Foundry caller application, by its identity and no secret", async () => {
    const { resources, result } = await run({ callerApplicationObjectId: applicationObjectId });
    expect(inputsOf(resources, "ApplicationFederatedIdentityCredential")).toMatchObject({
      applicationId: "/applications/1e2d3c4b-5a69-4788-8655-443322110011",
      issuer: "https://login.microsoftonline.com/9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f/v2.0",
      subject: "principal of tokens-service",
      audiences: ["api://AzureADTokenExchange"],
    });
    expect(result.remainingSteps.filter((step) => step.includes("federated"))).toEqual([
      "Where the service uses application 1e2d3c4b-5a69-4788-8655-443322110011 as federated, put its service principal into the group of each Foundry route it serves, and no people: calls are the application's own (docs/token-service-azure.md).",
    ]);
  });
});
