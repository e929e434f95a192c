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
import { stand } from "./support.ts";

let standIns: StandIns;
beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

const routes = {
  eu: vertexArgs({ name: "eu" }),
  sg: vertexArgs({ name: "sg", ...singapore }),
  hub: vertexArgs({ name: "hub" }),
};

/** Every kind of private path, and a perimeter that reports beside one that refuses. */
const program: PulumiFn = async () => {
  const path = (name: keyof typeof routes, network: typeof created | typeof existing) => {
    const args = routes[name];
    const provider = new gcp.Provider(name, {
      project: args.route.project.projectId,
      region: args.route.dataRegion,
    });
    const reach = { kind: "private", network, pinBaseUrl: false } as const;
    const route = { ...args.route, reach };
    return new PrivatePath(name, { ...args, route, reach, logBucketName }, { provider });
  };
  const around = (name: keyof typeof routes, mode: "dry-run" | "enforced") => {
    const perimeter = { accessPolicyId: "987654321098", mode, ingressCidrs: ["203.0.113.0/24"] };
    new Perimeter(name, {
      ...routes[name],
      perimeter,
      projectNumber: "111122223333",
      caller: "group:claude-users@example.com",
      deployer: "serviceAccount:deployer@example-claude-eu.iam.gserviceaccount.com",
      logBucketName,
    });
  };
  around("eu", "dry-run");
  around("sg", "enforced");
  return {
    eu: path("eu", created).address,
    sg: path("sg", created).address,
    hub: path("hub", existing).address,
  };
};

const changed = ({ steps }: StackRun) => steps.filter(({ op }) => op !== "same").length;

test("private paths and perimeters are previewed, made, left alone and taken down", async () => {
  const engine = stand({ config: { "gcp:project": "example-claude-eu" }, env: standIns.env });
  const preview = await engine.run("preview", program);
  expect(preview.problems).toEqual([]);

  const up = await engine.run("up", program);
  expect(up.problems).toEqual([]);
  expect(changed(up)).toBeGreaterThan(20);
  expect(up.outputs).toMatchObject({
    eu: "10.60.0.4",
    sg: "10.60.0.132",
    hub: expect.stringMatching(/^10\.\d+\.\d+\.\d+$/),
  });

  const second = await engine.run("up", program);
  expect(second.problems).toEqual([]);
  expect(changed(second)).toBe(0);

  const gone = await engine.run("destroy", program);
  expect(gone.problems).toEqual([]);
});
