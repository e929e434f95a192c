import { fileURLToPath } from "node:url";
import * as gcp from "@pulumi/gcp";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { GoogleTokenServiceArgs } from "../../components/gcp/token-service/args.ts";
import { TokenService } from "../../components/gcp/token-service/token-service.ts";
import { type StandIns, startStandIns } from "../../offline/providers/stand-ins.ts";
import { authority, serviceArgs } from "../components/gcp/token-service/support.ts";
import { stand } from "./support.ts";

let standIns: StandIns;
beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

const program = (change: Partial<GoogleTokenServiceArgs>) => async () => {
  const provider = new gcp.Provider("gcp", {
    project: "example-claude-eu",
    region: "europe-west3",
  });
  const args = serviceArgs({ signs: true, deviceAuthorities: authority, ...change });
  const { target, logs, serviceAccountEmail } = new TokenService("tokens", args, { provider });
  return { target, logs, serviceAccountEmail };
};

test("a token service at Google passes the whole pack, goes up, stays as it is and comes down", async () => {
  const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
  const { run } = stand({ policyPack, env: standIns.env });
  const preview = await run("preview", program({}));
  expect(preview.problems).toEqual([]);
  // The store's address exists only with the store, and still there is nothing that only `up` could prove.
  expect(preview.policyMessages).toEqual([]);

  const first = await run("up", program({}));
  expect(first.problems).toEqual([]);
  expect(first.policyMessages).toEqual([]);
  expect(first.outputs).toEqual({
    target: "10.60.0.4",
    logs: "projects/example-claude-eu/locations/europe-west3/buckets/cowork-token-service-example-eu",
    serviceAccountEmail: "cowork-tokens-example-eu@example-claude-eu.iam.gserviceaccount.com",
  });

  const second = await run("up", program({}));
  expect(second.problems).toEqual([]);
  expect(Object.keys(second.changes)).toEqual(["same"]);

  // Another configuration is another version and another revision, and the pack judges it before either exists.
  const moved = serviceArgs().serviceConfig;
  const serviceConfig: typeof moved = (created) =>
    moved(created).replace('"google"', '"vertex-eu"');
  const changed = await run("preview", program({ serviceConfig }));
  expect(changed.problems).toEqual([]);
  expect(changed.policyMessages).toEqual([]);
  expect(changed.changes).toMatchObject({ replace: 1, update: 1 });

  // Protected until somebody says otherwise, and applies it once.
  const kept = await run("destroy", program({}));
  expect(kept.problems.join("\n")).toContain("deletionProtection");
  expect((await run("up", program({ deletionProtection: false }))).problems).toEqual([]);
  expect((await run("destroy", program({ deletionProtection: false }))).problems).toEqual([]);
});
