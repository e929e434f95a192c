import { describe, expect, it } from "vitest";
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

describe("an application profile", () => {
  const arn =
    "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/a1b2c3d4e5f6";
  const judge = (source?: string, date = "2026-11-21", model = arn) =>
    verdict({
      zone: zones.eu!,
      provider: "bedrock",
      region: "eu-central-1",
      model,
      today: "2026-11-21",
      ...(source !== undefined && { profileSources: { [model]: { source, date } } }),
    });
  const opus = "eu.anthropic.claude-opus-5-5";

  it("is undecidable while its source is not known", () => {
    expect(judge()).toMatchObject({
      status: "undecidable",
      reason: `${arn} does not say which profile it was copied from`,
    });
    expect(
      verdict({
        zone: zones.eu!,
        provider: "bedrock",
        region: "eu-central-1",
        model: arn,
        today: "2026-11-21",
        profileSources: {},
      }).status,
    ).toBe("undecidable");
    expect(judge(arn)).toMatchObject({
      status: "undecidable",
      reason: `${arn} is recorded as copied from another application profile, which says nothing either`,
    });
  });

  it("is as good as the profile it was copied from", () => {
    expect(judge(opus).status).toBe("inside");
    expect(judge("global.anthropic.claude-opus-5-5").status).toBe("outside");
    const london =
      "arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.anthropic.claude-opus-5-5";
    expect(judge(london).status).toBe("undecidable");
  });

  it.each([
    { when: "of yesterday", date: "2026-11-20", status: "inside", why: undefined },
    { when: "of today", date: "2026-11-21", status: "inside", why: undefined },
    {
      when: "of tomorrow",
      date: "2026-11-22",
      status: "undecidable",
      why: "is dated 2026-11-22, after 2026-11-21",
    },
    { when: "without a date", date: "", status: "undecidable", why: "has no date" },
  ])("with a record $when is $status", ({ date, status, why }) => {
    const judged = judge(opus, date);
    expect(judged.status).toBe(status);
    if (why === undefined) return;
    expect(judged.reason).toBe(
      `the compliance file's record of ${arn} ${why}: it does not count; set its date in applicationProfiles to the day of the look-up`,
    );
  });

  it("of another region than the request is undecidable, of another partition outside", () => {
    const dublin = "arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/abc";
    expect(judge(opus, "2026-11-21", dublin)).toMatchObject({
      status: "undecidable",
      reason: 'the profile ARN is of region "eu-west-1", but requests are sent to eu-central-1',
    });
    const gov =
      "arn:aws-us-gov:bedrock:eu-central-1:111122223333:application-inference-profile/abc";
    expect(judge(opus, "2026-11-21", gov)).toMatchObject({
      status: "outside",
      reason: "the profile ARN is of partition aws-us-gov; zone eu is served by aws",
    });
  });
});
