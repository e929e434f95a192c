import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as gcp from "@pulumi/gcp";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { Perimeter } from "../../components/gcp/perimeter.ts";
import { PrivatePath } from "../../components/gcp/private-path.ts";
import type { StackRun } from "../../offline/engine/run-stack.ts";
import { type StandIns, startStandIns } from "../../offline/providers/stand-ins.ts";
import {
  created,
  existing,
  logBucketName,
  singapore,
  vertexArgs,
} from "../components/gcp/private-path-args.ts";
import { stand, temporaryFolder } from "./support.ts";

const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
let standIns: StandIns;
beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

const routes = {
  eu: { args: vertexArgs({ name: "eu" }), network: created, mode: "dry-run" },
  hub: { args: vertexArgs({ name: "hub" }), network: existing, mode: undefined },
  sg: { args: vertexArgs({ name: "sg", ...singapore }), network: created, mode: "enforced" },
} as const;
type Name = keyof typeof routes;

/** A private path of each route, and a perimeter around it. */
const program =
  (names: readonly Name[]): PulumiFn =>
  async () =>
    Object.fromEntries(names.map((name) => [name, make(name)]));

function make(name: Name) {
  const { args, network, mode } = routes[name];
  const { project, dataRegion } = args.route;
  const opts = {
    provider: new gcp.Provider(name, { project: project.projectId, region: dataRegion }),
  };
  new gcp.projects.Service(name, { service: "aiplatform.googleapis.com" }, opts);
  const reach = { kind: "private", network, pinBaseUrl: false } as const;
  const route = { ...args.route, reach };
  const bucket = logBucketName.replace("europe-west3", dataRegion);
  if (mode !== undefined) {
    const perimeter = { accessPolicyId: "987654321098", mode, ingressCidrs: ["203.0.113.0/24"] };
    const who = {
      caller: "group:claude-users@example.com",
      deployer: "serviceAccount:deployer@example-claude-eu.iam.gserviceaccount.com",
    };
    const around = { ...args, route, perimeter, projectNumber: "111122223333", ...who };
    new Perimeter(name, { ...around, logBucketName: bucket }, opts);
  }
  return new PrivatePath(name, { ...args, route, reach, logBucketName: bucket }, opts).address;
}

const changed = ({ steps }: StackRun) => steps.filter(({ op }) => op !== "same").length;

test.each<{ zone: string; names: Name[]; addresses: Record<string, unknown> }>([
  {
    zone: "eu",
    names: ["eu", "hub"],
    addresses: { eu: "10.60.0.4", hub: expect.stringMatching(/^10\.\d+\.\d+\.\d+$/) },
  },
  { zone: "sg", names: ["sg"], addresses: { sg: "10.60.0.132" } },
])(
  "private paths of zone $zone pass the pack, are made, left alone and taken down",
  async ({ zone, names, addresses }) => {
    const compliance = join(temporaryFolder(), "zones.yaml");
    writeFileSync(compliance, `stacks: { ${zone}: ${zone} }\n`);
    const engine = stand({
      policyPack,
      stackName: zone,
      env: { ...standIns.env, COWORK_COMPLIANCE_FILE: compliance },
    });
    const complaints = (run: StackRun) => [
      ...run.problems,
      ...run.policyMessages.filter(({ level }) => level === "mandatory"),
    ];

    expect(complaints(await engine.run("preview", program(names)))).toEqual([]);

    const up = await engine.run("up", program(names));
    expect(complaints(up)).toEqual([]);
    expect(changed(up)).toBeGreaterThan(10);
    expect(up.outputs).toMatchObject(addresses);

    const second = await engine.run("up", program(names));
    expect(complaints(second)).toEqual([]);
    expect(changed(second)).toBe(0);

    expect(complaints(await engine.run("destroy", program(names)))).toEqual([]);
  },
);
