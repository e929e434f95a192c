import { describe, expect, it } from "vitest";
import {
  destinationsOf,
  fipsServices,
  mantleRegions,
  modelIdOf,
  modelName,
} from "../../residency/bedrock.ts";
import data from "../../residency/catalogue/aws.json" with { type: "json" };
import { awsCatalogueSchema } from "../../residency/catalogue/schema.ts";
import { profilesInside } from "../../residency/choices.ts";
import { countryOf, partitionOf, regionsOf, regionVerdict } from "../../residency/regions.ts";
import { builtInZones } from "../../residency/zones.ts";

describe("the catalogue", () => {
  it("adds the source to the core when it lies outside it", () => {
    expect(destinationsOf("eu.anthropic.claude-opus-5-5", "eu-west-2")).toEqual([
      "eu-central-1",
      "eu-north-1",
      "eu-south-1",
      "eu-south-2",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
    ]);
    expect(destinationsOf("jp.anthropic.claude-opus-5-5", "ap-northeast-3")).toEqual([
      "ap-northeast-1",
      "ap-northeast-3",
    ]);
  });

  it.each([
    ["a global profile", "global.anthropic.claude-opus-5-5", "eu-central-1"],
    ["a source without a row", "eu.anthropic.claude-opus-5-5", "us-east-1"],
    ["an unknown profile", "eu.anthropic.claude-9", "eu-central-1"],
    ["a name every object has", "eu.anthropic.claude-opus-5-5", "toString"],
  ])("has no destinations for %s", (_when, profile, region) => {
    expect(destinationsOf(profile, region)).toBeUndefined();
  });

  it("knows models by id and name", () => {
    expect(modelIdOf("us.anthropic.claude-sonnet-5-5")).toBe("anthropic.claude-sonnet-5-5");
    expect(modelIdOf("us.anthropic.claude-nothing")).toBeUndefined();
    expect(modelName("anthropic.claude-sonnet-5-5")).toBe("Claude Sonnet 5.5");
  });

  it("has FIPS endpoints in six regions only", () => {
    expect(fipsServices("us-east-1")).toEqual(["bedrock-runtime", "bedrock", "rolesanywhere"]);
    expect(fipsServices("us-west-1")).toEqual(["rolesanywhere"]);
    expect(fipsServices("ca-central-1")).toEqual(["bedrock-runtime", "bedrock"]);
    expect(fipsServices("eu-central-1")).toEqual([]);
  });

  it("serves in-region Claude through mantle where the table says so", () => {
    expect(mantleRegions("anthropic.claude-sonnet-5-5")).toEqual(["us-gov-west-1"]);
    expect(mantleRegions("anthropic.claude-sonnet-4-6")).toEqual([]);
  });

  it.each([
    [
      "a profile of another model",
      (d: typeof data) => {
        d.models[0]!.profiles[0]!.profileId = "us.anthropic.other";
      },
    ],
    [
      "a row without evidence",
      (d: typeof data) => {
        Object.assign(d.models[0]!.profiles[0]!.sources, {
          "us-east-1": { destinations: ["us-east-1"], evidence: "hearsay" },
        });
      },
    ],
    [
      "a row without destinations",
      (d: typeof data) => {
        Object.assign(d.models[0]!.profiles[0]!.sources, {
          "us-east-1": { destinations: [], evidence: "pattern" },
        });
      },
    ],
    [
      "a guardrail profile's row without evidence",
      (d: typeof data) => {
        Object.assign(d.guardrailProfiles[0]!.sources, {
          "eu-central-1": { destinations: ["eu-central-1"], evidence: "toString" },
        });
      },
    ],
    [
      "a guardrail profile that may check text anywhere",
      (d: typeof data) => {
        Object.assign(d.guardrailProfiles[0]!.sources, {
          "eu-central-1": { destinations: ["*"], evidence: "guardrail-page" },
        });
      },
    ],
    [
      "an unknown key",
      (d: typeof data) => {
        Object.assign(d, { extra: 1 });
      },
    ],
  ])("is refused whole when it holds %s", (_when, weaken) => {
    const copy = structuredClone(data);
    weaken(copy);
    expect(awsCatalogueSchema.safeParse(data).success).toBe(true);
    expect(awsCatalogueSchema.safeParse(copy).success).toBe(false);
  });
});

describe("regions", () => {
  it.each([
    ["eu-central-1", "DE", "aws"],
    ["eu-west-2", "GB", "aws"],
    ["eu-central-2", "CH", "aws"],
    ["us-gov-west-1", "US", "aws-us-gov"],
    ["ap-northeast-1", "JP", "aws"],
    ["eusc-de-east-1", undefined, undefined],
    ["toString", undefined, undefined],
  ])("%s is in %s, partition %s", (region, country, partition) => {
    expect(countryOf(region)).toBe(country);
    expect(partitionOf(region)).toBe(partition);
  });

  it("lists the regions whose data may rest in a zone", () => {
    expect(regionsOf(builtInZones.eu!)).toEqual([
      "eu-central-1",
      "eu-north-1",
      "eu-south-1",
      "eu-south-2",
      "eu-west-1",
      "eu-west-3",
    ]);
    expect(regionsOf(builtInZones["us-gov"]!)).toEqual(["us-gov-east-1", "us-gov-west-1"]);
  });

  it.each([
    ["eu-west-2", "outside", "eu-west-2 is in GB, outside zone eu"],
    [
      "us-gov-west-1",
      "outside",
      "us-gov-west-1 is in partition aws-us-gov; zone eu is served by aws",
    ],
    [
      "eu-north-9",
      "undecidable",
      'no dated source says which country the region "eu-north-9" is in',
    ],
    ["", "undecidable", 'no dated source says which country the region "" is in'],
  ])("judges %s in eu as %s", (region, status, reason) => {
    expect(regionVerdict(builtInZones.eu!, region)).toEqual({ status, reason });
  });
});

describe("profilesInside", () => {
  it("offers only well-evidenced, living profiles of the zone, nearest first", () => {
    expect(profilesInside(builtInZones.jp!, "ap-northeast-1", "2026-11-21")).toEqual([
      "jp.anthropic.claude-opus-5-5",
      "jp.anthropic.claude-opus-4-8",
      "jp.anthropic.claude-opus-4-7",
      "jp.anthropic.claude-sonnet-4-6",
      "jp.anthropic.claude-haiku-4-5-20251001-v1:0",
      "jp.anthropic.claude-sonnet-4-5-20250929-v1:0",
    ]);
    expect(
      profilesInside(
        builtInZones.jp!,
        "ap-northeast-1",
        "2026-11-21",
        "us.anthropic.claude-sonnet-4-6",
      )[0],
    ).toBe("jp.anthropic.claude-sonnet-4-6");
  });

  it("offers nothing from a region outside the zone", () => {
    expect(profilesInside(builtInZones.eu!, "eu-west-2", "2026-11-21")).toEqual([]);
  });
});
