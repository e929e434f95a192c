import { describe, expect, it } from "vitest";

import { tokenServicesArePrivate as rule } from "../../../policy-pack/rules/token-services-are-private.ts";
import { google } from "../../support/google-resources.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

describe("stores at Google", () => {
  const kmsKey = "projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k";
  const valkey = {
    transitEncryptionMode: "SERVER_AUTHENTICATION",
    authorizationMode: "IAM_AUTH",
    kmsKey,
    engineConfigs: { "maxmemory-policy": "noeviction" },
  };
  const instance = (change: Readonly<Record<string, unknown>> = {}) =>
    google("memorystore/instance:Instance", { ...valkey, ...change });

  it("pass with TLS, sign-in and a key", async () => {
    expect(await reportsOf(rule, instance())).toEqual([]);
  });

  it.each([
    [
      { transitEncryptionMode: undefined },
      "`transitEncryptionMode` is absent (the default is TRANSIT_ENCRYPTION_DISABLED): what is kept passes in clear",
    ],
    [
      { authorizationMode: "AUTH_DISABLED" },
      "`authorizationMode` is AUTH_DISABLED: whoever reaches the store signs in",
    ],
    [
      { authorizationMode: undefined },
      "`authorizationMode` is absent (the default is AUTH_DISABLED): whoever reaches the store signs in",
    ],
    [
      { kmsKey: undefined },
      "`kmsKey` is absent: what it writes to disk is under a key of Google's",
    ],
    [
      { engineConfigs: { "maxmemory-policy": "allkeys-lru" } },
      "`engineConfigs.maxmemory-policy` is allkeys-lru: a full store forgets who was revoked",
    ],
  ])("are refused with %j", async (change, says) => {
    expect(await reportsOf(rule, instance(change))).toEqual([`blocks: ${says}`]);
  });

  it("are not taken for sealed while the key is unknown", async () => {
    expect(await reportsOf(rule, instance({ kmsKey: unknownText }))).toEqual([
      "advises: not proven, decided at up: `kmsKey` is not known yet",
    ]);
  });

  it.each([
    [
      "redis/instance:Instance",
      {},
      [
        "`transitEncryptionMode` is absent (the default is DISABLED): what is kept passes in clear",
        "`authEnabled` is absent (the default is false): whoever reaches the store signs in",
        "`customerManagedKey` is absent: what it writes to disk is under a key of Google's",
      ],
    ],
    [
      "redis/cluster:Cluster",
      { kmsKey },
      [
        "`transitEncryptionMode` is absent (the default is TRANSIT_ENCRYPTION_MODE_DISABLED): what is kept passes in clear",
        "`authorizationMode` is absent (the default is AUTH_MODE_DISABLED): whoever reaches the store signs in",
      ],
    ],
  ])("of other generations are judged alike: %s", async (type, given, says) => {
    expect(await reportsOf(rule, google(type, given))).toEqual(says.map((one) => `blocks: ${one}`));
  });
});

describe("policies of TLS at Google", () => {
  it.each(["compute/regionSslPolicy:RegionSslPolicy", "compute/sSLPolicy:SSLPolicy"])(
    "take 1.2 or newer: %s",
    async (type) => {
      expect(await reportsOf(rule, google(type, { minTlsVersion: "TLS_1_2" }))).toEqual([]);
      expect(await reportsOf(rule, google(type, {}))).toEqual([
        "blocks: `minTlsVersion` is absent (the default is TLS_1_0): it takes what is older than TLS 1.2",
      ]);
    },
  );
});
