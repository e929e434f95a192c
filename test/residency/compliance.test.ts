import { describe, expect, it } from "vitest";
import { parseCompliance } from "../../residency/compliance.ts";

describe("parseCompliance", () => {
  it("maps stacks to zones and defaults to a preview that reports rather than blocks", () => {
    const parsed = parseCompliance("stacks: { prod-eu: eu }");
    if (!("compliance" in parsed)) throw new Error("expected a compliance file");
    expect(parsed.compliance.stacks).toEqual({ "prod-eu": "eu" });
    expect(parsed.compliance.strictPreview).toBe(false);
    expect(Object.keys(parsed.compliance.zones)).toEqual([
      "eu",
      "us",
      "jp",
      "au",
      "in",
      "sg",
      "us-gov",
    ]);
  });

  it("hands an acceptance to the zone it names and to no other", () => {
    const parsed = parseCompliance(
      "stacks: {}\naccept:\n  - { zone: eu, id: eu.x, date: 2026-11-20, reason: seen live }\n",
    );
    if (!("compliance" in parsed)) throw new Error("expected a compliance file");
    expect(parsed.compliance.zones.eu!.acceptances).toEqual([
      { id: "eu.x", date: "2026-11-20", reason: "seen live" },
    ]);
    expect(parsed.compliance.zones.us!.acceptances).toEqual([]);
  });

  it("maps each application profile to its source", () => {
    const arn = "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/abc";
    const parsed = parseCompliance(
      `stacks: {}\napplicationProfiles: [{ arn: "${arn}", source: eu.x.y, date: 2026-11-20, reason: r }]`,
    );
    if (!("compliance" in parsed)) throw new Error("expected a compliance file");
    expect(parsed.compliance.profileSources).toEqual({
      [arn]: { source: "eu.x.y", date: "2026-11-20" },
    });
  });

  it.each([
    {
      when: "application profiles it cannot read, every problem at once",
      text: `stacks: {}
applicationProfiles:
  - { arn: "arn:x", source: anything, date: 2026-11-20, reason: r }
  - { arn: "arn:x", source: eu.x.y, date: 2026-11-20, reason: r }`,
      problems: [
        ["applicationProfiles.0.arn", '"arn:x" is not the ARN of an application inference profile'],
        [
          "applicationProfiles.0.source",
          '"anything" is no profile id or ARN of what an application profile can be copied from',
        ],
        ["applicationProfiles.1.arn", '"arn:x" is not the ARN of an application inference profile'],
        ["applicationProfiles.1.arn", "applicationProfiles.0 names this profile already"],
      ],
    },
    {
      when: "an application profile without a date and with an unknown key",
      text: "stacks: {}\napplicationProfiles: [{ arn: a, source: b, reason: r, who: me }]",
      problems: [
        ["applicationProfiles.0.date", "Invalid input: expected string, received undefined"],
        ["applicationProfiles.0.who", "unknown key"],
      ],
    },
    {
      when: "an empty file",
      text: "",
      problems: [["the file", "Invalid input: expected object, received null"]],
    },
    {
      when: "no stacks",
      text: "strictPreview: true",
      problems: [["stacks", "Invalid input: expected record, received undefined"]],
    },
    {
      when: "a misspelt key",
      text: "stacks: {}\nstrictPrevew: true",
      problems: [["strictPrevew", 'unknown key; did you mean "strictPreview"?']],
    },
    {
      when: "a zone nobody defined",
      text: "stacks: { a: ue }",
      problems: [["stacks.a", '"ue" is no zone: use one of eu, us, jp, au, in, sg, us-gov']],
    },
    {
      when: "a zone nobody can serve",
      text: "stacks: {}\nzones: { uk: { label: UK, countries: [GB] } }",
      problems: [
        [
          "zones.uk.countries",
          "no Bedrock profile keeps Claude inside GB: eu.anthropic.claude-opus-5-5 from eu-west-2 also processes in DE, ES, FR, IE, IT, SE; the nearest zone that can be served adds DE, ES, FR, IE, IT, SE; Vertex AI promises EU, SG, US and no other place (catalogue of 2026-10-18)",
        ],
      ],
    },
    {
      when: "an acceptance without a date",
      text: "stacks: {}\naccept: [{ zone: eu, id: x, reason: y }]",
      problems: [["accept.0.date", "Invalid input: expected string, received undefined"]],
    },
    {
      when: "the same stack twice",
      text: "stacks:\n  eu: eu\n  eu: us\n",
      problems: [["line 3", "Map keys must be unique"]],
    },
  ])("refuses $when", ({ text, problems }) => {
    expect(parseCompliance(text)).toEqual({
      problems: problems.map(([path, reason]) => ({ path, reason })),
    });
  });
});
