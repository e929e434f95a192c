import { describe, expect, it } from "vitest";

import { tokenServicesArePrivate as rule } from "../../../policy-pack/rules/token-services-are-private.ts";
import { azure, usZone as zone } from "../../support/azure-resources.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

type Fields = Readonly<Record<string, unknown>>;

const said = (candidate: Candidate) => reportsOf(rule, candidate, { zone });
const cluster = (change: Fields = {}) =>
  azure("redisenterprise:RedisEnterprise", {
    publicNetworkAccess: "Disabled",
    minimumTlsVersion: "1.2",
    encryption: {
      customerManagedKeyEncryption: {
        keyEncryptionKeyUrl: `https://v.vault.azure.net/keys/store/${"0a".repeat(16)}`,
      },
    },
    ...change,
  });
const database = (change: Fields = {}) =>
  azure("redisenterprise:Database", {
    accessKeysAuthentication: "Disabled",
    clientProtocol: "Encrypted",
    evictionPolicy: "NoEviction",
    ...change,
  });
const classic = (change: Fields = {}) =>
  azure("redis:Redis", {
    publicNetworkAccess: "Disabled",
    disableAccessKeyAuthentication: true,
    minimumTlsVersion: "1.2",
    ...change,
  });

describe("stores at Azure", () => {
  it.each([
    cluster(),
    cluster({ minimumTlsVersion: undefined }),
    database(),
    database({ clientProtocol: undefined }),
    classic(),
  ])(
    "pass when nobody reaches them from outside, and nobody signs in by a key: %j",
    async (candidate) => {
      expect(await said(candidate)).toEqual([]);
    },
  );

  it.each<[Candidate, string]>([
    [
      cluster({ publicNetworkAccess: "Enabled" }),
      "`publicNetworkAccess` is Enabled: the internet reaches it",
    ],
    [
      cluster({ publicNetworkAccess: undefined }),
      "`publicNetworkAccess` is absent (the default is Enabled): the internet reaches it",
    ],
    [
      cluster({ minimumTlsVersion: "1.0" }),
      "`minimumTlsVersion` is 1.0: it takes what is older than TLS 1.2",
    ],
    [
      cluster({ encryption: undefined }),
      "`encryption.customerManagedKeyEncryption` is absent: what it writes to disk is under a key of Microsoft's",
    ],
    [
      database({ accessKeysAuthentication: "Enabled" }),
      "`accessKeysAuthentication` is Enabled: whoever has the key signs in, and it never ends",
    ],
    [
      database({ accessKeysAuthentication: undefined }),
      "undecidable: `accessKeysAuthentication` is absent: what Azure takes then is not known",
    ],
    [
      database({ clientProtocol: "Plaintext" }),
      "`clientProtocol` is Plaintext: what is kept passes in clear",
    ],
    [
      database({ evictionPolicy: undefined }),
      "`evictionPolicy` is absent (the default is VolatileLRU): a full store forgets who was revoked",
    ],
    [
      database({ evictionPolicy: "AllKeysLRU" }),
      "`evictionPolicy` is AllKeysLRU: a full store forgets who was revoked",
    ],
    [
      classic({ publicNetworkAccess: undefined }),
      "`publicNetworkAccess` is absent (the default is Enabled): the internet reaches it",
    ],
    [
      classic({ disableAccessKeyAuthentication: undefined }),
      "`disableAccessKeyAuthentication` is absent (the default is false): whoever has the key signs in, and it never ends",
    ],
    [
      classic({ enableNonSslPort: true }),
      "`enableNonSslPort` is true: what is kept passes in clear",
    ],
    [
      classic({ minimumTlsVersion: undefined }),
      "`minimumTlsVersion` is absent (the default is 1.0): it takes what is older than TLS 1.2",
    ],
  ])("are refused otherwise: %j", async (candidate, says) => {
    expect(await said(candidate)).toEqual([`blocks: ${says}`]);
  });

  it.each<[string, Candidate]>([
    ["publicNetworkAccess", cluster({ publicNetworkAccess: unknownText })],
    ["encryption", cluster({ encryption: unknownText })],
    ["accessKeysAuthentication", database({ accessKeysAuthentication: unknownText })],
    ["evictionPolicy", database({ evictionPolicy: unknownText })],
    ["disableAccessKeyAuthentication", classic({ disableAccessKeyAuthentication: unknownText })],
  ])("are not taken for sound while %s is unknown", async (path, candidate) => {
    expect(await said(candidate)).toEqual([
      `advises: not proven, decided at up: \`${path}\` is not known yet`,
    ]);
  });

  it("is under a key while its address is unknown when the run makes that key, and not for another reason", async () => {
    const byKey = (from: string, change: Fields = {}) => {
      const customerManagedKeyEncryption = { keyEncryptionKeyUrl: unknownText };
      const candidate = cluster({ encryption: { customerManagedKeyEncryption }, ...change });
      const others = [azure("keyvault:Key", {}, { name: "key" }), azure("keyvault:Vault", {})];
      return reportsOf(rule, { ...candidate, from: { encryption: [from] } }, { zone, others });
    };
    const unseen = [
      "advises: not proven, decided at up: `encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl` is not known yet",
    ];
    expect(await byKey("key")).toEqual([]);
    expect(await byKey("it")).toEqual(unseen);
    expect(await byKey("nobody")).toEqual(unseen);
    const block = (customerManagedKeyEncryption: unknown) => ({
      encryption: { customerManagedKeyEncryption },
    });
    expect(await byKey("key", block(unknownText))).toEqual([
      "advises: not proven, decided at up: `encryption.customerManagedKeyEncryption` is not known yet",
    ]);
    // A key nearby is none that is used.
    for (const none of [undefined, {}]) {
      expect(await byKey("key", block(none))).toEqual([
        "blocks: `encryption.customerManagedKeyEncryption` is absent: what it writes to disk is under a key of Microsoft's",
      ]);
    }
  });
});
