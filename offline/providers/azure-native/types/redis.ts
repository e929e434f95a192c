import { type ArmType, inGroup } from "../arm.ts";
import { armId, guid, matches, needed, oneOf } from "../rules.ts";

const cluster = "Microsoft.Cache/redisEnterprise/{clusterName}";
const database = `${cluster}/databases/{databaseName}`;
const clusterName = matches(
  "clusterName",
  /^[A-Za-z0-9](?!.*--)([-A-Za-z0-9]{0,58}[A-Za-z0-9])?$/,
  "a cluster's name: 1 to 60 letters, digits and hyphens, no hyphen first or last, no two in a row",
);
const databaseName = oneOf("databaseName", "default");

/** Azure Managed Redis. Source: the REST API's schemas and the SDK's own words on names, read 2026-11-21. */
export const redisTypes: Readonly<Record<string, ArmType>> = {
  "redisenterprise/RedisEnterprise": inGroup(cluster, {
    replaceOn: ["highAvailability", "zones"],
    computed: {
      hostName: "{clusterName}.{location}.redis.azure.net",
      kind: "v2",
      privateEndpointConnections: [],
      redisVersion: "7.4",
      redundancyMode: "ZR",
      resourceState: "Running",
    },
    rules: [
      clusterName,
      needed("sku.name"),
      matches(
        "sku.name",
        /^(Enterprise|EnterpriseFlash|Balanced|MemoryOptimized|ComputeOptimized|FlashOptimized)_[EFBMXA]\d{1,4}$/,
        "a tier and size, as Balanced_B3",
      ),
      oneOf("highAvailability", "Enabled", "Disabled"),
      oneOf("minimumTlsVersion", "1.0", "1.1", "1.2"),
      oneOf("publicNetworkAccess", "Enabled", "Disabled"),
      armId(
        "identity.userAssignedIdentities[]",
        "Microsoft.ManagedIdentity/userAssignedIdentities",
      ),
      matches(
        "encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl",
        /^https:\/\/[a-z0-9-]+\.vault\.azure\.net\/keys\/[-A-Za-z0-9]+\/[0-9a-f]{32}$/,
        "the address of one version of a key: https://NAME.vault.azure.net/keys/NAME/VERSION",
      ),
      oneOf(
        "encryption.customerManagedKeyEncryption.keyEncryptionKeyIdentity.identityType",
        ...["systemAssignedIdentity", "userAssignedIdentity"],
      ),
    ],
  }),
  "redisenterprise/Database": inGroup(database, {
    replaceOn: ["clusteringPolicy", "port", "modules"],
    computed: { redisVersion: "7.4", resourceState: "Running" },
    rules: [
      clusterName,
      databaseName,
      oneOf("accessKeysAuthentication", "Enabled", "Disabled"),
      oneOf("clientProtocol", "Encrypted", "Plaintext"),
      oneOf("clusteringPolicy", "EnterpriseCluster", "OSSCluster", "NoCluster"),
      oneOf(
        "evictionPolicy",
        ...["AllKeysLFU", "AllKeysLRU", "AllKeysRandom", "VolatileLRU", "VolatileLFU"],
        ...["VolatileTTL", "VolatileRandom", "NoEviction"],
      ),
      oneOf("persistence.aofFrequency", "1s", "always"),
      oneOf("persistence.rdbFrequency", "1h", "6h", "12h"),
      { rule: "range", at: "port", min: 10_000, max: 10_000 },
    ],
  }),
  "redisenterprise/AccessPolicyAssignment": inGroup(
    `${database}/accessPolicyAssignments/{accessPolicyAssignmentName}`,
    {
      rules: [
        clusterName,
        databaseName,
        matches(
          "accessPolicyAssignmentName",
          /^[A-Za-z0-9]{1,60}$/,
          "an assignment's name: 1 to 60 letters and digits",
        ),
        oneOf("accessPolicyName", "default"),
        needed("user.objectId"),
        guid("user.objectId"),
      ],
    },
  ),
};
