import { describe, expect, test } from "vitest";

import type { VertexRouteOutputs } from "../../contract/vertex-route.ts";
import { placementProblems } from "../../profiles/placement.ts";
import { type ExampleName, example } from "./support/examples.ts";

function problems(change: (route: VertexRouteOutputs) => object, name: ExampleName = "eu-google") {
  const outputs = example(name);
  const [route] = outputs.routes;
  if (route?.provider !== "vertex") throw new Error("no Vertex route");
  return placementProblems(outputs, { ...route, ...change(route) }, "routes[0]");
}

describe("what a Vertex route's outputs claim", () => {
  test.each(["eu-google", "us-google", "sg"] as const)("%s agrees with the catalogue", (name) => {
    expect(problems(() => ({}), name)).toEqual([]);
  });

  test.each([
    ["global", '"global" promises no place of processing'],
    ["europe-west4", '"europe-west4" promises no place of processing'],
    ["", '"" promises no place of processing'],
  ])("location %j is refused", (location, reason) => {
    expect(problems(() => ({ location }))).toEqual([{ path: "routes[0].location", reason }]);
  });

  test("another geography's location, host and models are each refused", () => {
    expect(problems(() => ({ location: "us" }))).toEqual([
      { path: "routes[0].location", reason: "US holds US, outside the zone" },
      {
        path: "routes[0].host",
        reason:
          '"aiplatform.eu.rep.googleapis.com", but us is served by aiplatform.us.rep.googleapis.com',
      },
      {
        path: "routes[0].baseUrl",
        reason:
          '"https://aiplatform.eu.rep.googleapis.com" is not the host of us; write https://aiplatform.us.rep.googleapis.com',
      },
      { path: "routes[0].models[0].processedIn", reason: '"EU", but the catalogue says US' },
      { path: "routes[0].models[1].processedIn", reason: '"EU", but the catalogue says US' },
    ]);
  });

  test.each([
    ["the global host", "https://aiplatform.googleapis.com"],
    ["a host nobody serves", "https://eu-aiplatform.googleapis.com"],
    ["a path", "https://aiplatform.eu.rep.googleapis.com/v1"],
  ])("a base URL with %s is refused", (_what, baseUrl) => {
    expect(problems(() => ({ baseUrl }))).toEqual([
      {
        path: "routes[0].baseUrl",
        reason: `"${baseUrl}" is not the host of eu; write https://aiplatform.eu.rep.googleapis.com`,
      },
    ]);
  });

  test.each([
    ["a model of single regions", "claude-opus-4-6"],
    ["a model nobody lists", "claude-next"],
    ["a Bedrock profile", "eu.anthropic.claude-opus-5-5"],
    ["a name every object has", "constructor"],
  ])("%s is refused at eu", (_what, id) => {
    expect(problems(({ models }) => ({ models: [{ ...models[0]!, id }] }))).toEqual([
      { path: "routes[0].models[0].id", reason: `the catalogue has no row for ${id} at eu` },
    ]);
  });

  test("eu is refused in a zone that lacks a member state", () => {
    const outputs = example("eu-google");
    outputs.zone.countries = outputs.zone.countries.filter((country) => country !== "MT");
    const [route] = outputs.routes;
    expect(placementProblems(outputs, route!, "routes[0]")).toEqual([
      { path: "routes[0].location", reason: "EU holds MT, outside the zone" },
      { path: "routes[0].models[0].processedIn", reason: "EU holds MT, outside the zone" },
      { path: "routes[0].models[1].processedIn", reason: "EU holds MT, outside the zone" },
    ]);
  });
});
