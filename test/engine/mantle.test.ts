import { expect, test } from "vitest";

import { renderProfileSet } from "../../profiles/profile-set.ts";
import { mantleStack } from "../stacks/support/mantle-stack.ts";
import { openHouse } from "./house.ts";

test("an in-region route passes the whole pack, goes up, and changes nothing the second time", async () => {
  const house = await openHouse();
  house.edit("stacks/Pulumi.eu.yaml", () => mantleStack);
  const first = await house.run("eu", "up");
  expect(first.problems).toEqual([]);
  expect(first.policyMessages).toEqual([]);
  const second = await house.run("eu", "up");
  expect(second.problems).toEqual([]);
  expect(Object.keys(second.changes)).toEqual(["same"]);

  const { files } = renderProfileSet(second.outputs.landingZone, "eu");
  expect(files.map(({ path }) => path)).toEqual([
    "eu/stockholm/bootstrap.json",
    "eu/stockholm/claude-desktop.mobileconfig",
    "eu/stockholm/claude-desktop.reg",
    "eu/stockholm/managed-settings.json",
  ]);
});
