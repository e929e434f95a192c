import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as gcp from "@pulumi/gcp";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackRun } from "../../offline/engine/run-stack.ts";
import { type StandIns, startStandIns } from "../../offline/providers/stand-ins.ts";
import { stand, temporaryFolder } from "./support.ts";

const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
let standIns: StandIns;

beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

/** Runs somebody else's Google program, which uses none of our components, with our pack on. */
function engine() {
  const compliance = join(temporaryFolder(), "zones.yaml");
  writeFileSync(compliance, "stacks: { eu: eu }\n");
  return stand({
    policyPack,
    config: { "gcp:project": "somebody-else", "gcp:region": "europe-west3" },
    env: { ...standIns.env, COWORK_COMPLIANCE_FILE: compliance },
  });
}

const mandatory = ({ policyMessages }: StackRun) =>
  policyMessages.filter(({ level }) => level === "mandatory");
const created = ({ steps }: StackRun) =>
  steps.filter(({ op, type }) => op === "create" && type.startsWith("gcp:")).length;

describe("a program that uses plain Google resources", () => {
  test("passes when everything stays in the zone, with nothing left unproven at preview", async () => {
    const program: PulumiFn = async () => {
      const location = "europe-west3";
      new gcp.projects.Service("claude", { service: "aiplatform.googleapis.com" });
      const ring = new gcp.kms.KeyRing("ring", { location });
      const key = new gcp.kms.CryptoKey("key", { keyRing: ring.id });
      const logs = new gcp.logging.ProjectBucketConfig("logs", {
        project: "somebody-else",
        location,
        bucketId: "claude",
        cmekSettings: { kmsKeyName: key.id },
      });
      new gcp.logging.ProjectSink(
        "calls",
        {
          destination: `logging.googleapis.com/projects/somebody-else/locations/${location}/buckets/claude`,
          filter: 'protoPayload.serviceName="aiplatform.googleapis.com"',
        },
        { dependsOn: logs },
      );
      const network = new gcp.compute.Network("net", { autoCreateSubnetworks: false });
      new gcp.compute.Subnetwork("net", { network: network.id, ipCidrRange: "10.40.0.0/24" });
      new gcp.networkconnectivity.RegionalEndpoint("claude", {
        name: "claude",
        accessType: "GLOBAL",
        location,
        network: network.id,
        targetGoogleApi: "aiplatform.eu.rep.googleapis.com",
      });
      new gcp.vertex.AiModelGardenEnableModel("opus", {
        publisherModelName: "publishers/anthropic/models/claude-opus-5-5",
      });
    };
    const runs = engine();
    const preview = await runs.run("preview", program);
    expect(preview.problems).toEqual([]);
    expect(preview.policyMessages).toEqual([]);

    const up = await runs.run("up", program);
    expect(up.problems).toEqual([]);
    expect(up.policyMessages).toEqual([]);
    expect(created(up)).toBe(9);
  });

  test("passes while the project it works in is not made yet", async () => {
    const runs = engine();
    const program: PulumiFn = async () => {
      const name = "Somebody New";
      const own = new gcp.organizations.Project("own", { projectId: "somebody-new", name });
      const provider = new gcp.Provider("own", { project: own.number, region: "europe-west3" });
      new gcp.storage.Bucket("logs", { location: "europe-west3" }, { provider });
      const topic = new gcp.pubsub.Topic(
        "calls",
        { messageStoragePolicy: { allowedPersistenceRegions: ["europe-west3"] } },
        { provider },
      );
      new gcp.logging.ProjectSink(
        "calls",
        { destination: topic.id.apply((id) => `pubsub.googleapis.com/${id}`) },
        { provider },
      );
    };
    for (const operation of ["preview", "up"] as const) {
      const result = await runs.run(operation, program);
      expect(result.problems).toEqual([]);
      expect(mandatory(result)).toEqual([]);
    }
  });

  const leaks: { what: string; rule: string; says: string; program: () => void }[] = [
    {
      what: "a bucket elsewhere",
      rule: "google-data-stays-in-the-zone",
      says: "`location` is US: US is in US, outside zone eu",
      program: () => void new gcp.storage.Bucket("leak", { location: "US" }),
    },
    {
      what: "a dataset without a location",
      rule: "google-data-stays-in-the-zone",
      // The provider writes Google's default into the inputs.
      says: "`location` is US: US is in US, outside zone eu",
      program: () => void new gcp.bigquery.Dataset("leak", { datasetId: "leak" }),
    },
    {
      what: "a subnetwork whose provider is in London",
      rule: "google-data-stays-in-the-zone",
      says: "its provider's `region` is europe-west2: europe-west2 is in GB, outside zone eu",
      program: () => {
        const provider = new gcp.Provider("london", {
          project: "somebody-else",
          region: "europe-west2",
        });
        const args = { network: "projects/p/global/networks/n", ipCidrRange: "10.0.0.0/24" };
        new gcp.compute.Subnetwork("leak", args, { provider });
      },
    },
    {
      what: "a private endpoint to the American host",
      rule: "vertex-is-called-inside-the-zone",
      says: "aiplatform.us.rep.googleapis.com serves us",
      program: () =>
        void new gcp.networkconnectivity.RegionalEndpoint("leak", {
          name: "leak",
          accessType: "GLOBAL",
          location: "europe-west3",
          network: "projects/p/global/networks/n",
          targetGoogleApi: "aiplatform.us.rep.googleapis.com",
        }),
    },
    {
      what: "a service that calls the global host",
      rule: "vertex-is-called-inside-the-zone",
      says: "aiplatform.googleapis.com serves global",
      program: () => {
        const envs = [{ name: "HOST", value: "https://aiplatform.googleapis.com" }];
        new gcp.cloudrunv2.Service("leak", {
          location: "europe-west3",
          template: { containers: [{ image: "img", envs }] },
        });
      },
    },
    {
      what: "a model whose content is shared with Anthropic",
      rule: "vertex-is-called-inside-the-zone",
      says: "shared with Anthropic",
      program: () =>
        void new gcp.vertex.AiModelGardenEnableModel("leak", {
          publisherModelName: "publishers/anthropic/models/claude-fable-5-1",
        }),
    },
    {
      what: "an access level of the whole internet",
      rule: "perimeters-let-in-only-named-callers",
      says: "admits 0.0.0.0/0",
      program: () =>
        void new gcp.accesscontextmanager.AccessLevel("leak", {
          parent: "accessPolicies/1",
          name: "accessPolicies/1/accessLevels/leak",
          title: "leak",
          basic: { conditions: [{ ipSubnetworks: ["0.0.0.0/0"] }] },
        }),
    },
  ];

  test.each(leaks)("is stopped before it creates $what", async ({ rule, says, program }) => {
    const runs = engine();
    for (const operation of ["preview", "up"] as const) {
      const result = await runs.run(operation, async () => program());
      expect(result.ok).toBe(false);
      const found = mandatory(result);
      expect(found.map((message) => message.rule)).toEqual([rule]);
      expect(found[0]?.message).toContain(says);
      if (operation === "up") expect(created(result)).toBe(0);
    }
  });
});
