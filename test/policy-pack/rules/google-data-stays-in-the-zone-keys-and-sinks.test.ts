import { describe, expect, it } from "vitest";
import { googleDataStaysInTheZone as rule } from "../../../policy-pack/rules/google-data-stays-in-the-zone.ts";
import { google as of } from "../../support/google-resources.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const bucket = (props: Record<string, unknown>) => of("storage/bucket:Bucket", props);
const dataset = (props: Record<string, unknown>) => of("bigquery/dataset:Dataset", props);
const sink = (destination: unknown): Candidate =>
  of("logging/projectSink:ProjectSink", { destination }, { from: { destination: ["holder"] } });
const holder = (type: string, props: Record<string, unknown>) =>
  of(type, props, { name: "holder" });
const keyIn = (location: string) =>
  `projects/cowork-eu/locations/${location}/keyRings/r/cryptoKeys/k`;
const inUs = "us-east1 is in US, outside zone eu";
const everywhere = "global promises no place, so it is outside every zone";

describe("google-data-stays-in-the-zone, on keys and sinks", () => {
  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    it.each([
      {
        when: "a key elsewhere",
        candidate: bucket({
          location: "europe-west3",
          encryption: { defaultKmsKeyName: keyIn("us-east1") },
        }),
        says: [`blocks: \`encryption.defaultKmsKeyName\` is a key in us-east1: ${inUs}`],
      },
      {
        when: "a global key",
        candidate: of("logging/projectBucketConfig:ProjectBucketConfig", {
          location: "europe-west3",
          cmekSettings: { kmsKeyName: keyIn("global") },
        }),
        says: [`blocks: \`cmekSettings.kmsKeyName\` is a key in global: ${everywhere}`],
      },
      {
        when: "a key inside, but in another place than the data",
        candidate: dataset({
          location: "europe-west3",
          defaultEncryptionConfiguration: { kmsKeyName: keyIn("europe-west9") },
        }),
        says: [
          "blocks: `defaultEncryptionConfiguration.kmsKeyName` is a key in europe-west9, but the resource rests elsewhere: `location` is europe-west3",
        ],
      },
      {
        when: "a key in the region of the data's zone",
        candidate: of("compute/disk:Disk", {
          zone: "europe-west3-b",
          diskEncryptionKey: { kmsKeySelfLink: keyIn("europe-west3") },
        }),
        says: [],
      },
      {
        when: "copies in two places with a key in one of them",
        candidate: of("secretmanager/secret:Secret", {
          replication: {
            userManaged: { replicas: [{ location: "europe-west3" }, { location: "europe-west9" }] },
          },
          customerManagedEncryption: { kmsKeyName: keyIn("europe-west9") },
        }),
        says: [],
      },
      {
        when: "a ciphertext once, by the key it is made with",
        candidate: of("kms/secretCiphertext:SecretCiphertext", { cryptoKey: keyIn("us-east1") }),
        says: [`blocks: \`cryptoKey\` is in us-east1: ${inUs}`],
      },
      {
        when: "a key in a list, under a name nobody listed",
        candidate: of("newservice/thing:Thing", {
          location: "europe-west3",
          sealedWith: [`//cloudkms.googleapis.com/${keyIn("us-east1")}`],
        }),
        says: [`blocks: \`sealedWith.0\` is a key in us-east1: ${inUs}`],
      },
    ])("judges $when", async ({ candidate, says }) => {
      expect(await reportsOf(rule, candidate, { phase })).toEqual(says);
    });

    it.each([
      {
        when: "to a bucket inside",
        destination: "storage.googleapis.com/logs",
        others: [holder("storage/bucket:Bucket", { name: "logs", location: "europe-west3" })],
        says: [],
      },
      {
        when: "to a bucket elsewhere",
        destination: "storage.googleapis.com/logs",
        others: [holder("storage/bucket:Bucket", { name: "logs", location: "us-east1" })],
        says: [`blocks: \`destination\` is holder: \`location\` is us-east1: ${inUs}`],
      },
      {
        when: "to a bucket of somebody else",
        destination: "storage.googleapis.com/logs",
        others: [],
        says: [
          'blocks: undecidable: `destination` "storage.googleapis.com/logs" is nothing this stack has created, so its place is not seen',
        ],
      },
      {
        when: "to a dataset of the same name in another project",
        destination: "bigquery.googleapis.com/projects/other/datasets/d",
        others: [holder("bigquery/dataset:Dataset", { datasetId: "d", location: "europe-west3" })],
        says: [
          'blocks: undecidable: `destination` "bigquery.googleapis.com/projects/other/datasets/d" is nothing this stack has created, so its place is not seen',
        ],
      },
      {
        when: "to a dataset that says no location",
        destination: "bigquery.googleapis.com/projects/cowork-eu/datasets/d",
        others: [holder("bigquery/dataset:Dataset", { datasetId: "d" })],
        says: [
          "blocks: `destination` is holder: `location` is absent, and Google's default is US: US is in US, outside zone eu",
        ],
      },
      {
        when: "to a topic without bounds",
        destination: "pubsub.googleapis.com/projects/cowork-eu/topics/t",
        others: [holder("pubsub/topic:Topic", { name: "t" })],
        says: [
          "blocks: undecidable: `destination` is holder: `messageStoragePolicy.allowedPersistenceRegions` is absent, so nothing bounds where its data is kept",
        ],
      },
      {
        when: "to a log bucket that names its location",
        destination: "logging.googleapis.com/projects/p/locations/us-east1/buckets/b",
        others: [],
        says: [`blocks: \`destination\` is in us-east1: ${inUs}`],
      },
      {
        when: "to something that only looks like a location",
        destination: "storage.googleapis.com/locations/europe-west3",
        others: [],
        says: [
          'blocks: undecidable: `destination` "storage.googleapis.com/locations/europe-west3" is nothing this stack has created, so its place is not seen',
        ],
      },
      {
        when: "to another project, whose own sinks decide",
        destination: "logging.googleapis.com/projects/p",
        others: [],
        says: [
          'blocks: undecidable: `destination` "logging.googleapis.com/projects/p" is nothing this stack has created, so its place is not seen',
        ],
      },
    ])("judges a sink $when", async ({ destination, others, says }) => {
      expect(await reportsOf(rule, sink(destination), { phase, others })).toEqual(says);
    });

    it.each([
      {
        when: "a subscription that writes to a bucket elsewhere",
        props: { cloudStorageConfig: { bucket: "holder" } },
        says: [
          `blocks: \`cloudStorageConfig.bucket\` is holder: \`location\` is us-east1: ${inUs}`,
        ],
      },
      {
        when: "a subscription that writes to a table",
        props: { bigqueryConfig: { table: "p.d.t" } },
        says: [
          'blocks: undecidable: `bigqueryConfig.table` "p.d.t" is nothing this stack has created, so its place is not seen',
        ],
      },
      {
        when: "a subscription that pushes to an address, whose token is not repeated",
        props: {
          pushConfig: {
            pushEndpoint: "https://example.com/projects/p/locations/europe-west3/x?token=t",
          },
        },
        says: [
          'blocks: undecidable: `pushConfig.pushEndpoint` "https://example.com/projects/p/locations/europe-west3/x" is nothing this stack has created, so its place is not seen',
        ],
      },
      { when: "a subscription that is pulled", props: {}, says: [] },
    ])("judges $when", async ({ props, says }) => {
      const candidate = of("pubsub/subscription:Subscription", { topic: "bounded", ...props });
      const others = [
        holder("storage/bucket:Bucket", { name: "holder", location: "us-east1" }),
        of("pubsub/topic:Topic", {
          name: "bounded",
          messageStoragePolicy: { allowedPersistenceRegions: ["europe-west3"] },
        }),
      ];
      expect(await reportsOf(rule, candidate, { phase, others })).toEqual(says);
    });

    it("judges where a bucket writes its own log", async () => {
      const candidate = bucket({ location: "europe-west3", logging: { logBucket: "holder" } });
      const others = [holder("storage/bucket:Bucket", { name: "holder", location: "us-east1" })];
      expect(await reportsOf(rule, candidate, { phase, others })).toEqual([
        `blocks: \`logging.logBucket\` is holder: \`location\` is us-east1: ${inUs}`,
      ]);
    });

    it("judges, of two datasets with one name, the one in the project it names", async () => {
      const there = (project: string, location: string) =>
        of("bigquery/dataset:Dataset", { datasetId: "d", project, location }, { name: project });
      const others = [there("first", "europe-west3"), there("second", "us-east1")];
      const to = (project: string) =>
        sink(`bigquery.googleapis.com/projects/${project}/datasets/d`);
      expect(await reportsOf(rule, to("first"), { phase, others })).toEqual([]);
      expect(await reportsOf(rule, to("second"), { phase, others })).toEqual([
        `blocks: \`destination\` is second: \`location\` is us-east1: ${inUs}`,
      ]);
    });

    it("cannot judge a transfer that names no dataset", async () => {
      const candidate = of("bigquery/dataTransferConfig:DataTransferConfig", {
        location: "europe-west3",
      });
      expect(await reportsOf(rule, candidate, { phase })).toEqual([
        "blocks: undecidable: `destinationDatasetId` is absent",
      ]);
    });

    it("cannot judge a sink without a destination", async () => {
      const candidate = of("logging/folderSink:FolderSink", { filter: "x" });
      expect(await reportsOf(rule, candidate, { phase })).toEqual([
        "blocks: undecidable: `destination` is absent",
      ]);
    });
  });

  it("judges, at preview, the key and its ring behind a name that is not known yet", async () => {
    const candidate = of(
      "logging/projectBucketConfig:ProjectBucketConfig",
      { location: "europe-west3", cmekSettings: { kmsKeyName: unknownText } },
      { from: { cmekSettings: ["key"] } },
    );
    const withRingIn = (location: unknown) => [
      of("kms/keyRing:KeyRing", { location }, { name: "ring" }),
      of(
        "kms/cryptoKey:CryptoKey",
        { keyRing: unknownText },
        { name: "key", from: { keyRing: ["ring"] } },
      ),
    ];
    const lead = "`cmekSettings.kmsKeyName` is key: `keyRing` is ring: `location`";
    expect(await reportsOf(rule, candidate, { others: withRingIn("europe-west3") })).toEqual([]);
    expect(await reportsOf(rule, candidate, { others: withRingIn("us-east1") })).toEqual([
      `blocks: ${lead} is us-east1: ${inUs}`,
    ]);
    expect(await reportsOf(rule, candidate, { others: withRingIn("europe-west9") })).toEqual([
      `blocks: ${lead} is europe-west9, but the resource rests elsewhere: \`location\` is europe-west3`,
    ]);
    expect(await reportsOf(rule, candidate, { others: withRingIn(unknownText) })).toEqual([
      "advises: not proven, decided at up: `location` is not known yet",
    ]);
  });

  it("does not prove what arrives without inputs because its provider's project is not known", async () => {
    const unknownProject = { project: unknownText, region: "europe-west3" };
    const candidate = of("storage/bucket:Bucket", {}, { provider: unknownProject });
    expect(await reportsOf(rule, candidate)).toEqual([
      "advises: not proven, decided at up: its provider's project, and so every input, is not known",
    ]);
    const known = of("storage/bucket:Bucket", {}, { provider: { project: "p" } });
    expect(await reportsOf(rule, known)).toEqual([
      "blocks: `location` is absent, and Google's default is US: US is in US, outside zone eu",
    ]);
  });

  it("judges, at preview, what a destination not known yet comes from", async () => {
    const others = [holder("storage/bucket:Bucket", { location: "us-east1" })];
    expect(await reportsOf(rule, sink(unknownText), { others })).toEqual([
      `blocks: \`destination\` is holder: \`location\` is us-east1: ${inUs}`,
    ]);
    expect(await reportsOf(rule, sink(unknownText))).toEqual([
      "advises: not proven, decided at up: `destination` is not known yet",
    ]);
    expect(await reportsOf(rule, sink(unknownText), { phase: "up" })).toEqual([
      "blocks: undecidable: `destination` is not known yet",
    ]);
  });
});
