import { expect, test } from "vitest";

import { renderProfileSet } from "../../profiles/profile-set.ts";
import { openHouse } from "./house.ts";

test("a gateway's stack goes up without a resource, changes nothing the second time, and has its files", async () => {
  const house = await openHouse();
  const first = await house.run("eu-gateway", "up");
  expect(first.problems).toEqual([]);
  expect(first.policyMessages).toEqual([]);
  // The stack itself is the one thing the engine counts.
  expect(first.changes).toEqual({ create: 1 });

  const second = await house.run("eu-gateway", "up");
  expect(second.problems).toEqual([]);
  expect(second.changes).toEqual({ same: 1 });

  const { files } = renderProfileSet(second.outputs.landingZone, "eu-gateway");
  expect(files.map(({ path, notes }) => [path, notes])).toEqual([
    ["eu-gateway/gateway/bootstrap.json", []],
    ["eu-gateway/gateway/claude-desktop.mobileconfig", []],
    ["eu-gateway/gateway/claude-desktop.reg", []],
    ["eu-gateway/gateway/managed-settings.json", []],
  ]);
});

test("an upstream added outside the zone stops the preview, and says which", async () => {
  const house = await openHouse();
  house.edit("stacks/Pulumi.eu-gateway.yaml", (text) =>
    text.replace("location: eu", "location: us"),
  );
  const { ok, problems } = await house.run("eu-gateway", "preview");
  expect(ok).toBe(false);
  expect(problems.join("\n")).toContain("routes.0.upstreams.1");
});
