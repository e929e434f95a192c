import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../residency/bedrock.ts";
import type { Zone } from "../../residency/types.ts";
import { verdict } from "../../residency/verdict.ts";

const eu27 =
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");
const zoneOf = (id: string, countries: string[], extra: Partial<Zone> = {}): Zone => ({
  id,
  label: id,
  countries,
  awsPartition: "aws",
  acceptances: [],
  ...extra,
});
const zones: Record<string, Zone> = {
  eu: zoneOf("eu", eu27),
  us: zoneOf("us", ["US"]),
  jp: zoneOf("jp", ["JP"]),
  au: zoneOf("au", ["AU"]),
  in: zoneOf("in", ["IN"]),
  "us-gov": zoneOf("us-gov", ["US"], { awsPartition: "aws-us-gov" }),
};
const ask = (zone: string, region: string, model: string, today = "2026-11-21") =>
  verdict({ zone: zones[zone]!, provider: "bedrock", region, model, today });

describe("verdict", () => {
  it.each([
    ["eu", "eu-central-1", "eu.anthropic.claude-opus-5-5", "inside"],
    ["eu", "eu-west-1", "eu.anthropic.claude-sonnet-5-5", "inside"],
    ["us", "us-east-1", "us.anthropic.claude-sonnet-5-5", "inside"],
    ["jp", "ap-northeast-1", "jp.anthropic.claude-opus-5-5", "inside"],
    ["jp", "ap-northeast-3", "jp.anthropic.claude-sonnet-4-6", "inside"],
    ["au", "ap-southeast-2", "au.anthropic.claude-opus-5-5", "inside"],
    ["in", "ap-south-1", "in.anthropic.claude-opus-5", "inside"],
    ["us-gov", "us-gov-west-1", "us-gov.anthropic.claude-sonnet-5-5", "inside"],
    ["eu", "eu-west-2", "eu.anthropic.claude-opus-5-5", "outside"],
    ["eu", "eu-central-2", "eu.anthropic.claude-opus-5-5", "outside"],
    ["us", "ca-central-1", "us.anthropic.claude-opus-5-5", "outside"],
    ["eu", "eu-central-1", "us.anthropic.claude-opus-5-5", "outside"],
    ["eu", "eu-central-1", "global.anthropic.claude-opus-5-5", "outside"],
    ["us", "us-east-1", "global.anthropic.claude-opus-5-5", "outside"],
    ["us", "us-gov-west-1", "us-gov.anthropic.claude-sonnet-5-5", "outside"],
    ["us-gov", "us-east-1", "us.anthropic.claude-sonnet-5-5", "outside"],
    ["us-gov", "us-gov-west-1", "us.anthropic.claude-sonnet-5-5", "outside"],
    ["eu", "eu-central-1", "anthropic.claude-opus-5-5", "undecidable"],
    ["eu", "eu-central-1", "eu.anthropic.claude-fable-5", "undecidable"],
    ["jp", "ap-northeast-1", "jp.anthropic.claude-sonnet-5-5", "undecidable"],
    ["eu", "eu-central-1", "eu.anthropic.claude-haiku-5-5", "undecidable"],
    ["us-gov", "us-gov-west-1", "us-gov.anthropic.claude-opus-4-8", "undecidable"],
    ["eu", "eu-central-1", "eu.amazon.nova-pro-v1:0", "undecidable"],
    ["eu", "eu-central-1", "eu.anthropic.*", "undecidable"],
    ["eu", "eu-central-1", "global.*", "outside"],
    ["eu", "eu-central-1", "", "undecidable"],
    ["eu", "", "eu.anthropic.claude-opus-5-5", "undecidable"],
    ["eu", "eu-central-9", "eu.anthropic.claude-opus-5-5", "undecidable"],
    ["eu", "constructor", "eu.anthropic.claude-opus-5-5", "undecidable"],
    ["eu", "eusc-de-east-1", "eu.anthropic.claude-opus-5-5", "undecidable"],
    ["eu", "cn-north-1", "eu.anthropic.claude-opus-5-5", "undecidable"],
  ])("zone %s, from %s, %s is %s", (zone, region, model, status) => {
    expect(ask(zone, region, model).status).toBe(status);
  });

  it("names every destination with its country and the evidence", () => {
    expect(ask("eu", "eu-central-1", "eu.anthropic.claude-opus-5-5")).toEqual({
      status: "inside",
      places: [
        { region: "eu-central-1", country: "DE" },
        { region: "eu-north-1", country: "SE" },
        { region: "eu-south-1", country: "IT" },
        { region: "eu-south-2", country: "ES" },
        { region: "eu-west-1", country: "IE" },
        { region: "eu-west-3", country: "FR" },
      ],
      reason:
        "eu.anthropic.claude-opus-5-5 from eu-central-1 is processed in eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3 only",
      source: {
        url: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-cards.html",
        date: "2026-10-06",
      },
      anthropicSees: "none",
    });
  });

  it.each([
    {
      when: "the request is sent from London",
      q: ["eu", "eu-west-2", "eu.anthropic.claude-opus-5-5"],
      reason: "the request is sent to eu-west-2: eu-west-2 is in GB, outside zone eu",
      alternative: "eu.anthropic.claude-opus-5-5 from eu-central-1",
    },
    {
      when: "the profile is global",
      q: ["eu", "eu-central-1", "global.anthropic.claude-sonnet-5-5"],
      reason: "global.anthropic.claude-sonnet-5-5 may be processed in any commercial region",
      alternative: "eu.anthropic.claude-sonnet-5-5 from eu-central-1",
    },
    {
      when: "the model is retired",
      q: ["eu", "eu-central-1", "eu.anthropic.claude-sonnet-4-20250514-v1:0"],
      reason:
        "Claude Sonnet 4 (anthropic.claude-sonnet-4-20250514-v1:0) is retired since 2026-10-14",
      alternative: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0 from eu-central-1",
    },
    {
      when: "the ARN names no region",
      q: ["us", "us-east-1", "arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5-5"],
      reason:
        "the ARN of anthropic.claude-opus-5-5 names no region: it is the global form, processed in any commercial region",
      alternative: "us.anthropic.claude-opus-5-5 from us-east-1",
    },
    {
      when: "the ARN is of another region than the request",
      q: [
        "eu",
        "eu-central-1",
        "arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.anthropic.claude-opus-5-5",
      ],
      reason: 'the profile ARN is of region "eu-west-2", but requests are sent to eu-central-1',
      alternative: "eu.anthropic.claude-opus-5-5 from eu-central-1",
    },
    {
      when: "a price map invented the id",
      q: ["jp", "ap-northeast-1", "jp.anthropic.claude-sonnet-5-5"],
      reason:
        "jp.anthropic.claude-sonnet-5-5 is not an id AWS publishes, although it appears in a model price map",
      alternative: "jp.anthropic.claude-sonnet-4-6 from ap-northeast-1",
    },
  ])("says why and what would work when $when", ({ q, reason, alternative }) => {
    const [zone, region, model] = q as [string, string, string];
    const result = ask(zone, region, model);
    expect(result.reason).toBe(reason);
    expect(result.alternative).toBe(alternative);
  });

  it("retires a model on its end-of-life day, not the day before", () => {
    const model = "us.anthropic.claude-opus-4-1-20250805-v1:0";
    expect(ask("us", "us-east-1", model, "2027-01-07").status).toBe("inside");
    expect(ask("us", "us-east-1", model, "2027-01-08").status).toBe("outside");
  });

  describe("weak evidence", () => {
    const id = "eu.anthropic.claude-haiku-5-5";
    const judge = (date: string | undefined, today = "2026-11-21") =>
      verdict({
        zone: zoneOf("eu", eu27, { acceptances: date ? [{ id, date, reason: "seen live" }] : [] }),
        provider: "bedrock",
        region: "eu-central-1",
        model: id,
        today,
      }).status;

    it.each([
      { when: "nobody accepted it", date: undefined, status: "undecidable" },
      {
        when: "it was accepted before the newest evidence",
        date: "2026-10-17",
        status: "undecidable",
      },
      {
        when: "it was accepted on the day of the newest evidence",
        date: "2026-10-18",
        status: "inside",
      },
      { when: "it was accepted today", date: "2026-11-21", status: "inside" },
      { when: "it is accepted from tomorrow", date: "2026-11-22", status: "undecidable" },
    ])("is $status when $when", ({ date, status }) => {
      expect(judge(date)).toBe(status);
    });

    it("cannot be accepted into a zone it leaves", () => {
      const zone = zoneOf("ie", ["IE"], { acceptances: [{ id, date: "2026-11-21", reason: "x" }] });
      const result = verdict({
        zone,
        provider: "bedrock",
        region: "eu-west-1",
        model: id,
        today: "2026-11-21",
      });
      expect(result.status).toBe("outside");
    });
  });

  it("answers any text without throwing, and inside only when every place is in the zone", () => {
    const ids = catalogue.models.flatMap((m) => m.profiles.map((p) => p.profileId));
    const regions = [...Object.keys(catalogue.regionCountries), "mars-1", ""];
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(zones)),
        fc.oneof(fc.constantFrom(...regions), fc.string()),
        fc.oneof(fc.constantFrom(...ids), fc.string()),
        (zone, region, model) => {
          const result = ask(zone, region, model);
          if (result.status !== "inside") return;
          expect(result.places.length).toBeGreaterThan(0);
          for (const { country } of result.places) {
            expect(zones[zone]!.countries).toContain(country);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("never lets a geographic profile of one zone into another", () => {
    const prefixZone: Record<string, string> = {
      eu: "eu",
      us: "us",
      jp: "jp",
      au: "au",
      in: "in",
      "us-gov": "us-gov",
    };
    for (const { profileId, sources } of catalogue.models.flatMap((m) => m.profiles)) {
      const prefix = profileId.slice(0, profileId.indexOf("."));
      for (const region of Object.keys(sources)) {
        for (const zone of Object.keys(zones)) {
          const { status } = ask(zone, region, profileId);
          if (status === "inside") expect(prefixZone[prefix]).toBe(zone);
        }
      }
    }
  });
});
