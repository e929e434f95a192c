import type { ResourceType } from "../resource-type.ts";
import type { Rule } from "../rules.ts";

/** https://docs.aws.amazon.com/memorydb/latest/APIReference/API_CreateCluster.html */
const name = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^(?!.*--)[a-z][a-z0-9-]{0,39}(?<!-)$/,
  wanted:
    "a MemoryDB name: up to 40 lower-case letters, digits and single hyphens, beginning with a letter",
});
const autoName = { input: "name", maxLength: 40, lowerCase: true } as const;
const memorydb = "arn:{partition}:memorydb:{region}:{account}";

/** MemoryDB, Secrets Manager and Parameter Store. Source: the Terraform AWS provider's schemas and validators. */
export const storeTypes: Readonly<Record<string, ResourceType>> = {
  "memorydb/Cluster": {
    id: "{name}",
    replaceOn: [
      "autoMinorVersionUpgrade",
      "dataTiering",
      "kmsKeyArn",
      "multiRegionClusterName",
      "name",
      "namePrefix",
      "port",
      "snapshotArns",
      "snapshotName",
      "subnetGroupName",
      "tlsEnabled",
    ],
    autoName,
    defaults: {
      autoMinorVersionUpgrade: true,
      numReplicasPerShard: 1,
      numShards: 1,
      tlsEnabled: true,
    },
    computed: {
      arn: `${memorydb}:cluster/{name}`,
      clusterEndpoints: [
        { address: "clustercfg.{name}.{hex:6}.memorydb.{region}.amazonaws.com", port: 6379 },
      ],
      engine: "redis",
      enginePatchVersion: "7.3.0",
      engineVersion: "7.3",
      ipDiscovery: "ipv4",
      maintenanceWindow: "sun:01:00-sun:02:00",
      networkType: "ipv4",
      parameterGroupName: "default.memorydb-valkey7",
      port: 6379,
      snapshotWindow: "03:00-04:00",
      subnetGroupName: "default",
    },
    rules: [
      name("name"),
      { rule: "oneOf", at: "engine", values: ["redis", "valkey"] },
      { rule: "arn", at: "kmsKeyArn" },
      { rule: "range", at: "numReplicasPerShard", min: 0, max: 5 },
      { rule: "range", at: "numShards", min: 1, max: 500 },
      { rule: "range", at: "snapshotRetentionLimit", min: 0, max: 35 },
      { rule: "range", at: "port", min: 1, max: 65_535 },
    ],
  },
  "memorydb/ParameterGroup": {
    id: "{name}",
    replaceOn: ["description", "family", "name", "namePrefix"],
    autoName: { ...autoName, maxLength: 255 },
    defaults: { description: "Managed by Pulumi" },
    computed: { arn: `${memorydb}:parametergroup/{name}` },
  },
  "memorydb/SubnetGroup": {
    id: "{name}",
    replaceOn: ["name", "namePrefix"],
    autoName: { ...autoName, maxLength: 255 },
    defaults: { description: "Managed by Pulumi" },
    computed: { arn: `${memorydb}:subnetgroup/{name}`, vpcId: "vpc-{hex:17}" },
    rules: [{ rule: "count", at: "subnetIds", min: 1, max: 20 }],
  },
  "memorydb/User": {
    id: "{userName}",
    replaceOn: ["userName"],
    autoName: "none",
    computed: { arn: `${memorydb}:user/{userName}`, minimumEngineVersion: "7.0" },
    rules: [
      name("userName"),
      { rule: "oneOf", at: "authenticationMode.type", values: ["iam", "password"] },
      { rule: "count", at: "authenticationMode.passwords", min: 1, max: 2 },
    ],
  },
  "memorydb/Acl": {
    id: "{name}",
    replaceOn: ["name", "namePrefix"],
    autoName,
    computed: { arn: `${memorydb}:acl/{name}`, minimumEngineVersion: "7.0" },
    rules: [name("name")],
  },
  "secretsmanager/Secret": {
    id: "{arn}",
    replaceOn: ["name", "namePrefix", "type"],
    autoName: { input: "name", maxLength: 512 },
    defaults: { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
    computed: { arn: "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{upper:6}" },
    rules: [
      // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html (0: at once)
      { rule: "range", at: "recoveryWindowInDays", min: 0, max: 30 },
    ],
  },
  "secretsmanager/SecretVersion": {
    id: "{secretId}|{versionId}",
    replaceOn: ["secretId", "secretBinary", "secretString"],
    computed: {
      arn: "{secretId}",
      versionId: "terraform-{hex:26}",
      versionStages: ["AWSCURRENT"],
    },
    rules: [{ rule: "atMostOne", of: ["secretBinary", "secretString", "secretStringWo"] }],
  },
  "ssm/Parameter": {
    id: "{name}",
    replaceOn: ["dataType", "name"],
    autoName: { input: "name", maxLength: 2048 },
    computed: {
      // A name with folders begins with the slash that parts it from the word.
      arn: "arn:{partition}:ssm:{region}:{account}:parameter{name}",
      dataType: "text",
      tier: "Standard",
      version: 1,
    },
    rules: [
      { rule: "oneOf", at: "type", values: ["String", "StringList", "SecureString"] },
      { rule: "oneOf", at: "tier", values: ["Standard", "Advanced", "Intelligent-Tiering"] },
      { rule: "atMostOne", of: ["value", "insecureValue", "valueWo"] },
    ],
  },
};
