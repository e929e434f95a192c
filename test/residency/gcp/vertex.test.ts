import { describe, expect, test } from "vitest";

import { gcpCatalogueSchema } from "../../../residency/catalogue/gcp-schema.ts";
import { countsTokens, gcpCatalogue, vertexModelName } from "../../../residency/gcp/vertex.ts";

describe("the Google catalogue", () => {
  test("4.7 and later are served by us and eu only, 4.6 and earlier by single regions only", () => {
    const wide = gcpCatalogue.models.filter(({ locations }) => "eu" in locations);
    expect(wide.map(({ modelId }) => modelId)).toEqual([
      "claude-opus-5-5",
      "claude-sonnet-5-5",
      "claude-haiku-5-5",
      "claude-fable-5-1",
      "claude-opus-5",
      "claude-sonnet-5",
      "claude-fable-5",
      "claude-opus-4-8",
      "claude-opus-4-7",
    ]);
    for (const { locations } of wide) expect(Object.keys(locations)).toEqual(["us", "eu"]);
  });

  test("Singapore has the four models a card lists there", () => {
    const there = gcpCatalogue.models.filter(({ locations }) => "asia-southeast1" in locations);
    expect(there.map(({ modelId }) => modelId)).toEqual([
      "claude-sonnet-4-6",
      "claude-opus-4-6",
      "claude-opus-4-5@20251101",
      "claude-sonnet-4-5@20250929",
    ]);
  });

  test("exactly the Fable models share content with Anthropic", () => {
    const shared = gcpCatalogue.models.filter((m) => m.retention === "shared-with-anthropic");
    expect(shared.map(({ modelId }) => modelId)).toEqual([
      "claude-fable-5-1",
      "claude-fable-5-2",
      "claude-fable-5",
    ]);
  });

  test.each([
    ["eu", true],
    ["us", true],
    ["asia-southeast1", true],
    ["europe-west1", false],
    ["us-east5", false],
    ["", false],
  ])("tokens are counted at %s: %s", (location, counted) => {
    expect(countsTokens(location)).toBe(counted);
  });

  test("a model has the name people know, an unlisted one its id", () => {
    expect(vertexModelName("claude-opus-4-5@20251101")).toBe("Claude Opus 4.5");
    expect(vertexModelName("claude-next")).toBe("claude-next");
  });

  test("a model at a location the catalogue does not describe is refused when it is loaded", () => {
    const broken = structuredClone(gcpCatalogue);
    broken.models[0]!.locations["europe-west4"] = "NL";
    expect(() => gcpCatalogueSchema.parse(broken)).toThrow(
      'claude-opus-5-5: no location \\"europe-west4\\"',
    );
  });
});
