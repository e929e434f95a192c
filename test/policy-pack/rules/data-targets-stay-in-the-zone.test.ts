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

describe("data-targets-stay-in-the-zone", () => {
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
