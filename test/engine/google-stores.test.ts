import * as gcp from "@pulumi/gcp";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { AuditLogs } from "../../components/gcp/audit-logs.ts";
import { ContentDataset } from "../../components/gcp/content-dataset.ts";
import { ModelEnablement } from "../../components/gcp/model-enablement.ts";
import { OrganizationPolicies } from "../../components/gcp/organization-policies.ts";
import { RouteKeys } from "../../components/gcp/route-keys.ts";
import type { StackRun } from "../../offline/engine/run-stack.ts";
import { type StandIns, startStandIns } from "../../offline/providers/stand-ins.ts";
import { aKey, eu } from "../components/gcp/stores.ts";
import { stand } from "./support.ts";

let standIns: StandIns;
beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

const projectId = "example-claude-eu";
const place = { zone: eu, dataRegion: "europe-west3" };
const models = ["claude-opus-5-5", "claude-sonnet-5-5"];

/** One route with a key of its own and everything on, beside one that brings its key and asks for little. */
const program: PulumiFn = async () => {
  const provider = new gcp.Provider("eu", { project: projectId, region: "europe-west3" });
  const inside = { providers: [provider] };
  const apis = new gcp.projects.Service(
    "apis",
    { project: projectId, service: "cloudkms.googleapis.com" },
    { provider },
  );
  const project = { projectId, ready: [apis] };

  const full = { project, place, label: "example-eu-full" };
  const made = { kind: "create", rotationDays: 90 } as const;
  const keys = new RouteKeys("full", { ...full, keys: made, dataset: true }, inside);
  const logs = new AuditLogs(
    "full",
    { ...full, key: keys.logs, retentionDays: 365, locked: true },
    inside,
  );
  if (keys.dataset === undefined) throw new Error("no key for the dataset");
  const content = { datasetId: "claude_content", retentionDays: 30, location: "eu", models };
  new ContentDataset("full", { ...full, ...content, key: keys.dataset }, inside);
  const legal = { acceptedBy: "counsel@example.com", acceptedOn: "2026-11-01" };
  const asked = { project, legal, zone: eu, location: "eu", models, today: "2026-11-21" };
  const enabled = new ModelEnablement("full", asked, inside);
  new OrganizationPolicies(
    "full",
    {
      project: { projectId, ready: [apis, enabled] },
      place,
      models,
      settings: { scope: "project", mode: "enforced" },
    },
    inside,
  );

  const small = { project, place, label: "example-eu-small" };
  const brought = new RouteKeys(
    "small",
    { ...small, keys: { kind: "existing", logs: aKey }, dataset: false },
    inside,
  );
  new AuditLogs("small", { ...small, key: brought.logs, retentionDays: 30, locked: false }, inside);
  return { bucket: logs.bucketName, key: keys.logs.name, steps: logs.remainingSteps.length };
};

const changed = ({ steps }: StackRun) => steps.filter(({ op }) => op !== "same").length;

test("keys, logs, dataset, models and policies are previewed, made, left alone and taken down", async () => {
  const engine = stand({ config: { "gcp:project": projectId }, env: standIns.env });
  const preview = await engine.run("preview", program);
  expect(preview.problems).toEqual([]);

  const up = await engine.run("up", program);
  expect(up.problems).toEqual([]);
  expect(up.outputs).toEqual({
    bucket: "projects/example-claude-eu/locations/europe-west3/buckets/cowork-example-eu-full",
    key: "projects/example-claude-eu/locations/europe-west3/keyRings/cowork-example-eu-full/cryptoKeys/stores",
    steps: 2,
  });

  const second = await engine.run("up", program);
  expect(second.problems).toEqual([]);
  expect(changed(second)).toBe(0);

  const gone = await engine.run("destroy", program);
  expect(gone.problems).toEqual([]);
});
