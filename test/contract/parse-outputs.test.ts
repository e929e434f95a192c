import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { parseOutputs } from "../../contract/parse-outputs.ts";

function given(): Record<string, never> & { routes: Record<string, unknown>[] } {
  const url = new URL("../profiles/support/examples/us.json", import.meta.url);
  return JSON.parse(readFileSync(url, "utf8"));
}

test("reads complete outputs unchanged", () => {
  expect(parseOutputs(given())).toEqual({ outputs: given() });
});

test("refuses absent outputs", () => {
  expect(parseOutputs(undefined)).toEqual({
    problems: [
      { path: "landingZone", reason: "Invalid input: expected object, received undefined" },
    ],
  });
});

test("refuses an unknown field", () => {
  const outputs = given();
  outputs.routes[0]!.secretKey = "x";
  expect(parseOutputs(outputs)).toEqual({
    problems: [{ path: "routes[0]", reason: 'Unrecognized key: "secretKey"' }],
  });
});

test("refuses a second route of the same name", () => {
  const outputs = given();
  outputs.routes.push({ ...outputs.routes[0]! });
  expect(parseOutputs(outputs)).toEqual({
    problems: [{ path: "routes[1].name", reason: 'a second route is called "virginia"' }],
  });
});

test("refuses a text with the shape of an access key without repeating it", () => {
  const outputs = given();
  const label = `AKIA${"ABCDEFGH".repeat(2)}`;
  (outputs.routes[0]!.models as { label: string }[])[0]!.label = label;
  expect(parseOutputs(outputs)).toEqual({
    problems: [
      {
        path: "landingZone.routes[0].models[0].label",
        reason: "looks like an AWS access key id; outputs never hold a secret",
      },
    ],
  });
});
