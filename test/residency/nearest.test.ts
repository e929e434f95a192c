import { expect, it } from "vitest";
import { nearestName } from "../../residency/nearest.ts";
import { renderProblems } from "../../residency/problem.ts";

it.each([
  ["regoin", ["region", "routes"], "region"],
  ["strictPrevew", ["strictPreview", "stacks"], "strictPreview"],
  ["ue", ["eu", "us"], undefined],
  ["", ["eu"], undefined],
  ["x", [], undefined],
  ["completely-different", ["region"], undefined],
])("suggests for %j among %j: %s", (given, names, expected) => {
  expect(nearestName(given, names)).toBe(expected);
});

it("prints every problem under one title", () => {
  expect(
    renderProblems("eu: invalid", [
      { path: "a.b", reason: "missing" },
      { path: "c", reason: "too long" },
    ]),
  ).toBe("eu: invalid\n  a.b: missing\n  c: too long");
});
