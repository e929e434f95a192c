import { expect, test } from "vitest";
import { versionProblem } from "../../../offline/engine/engine-version.ts";

test.each([
  "v3.254.0",
  "3.254.0",
  "v3.254.1",
  "v3.259.0\n",
  "v3.1000.0",
  "v3.255.0-alpha.1",
  "v3.254.0+local",
])("%j is new enough", (text) => {
  expect(versionProblem(text)).toBeUndefined();
});

test.each([
  ["v3.253.9", "version v3.253.9 is older than 3.254.0"],
  ["v3.99.0", "version v3.99.0 is older than 3.254.0"],
  ["v3.254.0-alpha.1", "version v3.254.0-alpha.1 is older than 3.254.0"],
  ["v2.999.0", "version v2.999.0 is another major version than 3.254.0"],
  ["v4.0.0", "version v4.0.0 is another major version than 3.254.0"],
  ["", '"" is not a version'],
  ["dev", '"dev" is not a version'],
  ["v3.254", '"v3.254" is not a version'],
  ["v3.254.0 beta", '"v3.254.0 beta" is not a version'],
])("%j is refused", (text, problem) => {
  expect(versionProblem(text)).toBe(problem);
});
