/** How a property names the place data goes to. */
export type TargetKind =
  /** An ARN; one without a region is an S3 bucket's. */
  | "arn"
  /** A key id, alias or ARN; an id or alias is the own region's. */
  | "key"
  /** A bucket name or bucket ARN. */
  | "bucket"
  /** A region name. */
  | "region"
  /** A host or URL; only AWS's own names say which region they are in. */
  | "address"
  /** JSON text of a log policy: see `sentBy`. */
  | "log policy";

/** One property that sends data somewhere. */
export interface DataTarget {
  /** Property path; `*` stands for each entry of a list. */
  readonly path: string;
  readonly kind: TargetKind;
}

const arn = (path: string): DataTarget => ({ path, kind: "arn" });
const key = (path: string): DataTarget => ({ path, kind: "key" });
const bucket = (path: string): DataTarget => ({ path, kind: "bucket" });
const region = (path: string): DataTarget => ({ path, kind: "region" });

/** Where a delivery stream sends records, what it could not send, and what it keeps besides. */
const streamTargets: readonly DataTarget[] = [
  ...[
    "extendedS3Configuration",
    "extendedS3Configuration.s3BackupConfiguration",
    "redshiftConfiguration.s3BackupConfiguration",
    ...[
      "elasticsearch",
      "httpEndpoint",
      "iceberg",
      "opensearch",
      "opensearchserverless",
      "redshift",
      "snowflake",
      "splunk",
    ].map((kind) => `${kind}Configuration.s3Configuration`),
  ].flatMap((path) => [bucket(`${path}.bucketArn`), key(`${path}.kmsKeyArn`)]),
  arn("elasticsearchConfiguration.domainArn"),
  arn("opensearchConfiguration.domainArn"),
  arn("icebergConfiguration.catalogArn"),
  ...[
    "elasticsearchConfiguration.clusterEndpoint",
    "httpEndpointConfiguration.url",
    "opensearchConfiguration.clusterEndpoint",
    "opensearchserverlessConfiguration.collectionEndpoint",
    "redshiftConfiguration.clusterJdbcurl",
    "snowflakeConfiguration.accountUrl",
    "splunkConfiguration.hecEndpoint",
  ].map((path): DataTarget => ({ path, kind: "address" })),
];
const logPolicy: readonly DataTarget[] = [{ path: "policyDocument", kind: "log policy" }];

const replication: readonly DataTarget[] = [
  bucket("rules.*.destination.bucket"),
  key("rules.*.destination.encryptionConfiguration.replicaKmsKeyId"),
];
const encryption = [key("rules.*.applyServerSideEncryptionByDefault.kmsMasterKeyId")];

/** Who connected when; a bucket that is named is written to. */
const loadBalancerLogs = ["accessLogs", "connectionLogs", "healthCheckLogs"].map((logs) =>
  bucket(`${logs}.bucket`),
);

/** Type -> properties through which logs, keys, copies and replicas leave a resource. */
export const dataTargets: Readonly<Record<string, readonly DataTarget[]>> = {
  "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration": [
    bucket("loggingConfig.s3Config.bucketName"),
    bucket("loggingConfig.cloudwatchConfig.largeDataDeliveryS3Config.bucketName"),
  ],
  "aws:cloudtrail/trail:Trail": [
    bucket("s3BucketName"),
    key("kmsKeyId"),
    arn("cloudWatchLogsGroupArn"),
  ],
  "aws:cloudtrail/eventDataStore:EventDataStore": [key("kmsKeyId")],
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": replication,
  "aws:s3/bucketReplicationConfiguration:BucketReplicationConfiguration": replication,
  "aws:s3/bucket:Bucket": [
    bucket("replicationConfiguration.rules.*.destination.bucket"),
    key("replicationConfiguration.rules.*.destination.replicaKmsKeyId"),
    bucket("loggings.*.targetBucket"),
    bucket("logging.*.targetBucket"),
    key("serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.kmsMasterKeyId"),
  ],
  // The older form of the same resource still has its blocks as lists.
  "aws:s3/bucketV2:BucketV2": [
    bucket("replicationConfigurations.*.rules.*.destinations.*.bucket"),
    key("replicationConfigurations.*.rules.*.destinations.*.replicaKmsKeyId"),
    bucket("loggings.*.targetBucket"),
    key(
      "serverSideEncryptionConfigurations.*.rules.*.applyServerSideEncryptionByDefaults.*.kmsMasterKeyId",
    ),
  ],
  "aws:s3/bucketLogging:BucketLogging": [bucket("targetBucket")],
  "aws:s3/bucketLoggingV2:BucketLoggingV2": [bucket("targetBucket")],
  "aws:s3/inventory:Inventory": [bucket("destination.bucket.bucketArn")],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    encryption,
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2":
    encryption,
  "aws:s3tables/tableBucketReplication:TableBucketReplication": [
    arn("rule.destinations.*.destinationTableBucketArn"),
  ],
  "aws:kms/replicaKey:ReplicaKey": [arn("primaryKeyArn")],
  "aws:kms/replicaExternalKey:ReplicaExternalKey": [arn("primaryKeyArn")],
  "aws:cloudwatch/logGroup:LogGroup": [key("kmsKeyId")],
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": [arn("destinationArn")],
  "aws:cloudwatch/logDestination:LogDestination": [arn("targetArn")],
  "aws:cloudwatch/metricStream:MetricStream": [arn("firehoseArn")],
  "aws:cloudwatch/eventTarget:EventTarget": [arn("arn")],
  "aws:ec2/flowLog:FlowLog": [arn("logDestination")],
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": [arn("destinationArn")],
  "aws:route53/queryLog:QueryLog": [arn("cloudwatchLogGroupArn")],
  "aws:cloudwatch/logAccountPolicy:LogAccountPolicy": logPolicy,
  "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": logPolicy,
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": [
    arn("deliveryDestinationConfiguration.destinationResourceArn"),
  ],
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": streamTargets,
  "aws:bedrock/guardrail:Guardrail": [key("kmsKeyArn")],
  "aws:dynamodb/table:Table": [region("replicas.*.regionName")],
  "aws:dynamodb/globalTable:GlobalTable": [region("replicas.*.regionName")],
  "aws:dynamodb/tableReplica:TableReplica": [arn("globalTableArn")],
  "aws:efs/replicationConfiguration:ReplicationConfiguration": [
    region("destination.region"),
    key("destination.kmsKeyId"),
  ],
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": [
    arn("sourceDbInstanceArn"),
    key("kmsKeyId"),
  ],
  "aws:redshift/snapshotCopy:SnapshotCopy": [region("destinationRegion")],
  "aws:ssm/resourceDataSync:ResourceDataSync": [
    region("s3Destination.region"),
    bucket("s3Destination.bucketName"),
    key("s3Destination.kmsKeyArn"),
  ],
  "aws:ssmincidents/replicationSet:ReplicationSet": [region("regions.*.name")],
  "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": [
    region("distributions.*.region"),
  ],
  "aws:secretsmanager/secret:Secret": [region("replicas.*.region"), key("kmsKeyId")],
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": [
    region("replicationConfiguration.rules.*.destinations.*.region"),
  ],
  "aws:lb/loadBalancer:LoadBalancer": loadBalancerLogs,
  "aws:alb/loadBalancer:LoadBalancer": loadBalancerLogs,
  "aws:memorydb/cluster:Cluster": [key("kmsKeyArn")],
  "aws:elasticache/replicationGroup:ReplicationGroup": [key("kmsKeyId")],
  "aws:backup/plan:Plan": [arn("rules.*.copyActions.*.destinationVaultArn")],
};

/** Type -> a switch that spreads data over regions, and whether it is on where it is absent. */
export const spreadSwitches: Readonly<
  Record<string, { readonly property: string; readonly absentMeansOn: boolean }>
> = {
  "aws:cloudtrail/trail:Trail": { property: "isMultiRegionTrail", absentMeansOn: false },
  "aws:cloudtrail/eventDataStore:EventDataStore": {
    property: "multiRegionEnabled",
    absentMeansOn: true,
  },
  "aws:kms/key:Key": { property: "multiRegion", absentMeansOn: false },
  "aws:kms/externalKey:ExternalKey": { property: "multiRegion", absentMeansOn: false },
};

/** Properties without which the resource cannot be judged at all. */
export const requiredTargets: Readonly<Record<string, readonly string[]>> = {
  "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration": [
    "loggingConfig",
  ],
  "aws:cloudtrail/trail:Trail": ["s3BucketName"],
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": ["rules"],
  "aws:kms/replicaKey:ReplicaKey": ["primaryKeyArn"],
  // Without a region the copy is in one the resource does not say.
  "aws:efs/replicationConfiguration:ReplicationConfiguration": ["destination"],
  "aws:redshift/snapshotCopy:SnapshotCopy": ["destinationRegion"],
  "aws:s3tables/tableBucketReplication:TableBucketReplication": ["rule"],
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": ["destinationArn"],
  "aws:cloudwatch/logDestination:LogDestination": ["targetArn"],
  "aws:cloudwatch/logAccountPolicy:LogAccountPolicy": ["policyDocument"],
  "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": ["policyDocument"],
  "aws:cloudwatch/eventTarget:EventTarget": ["arn"],
};

/** Types that hold buckets, by name in `bucket`. */
export const bucketTypes: ReadonlySet<string> = new Set([
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
  "aws:s3/directoryBucket:DirectoryBucket",
]);

/** Types an unknown target ARN may come from. */
export const targetTypes: ReadonlySet<string> = new Set([
  ...bucketTypes,
  "aws:kms/key:Key",
  "aws:kms/alias:Alias",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/externalKey:ExternalKey",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/logDestination:LogDestination",
  "aws:kinesis/stream:Stream",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "aws:lambda/function:Function",
  "aws:sns/topic:Topic",
  "aws:sqs/queue:Queue",
  "aws:backup/vault:Vault",
]);
