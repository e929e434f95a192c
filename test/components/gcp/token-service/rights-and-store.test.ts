import { describe, expect, it } from "vitest";

import { only } from "../../../support/inventory.ts";
import { base, configOf, inputsOf, located, member, run, templateOf, usual } from "./deployed.ts";
import { caller, existingStore, key } from "./support.ts";

describe("what a token service at Google may do, and what it shares", () => {
  it("may make tokens of its callers and sign in to its store, and nothing else", async () => {
    const { resources } = await usual();
    expect(only(resources, "gcp:projects/iAMCustomRole:IAMCustomRole")).toMatchObject({
      project: "example-claude-eu",
      roleId: "coworkTokensOfCallers_eu",
      permissions: ["iam.serviceAccounts.getAccessToken"],
    });
    expect(only(resources, "gcp:serviceaccount/iAMMember:IAMMember")).toEqual({
      serviceAccountId: `projects/example-claude-eu/serviceAccounts/${caller}`,
      role: "projects/example-claude-eu/roles/coworkTokensOfCallers_eu",
      member,
    });
    expect(only(resources, "gcp:projects/iAMMember:IAMMember")).toEqual({
      project: "example-claude-eu",
      role: "roles/memorystore.dbConnectionUser",
      member,
      condition: {
        title: "One store",
        expression: `resource.name.endsWith("/locations/europe-west3/instances/${base}")`,
      },
    });
  });

  it("has no right at all where people's own tokens and the company's store do everything", async () => {
    const { resources } = await run({ callers: [], store: existingStore });
    const grants = resources.filter(({ inputs }) => inputs.member === member);
    expect(grants.map(({ name }) => name)).toEqual([
      "tokens-config",
      "tokens-policy",
      "tokens-store-password",
    ]);
  });

  it("signs with one version of a key in hardware, where a gateway route needs it", async () => {
    const { resources } = await run({ signs: true, callers: [] });
    const ring = `${located}/keyRings/${base}`;
    expect(only(resources, "gcp:kms/cryptoKey:CryptoKey")).toEqual({
      keyRing: ring,
      name: "gateway-tokens",
      purpose: "ASYMMETRIC_SIGN",
      versionTemplate: { algorithm: "EC_SIGN_P256_SHA256", protectionLevel: "HSM" },
      destroyScheduledDuration: "2592000s",
    });
    expect(only(resources, "gcp:projects/iAMCustomRole:IAMCustomRole").permissions).toEqual([
      "cloudkms.cryptoKeyVersions.useToSign",
      "cloudkms.cryptoKeyVersions.viewPublicKey",
    ]);
    const grant = inputsOf(resources, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember").find(
      (one) => one.member === member,
    );
    expect(grant).toEqual({
      cryptoKeyId: `${ring}/cryptoKeys/gateway-tokens`,
      role: "projects/example-claude-eu/roles/coworkTokenSigner_eu",
      member,
      condition: {
        title: "One version",
        expression: `resource.name.endsWith("/locations/europe-west3/keyRings/${base}/cryptoKeys/gateway-tokens/cryptoKeyVersions/1")`,
      },
    });
    expect(configOf(resources).signingKey).toEqual({
      kind: "google-kms",
      keyVersion: `${ring}/cryptoKeys/gateway-tokens/cryptoKeyVersions/1`,
    });
  });

  it("keeps what it knows in two zones, on disk before it answers", async () => {
    const { resources } = await usual();
    expect(only(resources, "gcp:memorystore/instance:Instance")).toEqual({
      project: "example-claude-eu",
      location: "europe-west3",
      instanceId: base,
      engineVersion: "VALKEY_8_0",
      mode: "CLUSTER_DISABLED",
      shardCount: 1,
      replicaCount: 1,
      nodeType: "STANDARD_SMALL",
      zoneDistributionConfig: { mode: "MULTI_ZONE" },
      authorizationMode: "IAM_AUTH",
      transitEncryptionMode: "SERVER_AUTHENTICATION",
      kmsKey: key,
      persistenceConfig: { mode: "AOF", aofConfig: { appendFsync: "ALWAYS" } },
      engineConfigs: { "maxmemory-policy": "noeviction" },
      desiredAutoCreatedEndpoints: [
        {
          network: "projects/example-claude-eu/global/networks/cowork-example-eu-google",
          projectId: "example-claude-eu",
        },
      ],
      deletionProtectionEnabled: true,
    });
  });

  it("uses the company's store with a password that Cloud Run reads", async () => {
    const { resources } = await run({ store: { ...existingStore, userName: "tokens" } });
    expect(inputsOf(resources, "gcp:memorystore/instance:Instance")).toEqual([]);
    expect(templateOf(resources).containers[0].envs).toEqual([
      { name: "COWORK_STORE_USER", value: "tokens" },
      {
        name: "COWORK_STORE_PASSWORD",
        valueSource: {
          secretKeyRef: {
            secret: "projects/example-stores/secrets/cowork-store",
            version: "latest",
          },
        },
      },
    ]);
  });

  it("lets its instances call the store, Google and the issuers only", async () => {
    const { resources } = await usual();
    const rules = inputsOf(resources, "gcp:compute/firewall:Firewall").map(
      ({ direction, targetTags, priority, allows, denies, destinationRanges }) => ({
        direction,
        targetTags,
        priority,
        ...(allows === undefined ? { denies } : { allows }),
        destinationRanges,
      }),
    );
    const out = { direction: "EGRESS", targetTags: [base] };
    const allow = (port: string, range: string) => ({
      ...out,
      priority: 1000,
      allows: [{ protocol: "tcp", ports: [port] }],
      destinationRanges: [range],
    });
    expect(rules).toEqual([
      { ...out, priority: 65_533, denies: [{ protocol: "all" }], destinationRanges: ["0.0.0.0/0"] },
      allow("443", "199.36.153.4/30"),
      allow("443", "192.0.2.0/24"),
      allow("6379", "10.60.0.0/26"),
    ]);
  });
});
