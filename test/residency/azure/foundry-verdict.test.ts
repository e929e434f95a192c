import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { foundryVerdict } from "../../../residency/azure/foundry-verdict.ts";
import type { Zone } from "../../../residency/types.ts";
import { builtInZones } from "../../../residency/zones.ts";

const us = builtInZones.us!;
const opus = {
  zone: us,
  provider: "foundry",
  region: "eastus2",
  model: "claude-opus-5-5",
  version: "2",
  sku: "DataZoneStandard",
  today: "2026-11-21",
} as const;
type Change = Partial<Parameters<typeof foundryVerdict>[0]>;
const ask = (change: Change = {}) => foundryVerdict({ ...opus, ...change });

const anywhere: Zone = {
  id: "azure",
  label: "Azure, anywhere",
  countries: ["US"],
  awsPartition: "aws",
  acceptances: [],
  accepts: ["azure-anywhere"],
};

describe("the one Foundry deployment that is inside", () => {
  test("is version 2 in the US data zone, from a resource in the US", () => {
    expect(ask()).toEqual({
      status: "inside",
      places: [{ region: "US data zone", country: "US" }],
      reason: "claude-opus-5-5 is processed in the US data zone only",
      source: {
        url: "https://learn.microsoft.com/en-us/azure/foundry/responsible-ai/claude-models/data-privacy",
        date: "2026-06-23",
      },
      anthropicSees: "flagged content only",
    });
  });

  test.each([
    "claude-opus-5-5",
    "claude-opus-5",
    "claude-opus-4-8",
    "claude-sonnet-5-5",
    "claude-sonnet-5",
    "claude-haiku-5-5",
  ])("%s is one of them", (model) => {
    expect(ask({ model }).status).toBe("inside");
  });
});

describe("what is refused", () => {
  test.each<[string, Change, string, string, string]>([
    [
      "GlobalStandard",
      { sku: "GlobalStandard" },
      "outside",
      "GlobalStandard is processed in any Azure region",
      "flagged content only",
    ],
    [
      "version 1",
      { version: "1", sku: "GlobalStandard" },
      "outside",
      "version 1 of claude-opus-5-5 is hosted by Anthropic, and may be processed outside Azure and outside any region",
      "content",
    ],
    [
      "a dated version",
      { model: "claude-haiku-4-5", version: "20251001", sku: "GlobalStandard" },
      "outside",
      "version 20251001 of claude-haiku-4-5 is hosted by Anthropic, and may be processed outside Azure and outside any region",
      "content",
    ],
    [
      "no version",
      { version: undefined },
      "undecidable",
      "claude-opus-5-5 without a pinned version: the version decides who hosts, and Azure's default may change",
      "content",
    ],
    [
      "an empty version",
      { version: "" },
      "undecidable",
      "claude-opus-5-5 without a pinned version: the version decides who hosts, and Azure's default may change",
      "content",
    ],
    [
      "latest",
      { version: "latest" },
      "undecidable",
      "claude-opus-5-5 without a pinned version: the version decides who hosts, and Azure's default may change",
      "content",
    ],
    [
      "a version nobody lists",
      { version: "3" },
      "undecidable",
      "version 3 of claude-opus-5-5 is not listed: only 2, 1",
      "content",
    ],
    [
      "no deployment type",
      { sku: undefined },
      "undecidable",
      "claude-opus-5-5 version 2 is not offered as a deployment without a type: only GlobalStandard, DataZoneStandard",
      "flagged content only",
    ],
    [
      "a regional deployment type",
      { sku: "Standard" },
      "undecidable",
      "claude-opus-5-5 version 2 is not offered as Standard: only GlobalStandard, DataZoneStandard",
      "flagged content only",
    ],
    [
      "a model nobody lists",
      { model: "claude-fable-5-2" },
      "undecidable",
      "claude-fable-5-2 is not in the catalogue of 2026-11-20",
      "content",
    ],
    [
      "a region outside the zone",
      { region: "swedencentral" },
      "outside",
      "data would rest in swedencentral: swedencentral is in SE, outside zone us",
      "flagged content only",
    ],
    [
      "a region nobody places",
      { region: "marsnorth" },
      "undecidable",
      'data would rest in marsnorth: no dated source says where the Azure region "marsnorth" is',
      "flagged content only",
    ],
    [
      "a region without Claude",
      { region: "westus2" },
      "undecidable",
      "Claude is not offered in westus2: only centralus, eastus, eastus2, northcentralus, southcentralus, swedencentral, westcentralus, westus, westus3",
      "flagged content only",
    ],
    [
      "a European zone",
      { zone: builtInZones.eu!, region: "swedencentral" },
      "outside",
      "Claude's only data zone is US, outside zone eu",
      "flagged content only",
    ],
    [
      "us-gov",
      { zone: builtInZones["us-gov"]! },
      "outside",
      "data would rest in eastus2: zone us-gov is the partition aws-us-gov of AWS; nothing at Azure is inside it",
      "flagged content only",
    ],
  ])("%s", (_what, change, status, reason, anthropicSees) => {
    expect(ask(change)).toMatchObject({ status, reason, anthropicSees });
  });
});

describe("the nearest deployment that is inside", () => {
  const nearest = "claude-opus-5-5 version 2 as DataZoneStandard from eastus2";

  test.each<Change>([
    { sku: "GlobalStandard" },
    { version: "1", sku: "GlobalStandard" },
    { version: undefined },
    { version: "latest" },
    { region: "swedencentral" },
    { region: "westus2" },
  ])("is named beside the refusal of %o", (change) => {
    expect(ask(change).alternative).toBe(nearest);
  });

  test.each<Change>([
    { zone: builtInZones.eu! },
    { zone: builtInZones["us-gov"]! },
    { model: "claude-opus-4-7", version: "1", sku: "GlobalStandard" },
    { model: "claude-fable-5-2" },
  ])("does not exist for %o", (change) => {
    expect(ask(change).status).not.toBe("inside");
    expect(ask(change).alternative).toBeUndefined();
  });
});

describe("a region on weak evidence", () => {
  const accepting = (id: string, date: string): Zone => ({
    ...us,
    acceptances: [{ id, date, reason: "listed by az" }],
  });

  test("is undecidable until compliance accepts it by name and date", () => {
    expect(ask({ region: "westus3" })).toMatchObject({
      status: "undecidable",
      reason:
        "that westus3 has the data zone rests on weak evidence; accept foundry:westus3 in the zone file with a date from 2026-11-20 to today, or use eastus2",
    });
    expect(
      ask({ region: "westus3", zone: accepting("foundry:westus3", "2026-11-20") }),
    ).toMatchObject({
      status: "inside",
      reason:
        "claude-opus-5-5 is processed in the US data zone only; weak evidence for westus3 accepted by compliance on 2026-11-20",
    });
  });

  test.each([
    ["westus3", "2026-11-20"],
    ["foundry:westus", "2026-11-20"],
    ["foundry:westus3", "2026-11-19"],
    ["foundry:westus3", "2026-11-22"],
  ])("stays undecidable with an acceptance of %s on %s", (id, date) => {
    expect(ask({ region: "westus3", zone: accepting(id, date) }).status).toBe("undecidable");
  });
});

describe("a zone that says Azure, anywhere", () => {
  test("holds every deployment Azure hosts, in any region", () => {
    expect(ask({ zone: anywhere, sku: "GlobalStandard", region: "swedencentral" })).toMatchObject({
      status: "inside",
      places: [{ region: "any Azure region", country: undefined }],
      reason: "claude-opus-5-5 stays in Azure, in any of its regions",
      anthropicSees: "flagged content only",
    });
  });

  test("holds the US data zone as well, wherever the zone is, from a resource in the US", () => {
    const elsewhere: Zone = { ...anywhere, countries: ["SE"] };
    expect(ask({ zone: elsewhere })).toMatchObject({
      status: "inside",
      places: [{ region: "US data zone", country: "US" }],
    });
    expect(ask({ zone: elsewhere, region: "swedencentral" })).toMatchObject({
      status: "undecidable",
      reason: "no dated source says that a resource in swedencentral has the data zone US",
    });
  });

  test("asks for a region where Claude is offered all the same", () => {
    expect(ask({ zone: anywhere, sku: "GlobalStandard", region: "marsnorth" })).toMatchObject({
      status: "undecidable",
      reason:
        "Claude is not offered in marsnorth: only centralus, eastus, eastus2, northcentralus, southcentralus, swedencentral, westcentralus, westus, westus3",
      alternative: "claude-opus-5-5 version 2 as GlobalStandard from eastus2",
    });
  });

  test("still holds nothing that Anthropic hosts", () => {
    expect(ask({ zone: anywhere, version: "1", sku: "GlobalStandard" }).status).toBe("outside");
  });

  test("is not meant by a zone that accepts Anthropic", () => {
    const zone: Zone = { ...anywhere, accepts: ["anthropic-direct"] };
    expect(ask({ zone, sku: "GlobalStandard" }).status).toBe("outside");
  });
});

test("no built-in zone but us holds any Foundry deployment", () => {
  const zones = Object.values(builtInZones);
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom("eastus2", "swedencentral", "westus3", "", "global"),
      fc.constantFrom("claude-opus-5-5", "claude-haiku-4-5", ""),
      fc.constantFrom("1", "2", "latest", undefined, "20251001"),
      fc.constantFrom("GlobalStandard", "DataZoneStandard", "Standard", undefined),
      (zone, region, model, version, sku) => {
        if (ask({ zone, region, model, version, sku }).status !== "inside") return;
        expect([zone.id, region, version, sku]).toEqual(["us", "eastus2", "2", "DataZoneStandard"]);
      },
    ),
    { numRuns: 1_500 },
  );
});
