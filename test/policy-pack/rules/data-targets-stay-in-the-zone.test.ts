import { describe, expect, it } from "vitest";
import { dataTargetsStayInTheZone as rule } from "../../../policy-pack/rules/data-targets-stay-in-the-zone.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const bucket = (name: string, region: string | undefined): Candidate => ({
  type: "aws:s3/bucket:Bucket",
  name,
  props: region === undefined ? { bucket: name } : { bucket: name, region },
  provider: {},
});
const logging = (bucketName: unknown): Candidate => ({
  type: "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration",
  props: { region: "eu-central-1", loggingConfig: { s3Config: { bucketName } } },
  from: { loggingConfig: ["inside", "outside"] },
});
const trail = (props: object): Candidate => ({
  type: "aws:cloudtrail/trail:Trail",
  props: { s3BucketName: "inside", ...props },
});
const inside = bucket("inside", "eu-west-1");
const outside = bucket("outside", "us-east-1");
const leaves = (path: string) =>
  `blocks: \`${path}\` is outside, whose region is us-east-1: us-east-1 is in US, outside zone eu`;

const inUs = (path: string) =>
  `blocks: \`${path}\` is us-east-1: us-east-1 is in US, outside zone eu`;
const arnInUs = (path: string) =>
  `blocks: \`${path}\`: the target's region is us-east-1: us-east-1 is in US, outside zone eu`;
const copies: readonly { type: string; props: Record<string, unknown>; says: string }[] = [
  {
    type: "aws:s3/bucketV2:BucketV2",
    props: {
      replicationConfigurations: [
        { rules: [{ destinations: [{ bucket: "arn:aws:s3:::outside" }] }] },
      ],
    },
    says: leaves("replicationConfigurations.0.rules.0.destinations.0.bucket"),
  },
  {
    type: "aws:s3/bucket:Bucket",
    props: {
      serverSideEncryptionConfiguration: {
        rule: {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: "arn:aws:kms:us-east-1:111122223333:key/k",
          },
        },
      },
    },
    says: arnInUs(
      "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.kmsMasterKeyId",
    ),
  },
  {
    type: "aws:s3/bucketV2:BucketV2",
    props: { loggings: [{ targetBucket: "outside" }] },
    says: leaves("loggings.0.targetBucket"),
  },
  {
    type: "aws:s3/bucketLoggingV2:BucketLoggingV2",
    props: { bucket: "inside", targetBucket: "outside" },
    says: leaves("targetBucket"),
  },
  {
    type: "aws:s3tables/tableBucketReplication:TableBucketReplication",
    props: {
      rule: {
        destinations: [
          { destinationTableBucketArn: "arn:aws:s3tables:us-east-1:111122223333:bucket/copy" },
        ],
      },
    },
    says: arnInUs("rule.destinations.0.destinationTableBucketArn"),
  },
  {
    type: "aws:dynamodb/globalTable:GlobalTable",
    props: { replicas: [{ regionName: "us-east-1" }] },
    says: inUs("replicas.0.regionName"),
  },
  {
    type: "aws:dynamodb/tableReplica:TableReplica",
    props: { globalTableArn: "arn:aws:dynamodb:us-east-1:111122223333:table/t" },
    says: arnInUs("globalTableArn"),
  },
  {
    type: "aws:efs/replicationConfiguration:ReplicationConfiguration",
    props: { destination: { region: "us-east-1" } },
    says: inUs("destination.region"),
  },
  {
    type: "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    props: { sourceDbInstanceArn: "arn:aws:rds:us-east-1:111122223333:db:d" },
    says: arnInUs("sourceDbInstanceArn"),
  },
  {
    type: "aws:redshift/snapshotCopy:SnapshotCopy",
    props: { destinationRegion: "us-east-1" },
    says: inUs("destinationRegion"),
  },
  {
    type: "aws:ssm/resourceDataSync:ResourceDataSync",
    props: { s3Destination: { region: "us-east-1", bucketName: "inside" } },
    says: inUs("s3Destination.region"),
  },
  {
    type: "aws:ssmincidents/replicationSet:ReplicationSet",
    props: { regions: [{ name: "eu-west-1" }, { name: "us-east-1" }] },
    says: inUs("regions.1.name"),
  },
  {
    type: "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
    props: { distributions: [{ region: "us-east-1" }] },
    says: inUs("distributions.0.region"),
  },
];

describe("data-targets-stay-in-the-zone", () => {
  it.each(copies)("fails a copy elsewhere by $type", async ({ type, props, says }) => {
    for (const phase of ["preview", "up"] as const) {
      const run = { phase, others: [inside, outside] };
      expect(await reportsOf(rule, { type, props }, run)).toEqual([says]);
    }
  });

  it.each([
    ["aws:efs/replicationConfiguration:ReplicationConfiguration", "destination"],
    ["aws:redshift/snapshotCopy:SnapshotCopy", "destinationRegion"],
    ["aws:s3tables/tableBucketReplication:TableBucketReplication", "rule"],
  ])("cannot judge %s without %s", async (type, property) => {
    expect(await reportsOf(rule, { type, props: { region: "eu-west-1" } })).toEqual([
      `blocks: undecidable: \`${property}\` is absent`,
    ]);
  });

  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    it.each([
      { when: "logs to a bucket in the zone", candidate: logging("inside"), says: [] },
      {
        when: "logs to a bucket elsewhere",
        candidate: logging("outside"),
        says: [leaves("loggingConfig.s3Config.bucketName")],
      },
      {
        when: "logs to a bucket of another stack",
        candidate: logging("central"),
        says: [
          'blocks: undecidable: `loggingConfig.s3Config.bucketName` "central" is a bucket this stack has not created, so its region is not seen',
        ],
      },
      {
        when: "logs to nowhere it can see",
        candidate: { ...logging("inside"), props: { region: "eu-central-1" } },
        says: ["blocks: undecidable: `loggingConfig` is absent"],
      },
      {
        when: "replication to a bucket elsewhere",
        candidate: {
          type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
          props: {
            bucket: "inside",
            rules: [
              { destination: { bucket: "arn:aws:s3:::inside" } },
              { destination: { bucket: "arn:aws:s3:::outside" } },
            ],
          },
        },
        says: [leaves("rules.1.destination.bucket")],
      },
      { when: "a single-region trail", candidate: trail({}), says: [] },
      {
        when: "a multi-region trail",
        candidate: trail({ isMultiRegionTrail: true }),
        says: ["blocks: `isMultiRegionTrail` is true: copies may be kept in any region"],
      },
      {
        when: "a trail with a key elsewhere",
        candidate: trail({ kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/k" }),
        says: [
          "blocks: `kmsKeyId`: the target's region is us-east-1: us-east-1 is in US, outside zone eu",
        ],
      },
      {
        when: "an event data store that says nothing of regions",
        candidate: { type: "aws:cloudtrail/eventDataStore:EventDataStore", props: { name: "e" } },
        says: ["blocks: `multiRegionEnabled` is true: copies may be kept in any region"],
      },
      {
        when: "a multi-region key",
        candidate: { type: "aws:kms/key:Key", props: { multiRegion: true } },
        says: ["blocks: `multiRegion` is true: copies may be kept in any region"],
      },
      {
        when: "a replica of a key elsewhere",
        candidate: {
          type: "aws:kms/replicaKey:ReplicaKey",
          props: { primaryKeyArn: "arn:aws:kms:us-east-1:111122223333:key/mrk-1" },
        },
        says: [
          "blocks: `primaryKeyArn`: the target's region is us-east-1: us-east-1 is in US, outside zone eu",
        ],
      },
      {
        when: "log events sent elsewhere",
        candidate: {
          type: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
          props: { destinationArn: "arn:aws:logs:us-east-1:111122223333:destination:d" },
        },
        says: [
          "blocks: `destinationArn`: the target's region is us-east-1: us-east-1 is in US, outside zone eu",
        ],
      },
      {
        when: "a target that is no ARN",
        candidate: { type: "aws:cloudwatch/eventTarget:EventTarget", props: { arn: "elsewhere" } },
        says: ['blocks: undecidable: `arn` "elsewhere" is not an ARN'],
      },
      {
        when: "a table replicated elsewhere",
        candidate: {
          type: "aws:dynamodb/table:Table",
          props: { replicas: [{ regionName: "eu-west-1" }, { regionName: "us-east-1" }] },
        },
        says: ["blocks: `replicas.1.regionName` is us-east-1: us-east-1 is in US, outside zone eu"],
      },
      {
        when: "a key named by its alias, which is the own region's",
        candidate: { type: "aws:cloudwatch/logGroup:LogGroup", props: { kmsKeyId: "alias/logs" } },
        says: [],
      },
    ])("judges $when", async ({ candidate, says }) => {
      expect(await reportsOf(rule, candidate, { phase, others: [inside, outside] })).toEqual(says);
    });
  });

  it("cannot judge a bucket whose region is absent", async () => {
    const others = [bucket("inside", undefined)];
    expect(await reportsOf(rule, logging("inside"), { others })).toEqual([
      "blocks: undecidable: `loggingConfig.s3Config.bucketName` is inside, whose region is absent",
    ]);
  });

  it("judges the bucket a name comes from while the name is not known yet", async () => {
    expect(await reportsOf(rule, logging(unknownText), { others: [inside] })).toEqual([]);
    expect(await reportsOf(rule, logging(unknownText), { others: [inside, outside] })).toEqual([
      leaves("loggingConfig.s3Config.bucketName"),
    ]);
  });

  const replicas = (buckets: readonly unknown[], from: readonly string[]): Candidate => ({
    type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    props: { rules: buckets.map((one) => ({ destination: { bucket: one } })) },
    from: { rules: from },
  });

  it("judges the known places beside one that is not known yet", async () => {
    const others = [inside, outside];
    const known = "arn:aws:s3:::outside";
    const notKnown =
      "advises: not proven, decided at up: `rules.0.destination.bucket` is not known yet";
    expect(await reportsOf(rule, replicas([unknownText, known], ["inside"]), { others })).toEqual([
      leaves("rules.1.destination.bucket"),
    ]);
    expect(await reportsOf(rule, replicas([unknownText, known], []), { others })).toEqual([
      leaves("rules.1.destination.bucket"),
      notKnown,
    ]);
    const proven = replicas([unknownText, "arn:aws:s3:::inside"], []);
    expect(await reportsOf(rule, proven, { others })).toEqual([notKnown]);
  });

  it("judges the other properties beside one that is not known yet", async () => {
    const kmsKeyId = "arn:aws:kms:us-east-1:111122223333:key/k";
    expect(await reportsOf(rule, trail({ s3BucketName: unknownText, kmsKeyId }))).toEqual([
      "advises: not proven, decided at up: `s3BucketName` is not known yet",
      arnInUs("kmsKeyId"),
    ]);
    expect(await reportsOf(rule, trail({ isMultiRegionTrail: unknownText, kmsKeyId }))).toEqual([
      "advises: not proven, decided at up: `isMultiRegionTrail` is not known yet",
      'blocks: undecidable: `s3BucketName` "inside" is a bucket this stack has not created, so its region is not seen',
      arnInUs("kmsKeyId"),
    ]);
  });

  it("proves nothing at preview, and refuses at up, where a name comes from nothing it can see", async () => {
    const says = "`loggingConfig.s3Config.bucketName` is not known yet";
    expect(await reportsOf(rule, logging(unknownText))).toEqual([
      `advises: not proven, decided at up: ${says}`,
    ]);
    expect(await reportsOf(rule, logging(unknownText), { phase: "up" })).toEqual([
      `blocks: undecidable: ${says}`,
    ]);
  });
});
