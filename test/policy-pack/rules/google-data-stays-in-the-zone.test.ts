import { describe, expect, it } from "vitest";
import { googleDataStaysInTheZone as rule } from "../../../policy-pack/rules/google-data-stays-in-the-zone.ts";
import { google as of } from "../../support/google-resources.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const bucket = (props: Record<string, unknown>) => of("storage/bucket:Bucket", props);
const dataset = (props: Record<string, unknown>) => of("bigquery/dataset:Dataset", props);
const holder = (type: string, props: Record<string, unknown>) =>
  of(type, props, { name: "holder" });
const keyIn = (location: string) =>
  `projects/cowork-eu/locations/${location}/keyRings/r/cryptoKeys/k`;
const inUs = "us-east1 is in US, outside zone eu";
const inNl = "europe-west4 is in NL, outside zone eu";
const everywhere = "global promises no place, so it is outside every zone";

describe("google-data-stays-in-the-zone", () => {
  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    it.each([
      { when: "a bucket inside", candidate: bucket({ location: "EUROPE-WEST3" }), says: [] },
      {
        when: "a bucket elsewhere",
        candidate: bucket({ location: "us-east1" }),
        says: [`blocks: \`location\` is us-east1: ${inUs}`],
      },
      {
        when: "a bucket without a location, which Google puts in the United States",
        candidate: bucket({ name: "logs" }),
        says: [
          "blocks: `location` is absent, and Google's default is US: US is in US, outside zone eu",
        ],
      },
      {
        when: "a dual-region bucket with one half elsewhere",
        candidate: bucket({
          location: "europe-west3",
          customPlacementConfig: { dataLocations: ["EUROPE-WEST3", "EUROPE-WEST4"] },
        }),
        says: [
          "blocks: `customPlacementConfig.dataLocations.1` is EUROPE-WEST4: EUROPE-WEST4 is in NL, outside zone eu",
        ],
      },
      {
        when: "a bucket in a place nobody knows",
        candidate: bucket({ location: "moon-west1" }),
        says: [
          'blocks: undecidable: `location` is moon-west1: no dated source says where the Google location "moon-west1" is',
        ],
      },
      {
        when: "a dataset without a location, which BigQuery puts in the United States",
        candidate: dataset({ datasetId: "prompts" }),
        says: [
          "blocks: `location` is absent, and Google's default is US: US is in US, outside zone eu",
        ],
      },
      {
        when: "a dataset wider than the zone",
        candidate: dataset({ location: "EU" }),
        says: ["blocks: `location` is EU: EU is in the EU member states, outside zone eu"],
      },
      {
        when: "a global key ring",
        candidate: of("kms/keyRing:KeyRing", { location: "global" }),
        says: [`blocks: \`location\` is global: ${everywhere}`],
      },
      {
        when: "a key whose ring is inside",
        candidate: of("kms/cryptoKey:CryptoKey", {
          keyRing: "projects/p/locations/europe-west9/keyRings/r",
        }),
        says: [],
      },
      {
        when: "a key whose ring is elsewhere",
        candidate: of("kms/cryptoKey:CryptoKey", {
          keyRing: "projects/p/locations/us-east1/keyRings/r",
        }),
        says: [`blocks: \`keyRing\` is in us-east1: ${inUs}`],
      },
      {
        when: "a key without a ring",
        candidate: of("kms/cryptoKey:CryptoKey", { name: "k" }),
        says: ["blocks: undecidable: `keyRing` is absent"],
      },
      {
        when: "the default log bucket, which is global",
        candidate: of("logging/projectBucketConfig:ProjectBucketConfig", {
          bucketId: "_Default",
          location: "global",
        }),
        says: [`blocks: \`location\` is global: ${everywhere}`],
      },
      {
        when: "a secret with copies elsewhere",
        candidate: of("secretmanager/secret:Secret", {
          replication: {
            userManaged: { replicas: [{ location: "europe-west3" }, { location: "europe-west4" }] },
          },
        }),
        says: [`blocks: \`replication.userManaged.replicas.1.location\` is europe-west4: ${inNl}`],
      },
      {
        when: "a secret whose copies Google places",
        candidate: of("secretmanager/secret:Secret", { replication: { auto: {} } }),
        says: ["blocks: `replication.auto` is given: Google chooses the places of the copies"],
      },
      {
        when: "a secret that says nothing of copies",
        candidate: of("secretmanager/secret:Secret", { secretId: "s" }),
        says: [
          "blocks: undecidable: `replication.userManaged.replicas` is absent, so nothing bounds where its data is kept",
        ],
      },
      {
        when: "a topic bounded to a region elsewhere",
        candidate: of("pubsub/topic:Topic", {
          messageStoragePolicy: { allowedPersistenceRegions: ["europe-west3", "us-east1"] },
        }),
        says: [`blocks: \`messageStoragePolicy.allowedPersistenceRegions.1\` is us-east1: ${inUs}`],
      },
      {
        when: "an unbounded topic",
        candidate: of("pubsub/topic:Topic", { name: "t" }),
        says: [
          "blocks: undecidable: `messageStoragePolicy.allowedPersistenceRegions` is absent, so nothing bounds where its data is kept",
        ],
      },
      {
        when: "a subnetwork, which its provider's region places",
        candidate: of("compute/subnetwork:Subnetwork", { network: "n" }),
        says: [],
      },
      {
        when: "a subnetwork with a region of its own, given as a URL",
        candidate: of("compute/subnetwork:Subnetwork", {
          region: "https://www.googleapis.com/compute/v1/projects/p/regions/us-east1",
        }),
        says: [`blocks: \`region\` is us-east1: ${inUs}`],
      },
      {
        when: "a subnetwork whose provider is elsewhere",
        candidate: of(
          "compute/subnetwork:Subnetwork",
          { network: "n" },
          { provider: { region: "us-east1" } },
        ),
        says: [`blocks: its provider's \`region\` is us-east1: ${inUs}`],
      },
      {
        when: "a subnetwork nobody places",
        candidate: of("compute/subnetwork:Subnetwork", { network: "n" }, { provider: {} }),
        says: ["blocks: undecidable: neither the resource nor its provider says where it is"],
      },
      {
        when: "a disk in a zone of a region elsewhere",
        candidate: of("compute/disk:Disk", { zone: "us-east1-b" }),
        says: ["blocks: `zone` is us-east1-b: us-east1-b is in US, outside zone eu"],
      },
      {
        when: "a database whose backups rest elsewhere",
        candidate: of("sql/databaseInstance:DatabaseInstance", {
          settings: { backupConfiguration: { location: "us" }, userLabels: { region: "emea" } },
        }),
        says: [
          "blocks: `settings.backupConfiguration.location` is us: us is in US, outside zone eu",
        ],
      },
      {
        when: "a cluster with nodes elsewhere",
        candidate: of("newservice/cluster:Cluster", {
          zones: ["europe-west3-a"],
          nodeLocations: ["us-east1-c"],
          pool: { nodeLocations: ["europe-west3-a", "us-east1-b"] },
        }),
        says: [
          "blocks: `nodeLocations.0` is us-east1-c: us-east1-c is in US, outside zone eu",
          "blocks: `pool.nodeLocations.1` is us-east1-b: us-east1-b is in US, outside zone eu",
        ],
      },
      {
        when: "a list of places, once each",
        candidate: of("newservice/thing:Thing", { locations: ["europe-west3", "us-east1"] }),
        says: [`blocks: \`locations.1\` is us-east1: ${inUs}`],
      },
      {
        when: "an unlisted sink, which may keep what passes",
        candidate: of("newservice/sink:Sink", { location: "us-east1" }),
        says: [`blocks: \`location\` is us-east1: ${inUs}`],
      },
      {
        when: "an endpoint of Agent Platform elsewhere",
        candidate: of("vertex/aiEndpoint:AiEndpoint", { location: "us-east1" }),
        says: [`blocks: \`location\` is us-east1: ${inUs}`],
      },
      {
        when: "a private endpoint with access from everywhere, which is no place",
        candidate: of("networkconnectivity/regionalEndpoint:RegionalEndpoint", {
          location: "europe-west3",
          accessType: "GLOBAL",
        }),
        says: [],
      },
      {
        when: "a type nobody listed, by the location it names",
        candidate: of("newservice/thing:Thing", { location: "us-east1" }),
        says: [`blocks: \`location\` is us-east1: ${inUs}`],
      },
      {
        when: "a type nobody listed that names no place",
        candidate: of("newservice/thing:Thing", { name: "x" }),
        says: [
          "blocks: undecidable: no input says where it is, and no rule knows where newservice/Thing rests without one",
        ],
      },
      {
        when: "a forwarding rule to Google's own hosts",
        candidate: of("compute/globalForwardingRule:GlobalForwardingRule", { target: "all-apis" }),
        says: [],
      },
      {
        when: "a global load balancer",
        candidate: of("compute/globalForwardingRule:GlobalForwardingRule", {
          target: "projects/p/global/targetHttpsProxies/t",
        }),
        says: [
          "blocks: undecidable: no input says where it is, and no rule knows where compute/GlobalForwardingRule rests without one",
        ],
      },
    ])("judges $when", async ({ candidate, says }) => {
      expect(await reportsOf(rule, candidate, { phase })).toEqual(says);
    });

    it.each([
      ["iam/workforcePool:WorkforcePool", { location: "global" }],
      ["iam/workloadIdentityPool:WorkloadIdentityPool", {}],
      ["dns/managedZone:ManagedZone", { visibility: "private" }],
      ["orgpolicy/policy:Policy", {}],
      ["organizations/project:Project", {}],
      ["projects/iAMCustomRole:IAMCustomRole", {}],
      ["kms/cryptoKeyIAMMember:CryptoKeyIAMMember", { cryptoKeyId: keyIn("europe-west3") }],
      ["logging/logScope:LogScope", { location: "global" }],
      ["compute/network:Network", {}],
      ["vertex/aiModelGardenEnableModel:AiModelGardenEnableModel", {}],
    ])("has nothing to say about %s, which keeps nothing anywhere", async (type, props) => {
      expect(await reportsOf(rule, of(type, props), { phase })).toEqual([]);
    });

    it("judges a table by its dataset, and an object by its bucket", async () => {
      const table = of("bigquery/table:Table", { datasetId: "d" });
      const others = [holder("bigquery/dataset:Dataset", { datasetId: "d", location: "us-east1" })];
      expect(await reportsOf(rule, table, { phase, others })).toEqual([
        `blocks: \`datasetId\` is holder: \`location\` is us-east1: ${inUs}`,
      ]);
      const object = of("storage/bucketObject:BucketObject", { bucket: "elsewhere" });
      expect(await reportsOf(rule, object, { phase, others })).toEqual([
        'blocks: undecidable: `bucket` "elsewhere" is nothing this stack has created, so its place is not seen',
      ]);
    });
  });

  it("says at preview what is not known yet, beside what is known and wrong", async () => {
    const candidate = bucket({
      location: "us-east1",
      encryption: { defaultKmsKeyName: unknownText },
    });
    expect(await reportsOf(rule, candidate)).toEqual([
      `blocks: \`location\` is us-east1: ${inUs}`,
      "advises: not proven, decided at up: `encryption.defaultKmsKeyName` is not known yet",
    ]);
    expect(await reportsOf(rule, bucket({ location: unknownText }))).toEqual([
      "advises: not proven, decided at up: `location` is not known yet",
    ]);
    expect(await reportsOf(rule, bucket({ location: unknownText }), { phase: "up" })).toEqual([
      "blocks: undecidable: `location` is not known yet",
    ]);
  });

  it("does not prove a backup's place that is not known yet", async () => {
    const candidate = of("sql/databaseInstance:DatabaseInstance", {
      settings: { backupConfiguration: { location: unknownText } },
    });
    expect(await reportsOf(rule, candidate)).toEqual([
      "advises: not proven, decided at up: `settings.backupConfiguration.location` is not known yet",
    ]);
  });

  it("does not prove a subnetwork whose provider's region is not known yet", async () => {
    const candidate = of(
      "compute/subnetwork:Subnetwork",
      { network: "n" },
      {
        provider: { region: unknownText },
      },
    );
    expect(await reportsOf(rule, candidate)).toEqual([
      "advises: not proven, decided at up: `region` is not known yet",
    ]);
  });
});
