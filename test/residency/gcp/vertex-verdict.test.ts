import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { vertexVerdict } from "../../../residency/gcp/vertex-verdict.ts";
import type { Zone } from "../../../residency/types.ts";
import { builtInZones } from "../../../residency/zones.ts";

const today = "2026-11-21";

function ask(zone: string | Zone, region: string, model: string, day = today) {
  const given = typeof zone === "string" ? builtInZones[zone]! : zone;
  return vertexVerdict({ zone: given, provider: "vertex", region, model, today: day });
}

function accepting(zone: string, id: string, date: string): Zone {
  return { ...builtInZones[zone]!, acceptances: [{ id, date, reason: "signed off" }] };
}

describe("where Claude on Vertex may be called", () => {
  test.each([
    ["eu", "eu", "claude-opus-5-5", "EU"],
    ["eu", "eu", "claude-sonnet-5-5", "EU"],
    ["eu", "eu", "claude-haiku-5-5", "EU"],
    ["eu", "europe-west1", "claude-opus-4-6", "EU"],
    ["us", "us", "claude-opus-5-5", "US"],
    ["us", "us-east5", "claude-sonnet-4-6", "US"],
    ["sg", "asia-southeast1", "claude-opus-4-6", "SG"],
    ["sg", "asia-southeast1", "claude-sonnet-4-6", "SG"],
  ])("%s at %s with %s is inside", (zone, region, model, country) => {
    expect(ask(zone, region, model)).toMatchObject({
      status: "inside",
      places: [{ region, country }],
      reason: `${model} at ${region} is promised to stay in ${country}`,
      anthropicSees: "none",
    });
  });

  test.each([
    ["eu", "global", "claude-opus-5-5", "outside", "global promises no place of processing"],
    [
      "eu",
      "us",
      "claude-opus-5-5",
      "outside",
      "us is promised to stay in US and no narrower, which goes beyond zone eu (US)",
    ],
    [
      "sg",
      "us-east5",
      "claude-opus-4-6",
      "outside",
      "us-east5 is promised to stay in US and no narrower, which goes beyond zone sg (US)",
    ],
    [
      "us-gov",
      "us",
      "claude-opus-5-5",
      "outside",
      "zone us-gov is the partition aws-us-gov of AWS; nothing at Google is inside it",
    ],
    [
      "eu",
      "europe-west4",
      "claude-opus-5-5",
      "undecidable",
      'Google lists no Claude endpoint at "europe-west4", only at us, eu, us-east5, europe-west1, asia-southeast1',
    ],
    [
      "eu",
      "",
      "claude-opus-5-5",
      "undecidable",
      'Google lists no Claude endpoint at "", only at us, eu, us-east5, europe-west1, asia-southeast1',
    ],
    [
      "eu",
      "EU",
      "claude-opus-5-5",
      "undecidable",
      'Google lists no Claude endpoint at "EU", only at us, eu, us-east5, europe-west1, asia-southeast1',
    ],
    [
      "eu",
      "constructor",
      "claude-opus-5-5",
      "undecidable",
      'Google lists no Claude endpoint at "constructor", only at us, eu, us-east5, europe-west1, asia-southeast1',
    ],
    [
      "eu",
      "eu",
      "claude-opus-4-6",
      "undecidable",
      "claude-opus-4-6 is not known to be served at eu: only us-east5, europe-west1, asia-southeast1",
    ],
    [
      "eu",
      "europe-west1",
      "claude-opus-5-5",
      "undecidable",
      "claude-opus-5-5 is not known to be served at europe-west1: only us, eu",
    ],
    [
      "eu",
      "eu",
      "claude-fable-5-2",
      "undecidable",
      "claude-fable-5-2 is not known to be served at eu: no location is known",
    ],
    [
      "eu",
      "europe-west1",
      "claude-haiku-4-5",
      "undecidable",
      "claude-haiku-4-5 is not in the catalogue of 2026-11-20; Anthropic lists it as claude-haiku-4-5@20251001",
    ],
    ["eu", "eu", "", "undecidable", " is not in the catalogue of 2026-11-20"],
    ["eu", "eu", "claude-*", "undecidable", "claude-* is not in the catalogue of 2026-11-20"],
  ])("%s at %s with %j is %s", (zone, region, model, status, reason) => {
    expect(ask(zone, region, model)).toMatchObject({ status, reason });
  });

  test("a region promises its wider jurisdiction only: a Belgian zone cannot use europe-west1", () => {
    const belgium: Zone = { ...builtInZones.eu!, id: "be", countries: ["BE"] };
    const result = ask(belgium, "europe-west1", "claude-opus-4-6");
    expect(result.status).toBe("outside");
    expect(result.reason).toMatch(
      /^europe-west1 is promised to stay in EU and no narrower, which goes beyond zone be \(AT, /,
    );
  });

  test("eu needs every member state: a zone of 26 of them is not enough", () => {
    const eu = builtInZones.eu!;
    const without: Zone = { ...eu, id: "eu26", countries: eu.countries.filter((c) => c !== "MT") };
    expect(ask(without, "eu", "claude-opus-5-5")).toMatchObject({
      status: "outside",
      reason: "eu is promised to stay in EU and no narrower, which goes beyond zone eu26 (MT)",
    });
  });

  test("the United Kingdom and Switzerland are no part of eu", () => {
    for (const country of ["GB", "CH"]) {
      const zone: Zone = { ...builtInZones.eu!, id: "x", countries: [country] };
      expect(ask(zone, "eu", "claude-opus-5-5").status).toBe("outside");
    }
  });
});

describe("what an inside does not promise", () => {
  test.each([
    ["eu", "eu", "claude-opus-5-5", undefined],
    ["us", "us", "claude-opus-5-5", undefined],
    [
      "eu",
      "europe-west1",
      "claude-opus-4-6",
      [
        "TLS is not promised to end in the geography at europe-west1",
        "count-tokens is not served at europe-west1: counting there fails or leaves it",
      ],
    ],
    [
      "sg",
      "asia-southeast1",
      "claude-opus-4-6",
      ["TLS is not promised to end in the geography at asia-southeast1"],
    ],
  ])("%s at %s: %s", (zone, region, model, caveats) => {
    expect(ask(zone, region, model).caveats).toEqual(caveats);
  });
});

describe("models whose content is kept or shared", () => {
  const kept =
    "has its prompts and answers kept by Google for up to 30 days and shared with Anthropic";

  test("are outside a zone that does not accept them by name, and say that Anthropic sees content", () => {
    expect(ask("us", "us", "claude-fable-5-1")).toMatchObject({
      status: "outside",
      reason: `claude-fable-5-1 ${kept}: outside every zone that does not accept it by name`,
      anthropicSees: "content",
      alternative: "claude-opus-5-5 at us",
    });
  });

  test("are inside once accepted by name, and still say so", () => {
    expect(
      ask(accepting("us", "claude-fable-5-1", "2026-11-20"), "us", "claude-fable-5-1"),
    ).toEqual({
      status: "inside",
      places: [{ region: "us", country: "US" }],
      reason: `claude-fable-5-1 at us is promised to stay in US; claude-fable-5-1 ${kept}, accepted by compliance on 2026-11-20`,
      source: {
        url: "https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/partner-models/claude/fable-5-1",
        date: "2026-10",
      },
      anthropicSees: "content",
    });
  });

  test.each([
    ["of another model", "claude-fable-5", "2026-11-20"],
    ["given before the catalogue was made", "claude-fable-5-1", "2026-11-19"],
    ["dated tomorrow", "claude-fable-5-1", "2026-11-22"],
  ])("an acceptance %s does not count", (_what, id, date) => {
    expect(ask(accepting("us", id, date), "us", "claude-fable-5-1").status).toBe("outside");
  });

  test("an acceptance never makes a place fit", () => {
    expect(
      ask(accepting("eu", "claude-fable-5-1", "2026-11-20"), "us", "claude-fable-5-1").status,
    ).toBe("outside");
  });
});

describe("models that may be gone", () => {
  test.each([
    ["2026-11-23", "inside"],
    ["2026-11-24", "undecidable"],
    ["2027-01-01", "undecidable"],
  ])("claude-opus-4-5@20251101 on %s is %s", (day, status) => {
    expect(ask("sg", "asia-southeast1", "claude-opus-4-5@20251101", day).status).toBe(status);
  });

  test("are undecidable with the way out", () => {
    expect(ask("sg", "asia-southeast1", "claude-sonnet-4-5@20250929")).toMatchObject({
      status: "undecidable",
      reason:
        "claude-sonnet-4-5@20250929 may be retired since 2026-09-29; accept claude-sonnet-4-5@20250929 in the zone file by name with a date from 2026-11-20 to today",
    });
  });

  test("are inside once compliance has accepted them", () => {
    const zone = accepting("sg", "claude-sonnet-4-5@20250929", "2026-11-21");
    expect(ask(zone, "asia-southeast1", "claude-sonnet-4-5@20250929")).toMatchObject({
      status: "inside",
      reason:
        "claude-sonnet-4-5@20250929 at asia-southeast1 is promised to stay in SG; claude-sonnet-4-5@20250929 may be retired since 2026-09-29, accepted by compliance on 2026-11-21",
    });
  });
});

describe("the alternative", () => {
  test.each([
    ["eu", "eu", "claude-opus-4-6", "claude-opus-4-6 at europe-west1"],
    ["eu", "europe-west1", "claude-opus-5-5", "claude-opus-5-5 at eu"],
    ["eu", "global", "claude-opus-5-5", "claude-opus-5-5 at eu"],
    ["sg", "asia-southeast1", "claude-opus-5-5", "claude-opus-4-6 at asia-southeast1"],
    ["jp", "eu", "claude-opus-5-5", undefined],
    ["us-gov", "us", "claude-opus-5-5", undefined],
  ])("for %s at %s with %s is %s", (zone, region, model, alternative) => {
    expect(ask(zone, region, model).alternative).toBe(alternative);
  });
});

test("any text gets an answer, and inside only at a place the zone holds", () => {
  const zones = fc.constantFrom(...Object.values(builtInZones));
  const region = fc.oneof(fc.string(), fc.constantFrom("eu", "us", "global", "us-east5"));
  const model = fc.oneof(fc.string(), fc.constantFrom("claude-opus-5-5", "claude-opus-4-6"));
  fc.assert(
    fc.property(zones, region, model, (zone, region, model) => {
      const { status } = vertexVerdict({ zone, provider: "vertex", region, model, today });
      if (status !== "inside") return;
      expect([
        "eu eu claude-opus-5-5",
        "us us claude-opus-5-5",
        "us us-east5 claude-opus-4-6",
      ]).toContain(`${zone.id} ${region} ${model}`);
    }),
    { numRuns: 2_000 },
  );
});
