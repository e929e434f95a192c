import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { stackOutputs } from "../../contract/outputs.ts";
import { foundryPlacementProblems } from "../../profiles/foundry-placement.ts";

const file = new URL("./support/examples/us-foundry.json", import.meta.url);
const fresh = () => stackOutputs.parse(JSON.parse(readFileSync(file, "utf8")));
type Outputs = ReturnType<typeof fresh>;
type Route = Extract<Outputs["routes"][number], { provider: "foundry" }>;

function problems(changes: Partial<Route> = {}, zone: Partial<Outputs["zone"]> = {}) {
  const outputs = fresh();
  const route = { ...outputs.routes[0], ...changes } as Route;
  const asked = { ...outputs, zone: { ...outputs.zone, ...zone } };
  return foundryPlacementProblems(asked, route, "routes[0]");
}

const opus = {
  id: "claude-opus-5-5",
  model: "claude-opus-5-5",
  version: "2",
  sku: "DataZoneStandard",
  label: "Claude Opus 5.5",
  processedIn: "US",
};
const withModel = (changes: Partial<typeof opus>, zone: Partial<Outputs["zone"]> = {}) =>
  problems({ models: [{ ...opus, ...changes }] }, zone);

describe("what a Foundry route's outputs claim", () => {
  test("agrees with the catalogue in the US, whatever the resource region's evidence", () => {
    const outputs = fresh();
    expect(
      outputs.routes.flatMap((route, index) =>
        foundryPlacementProblems(outputs, route as Route, `routes[${index}]`),
      ),
    ).toEqual([]);
  });

  test.each([
    {
      what: "any region of Azure",
      changes: { sku: "GlobalStandard", processedIn: "azure-anywhere" },
      reason:
        "outside: GlobalStandard is processed in any Azure region; use claude-opus-5-5 version 2 as DataZoneStandard from eastus2",
    },
    {
      what: "Anthropic's own hosting",
      changes: { version: "1", sku: "GlobalStandard" },
      reason:
        "outside: version 1 of claude-opus-5-5 is hosted by Anthropic, and may be processed outside Azure and outside any region; use claude-opus-5-5 version 2 as DataZoneStandard from eastus2",
    },
    {
      what: "a version nobody lists",
      changes: { version: "20251101" },
      reason:
        "undecidable: version 20251101 of claude-opus-5-5 is not listed: only 2, 1; use claude-opus-5-5 version 2 as DataZoneStandard from eastus2",
    },
    {
      what: "no pinned version",
      changes: { version: "latest" },
      reason:
        "undecidable: claude-opus-5-5 without a pinned version: the version decides who hosts, and Azure's default may change; use claude-opus-5-5 version 2 as DataZoneStandard from eastus2",
    },
    {
      what: "a model nobody lists",
      changes: { model: "claude-next" },
      reason:
        "undecidable: claude-next is not in the catalogue of 2026-11-20; use provider bedrock: us.anthropic.claude-opus-5-5 from us-east-1",
    },
  ])("$what is refused", ({ changes, reason }) => {
    expect(withModel(changes)).toEqual([{ path: "routes[0].models[0]", reason }]);
  });

  test("another place of processing than the catalogue's is refused", () => {
    expect(withModel({ processedIn: "DE" })).toEqual([
      {
        path: "routes[0].models[0].processedIn",
        reason: '"DE", but the catalogue says US',
      },
    ]);
  });

  test("a label that names another model is refused", () => {
    expect(withModel({ label: "Claude Haiku 5.5" })).toEqual([
      {
        path: "routes[0].models[0].label",
        reason: '"Claude Haiku 5.5", but claude-opus-5-5 is Claude Opus 5.5',
      },
    ]);
  });

  test("a resource outside the zone, unknown or without the data zone is refused", () => {
    const reasons = (region: string) => problems({ region, models: [opus] }).map((p) => p.reason);
    expect(reasons("swedencentral")).toEqual([
      "outside: data would rest in swedencentral: swedencentral is in SE, outside zone us; use claude-opus-5-5 version 2 as DataZoneStandard from eastus2",
    ]);
    expect(reasons("atlantis")).toEqual([
      'undecidable: data would rest in atlantis: no dated source says where the Azure region "atlantis" is; use claude-opus-5-5 version 2 as DataZoneStandard from eastus2',
    ]);
    expect(reasons("westus2")).toEqual([
      expect.stringMatching(/^undecidable: Claude is not offered in westus2/),
    ]);
  });

  test("in the EU nothing at Foundry is inside", () => {
    const eu = {
      id: "eu",
      label: "European Union",
      countries: ["DE", "ES", "FR", "IE", "IT", "SE"],
    };
    expect(problems({ region: "swedencentral", models: [opus] }, eu)).toEqual([
      {
        path: "routes[0].models[0]",
        reason:
          "outside: Claude's only data zone is US, outside zone eu; use provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1",
      },
    ]);
  });

  test("a zone of one's own may accept Azure anywhere, a built-in one may not", () => {
    const anywhere = { sku: "GlobalStandard", processedIn: "azure-anywhere" };
    const accepts: ["azure-anywhere"] = ["azure-anywhere"];
    expect(withModel(anywhere, { id: "pilot", accepts })).toEqual([]);
    expect(withModel({ ...anywhere, processedIn: "US" }, { id: "pilot", accepts })).toEqual([
      {
        path: "routes[0].models[0].processedIn",
        reason: '"US", but the catalogue says azure-anywhere',
      },
    ]);
    expect(withModel(anywhere, { accepts })).toEqual([
      {
        path: "routes[0].models[0]",
        reason:
          "outside: GlobalStandard is processed in any Azure region; use claude-opus-5-5 version 2 as DataZoneStandard from eastus2",
      },
    ]);
  });

  test.each([
    "https://other.services.ai.azure.com",
    "https://cowork-example-us-virginia-1a2b3c4d.cognitiveservices.azure.com",
    "https://cowork-example-us-virginia-1a2b3c4d.services.ai.azure.com.example.com",
  ])("the base URL %s is refused", (baseUrl) => {
    expect(problems({ baseUrl })).toEqual([
      {
        path: "routes[0].baseUrl",
        reason: `"${baseUrl}" is not the host of cowork-example-us-virginia-1a2b3c4d; write https://cowork-example-us-virginia-1a2b3c4d.services.ai.azure.com`,
      },
    ]);
  });
});
