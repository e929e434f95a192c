import { describe, expect, it } from "vitest";
import { builtInZones, resolveZone } from "../../residency/zones.ts";

describe("resolveZone", () => {
  it("knows exactly the zones that ship", () => {
    expect(Object.keys(builtInZones)).toEqual(["eu", "us", "jp", "au", "in", "sg", "us-gov"]);
  });

  it("counts 27 member states in eu, without the UK, Switzerland or Norway", () => {
    const countries = builtInZones.eu!.countries;
    expect(countries).toHaveLength(27);
    for (const outside of ["GB", "CH", "NO", "IS", "LI"]) expect(countries).not.toContain(outside);
  });

  it("keeps us-gov to its own partition", () => {
    expect(builtInZones["us-gov"]!.awsPartition).toBe("aws-us-gov");
    expect(builtInZones.us!.awsPartition).toBe("aws");
  });

  it.each([
    {
      when: "a UK-only zone",
      countries: ["GB"],
      reason:
        "no Bedrock profile keeps Claude inside GB: eu.anthropic.claude-opus-5-5 from eu-west-2 also processes in DE, ES, FR, IE, IT, SE; the nearest zone that can be served adds DE, ES, FR, IE, IT, SE; Vertex AI promises EU, SG, US and no other place (catalogue of 2026-10-18)",
    },
    {
      when: "a Swiss-only zone",
      countries: ["CH"],
      reason:
        "no Bedrock profile keeps Claude inside CH: eu.anthropic.claude-opus-5-5 from eu-central-2 also processes in DE, ES, FR, IE, IT, SE; the nearest zone that can be served adds DE, ES, FR, IE, IT, SE; Vertex AI promises EU, SG, US and no other place (catalogue of 2026-10-18)",
    },
    {
      when: "a Canada-only zone",
      countries: ["CA"],
      reason:
        "no Bedrock profile keeps Claude inside CA: us.anthropic.claude-opus-5-5 from ca-central-1 also processes in US; the nearest zone that can be served adds US; Vertex AI promises EU, SG, US and no other place (catalogue of 2026-10-18)",
    },
    {
      when: "a country with global profiles only",
      countries: ["KR"],
      reason:
        "no geographic Claude profile can be called from ap-northeast-2, only global ones, which are outside every zone; Vertex AI promises EU, SG, US and no other place (catalogue of 2026-10-18)",
    },
    {
      when: "a country without a region",
      countries: ["PT"],
      reason:
        "no AWS region in partition aws is in PT; Vertex AI promises EU, SG, US and no other place (catalogue of 2026-10-18)",
    },
  ])("refuses $when with the honest alternative", ({ countries, reason }) => {
    expect(resolveZone({ id: "mine", label: "Mine", countries })).toEqual({
      problems: [{ path: "geography.countries", reason }],
    });
  });

  it("accepts a custom zone that holds a whole core", () => {
    const countries = ["DE", "ES", "FR", "IE", "IT", "SE"];
    expect(resolveZone({ id: "core", label: "Core", countries })).toEqual({
      zone: { id: "core", label: "Core", countries, awsPartition: "aws", acceptances: [] },
    });
  });

  it("names every problem of a custom zone at once", () => {
    expect(resolveZone({ id: "EU!", label: "", countries: ["Germany"] })).toEqual({
      problems: [
        { path: "geography.id", reason: "lower-case letters, digits and dashes, at most 32" },
        { path: "geography.label", reason: "Too small: expected string to have >=1 characters" },
        { path: "geography.countries.0", reason: "an ISO 3166-1 alpha-2 code such as DE" },
      ],
    });
  });

  it("does not let a custom zone take a built-in name", () => {
    expect(resolveZone({ id: "eu", label: "Europe", countries: ["DE", "GB"] })).toEqual({
      problems: [
        {
          path: "geography.id",
          reason: '"eu" is a built-in zone; choose another id (catalogue of 2026-10-18)',
        },
      ],
    });
  });

  it.each(["constructor", "toString", "", "EU"])("does not know %j as a zone", (name) => {
    expect(resolveZone(name)).toHaveProperty("problems");
  });

  it("suggests the nearest zone for a misspelt one", () => {
    expect(resolveZone("us-gv")).toEqual({
      problems: [
        {
          path: "geography",
          reason:
            '"us-gv" is no zone: use one of eu, us, jp, au, in, sg, us-gov, or give a custom zone in full; did you mean "us-gov"? (catalogue of 2026-10-18)',
        },
      ],
    });
  });
});
