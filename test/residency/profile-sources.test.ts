import { describe, expect, it } from "vitest";
import { profileSourcesOf, recordOn } from "../../residency/profile-sources.ts";

const arn = "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/a1b2c3";
const source = "eu.anthropic.claude-opus-5-5";
const entry = { arn, source, date: "2026-11-20", reason: "looked up" };
const sourceArn = (region: string, account: string, partition = "aws") =>
  `arn:${partition}:bedrock:${region}:${account}:inference-profile/${source}`;

describe("profileSourcesOf", () => {
  it("keeps source and date of each ARN", () => {
    expect(profileSourcesOf([entry])).toEqual({
      profileSources: { [arn]: { source, date: "2026-11-20" } },
      problems: [],
    });
    expect(profileSourcesOf([])).toEqual({ profileSources: {}, problems: [] });
  });

  it.each([
    ["an id", source],
    [
      "the ARN of a profile of the same account and region",
      sourceArn("eu-central-1", "111122223333"),
    ],
    [
      "the ARN of a model in the region",
      "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-opus-5-5",
    ],
    ["a profile outside every zone, which the verdict refuses", "global.anthropic.claude-opus-5-5"],
  ])("accepts %s as a source", (_what, given) => {
    expect(profileSourcesOf([{ ...entry, source: given }]).problems).toEqual([]);
  });

  const noArn = "is not the ARN of an application inference profile";
  it.each([
    { when: "an empty ARN", change: { arn: "" }, problems: [["arn", `"" ${noArn}`]] },
    {
      when: "the ARN of a plain profile",
      change: { arn: sourceArn("eu-central-1", "111122223333") },
      problems: [["arn", `"${sourceArn("eu-central-1", "111122223333")}" ${noArn}`]],
    },
    {
      when: "a pattern",
      change: { arn: "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/*" },
      problems: [
        [
          "arn",
          `"arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/*" ${noArn}`,
        ],
      ],
    },
    {
      when: "a partition that does not hold the region",
      change: {
        arn: "arn:aws-us-gov:bedrock:eu-central-1:111122223333:application-inference-profile/a1",
      },
      problems: [
        ["arn", "is of partition aws-us-gov, but eu-central-1 is in aws: look it up again"],
      ],
    },
    {
      when: "an empty source",
      change: { source: "" },
      problems: [
        ["source", '"" is no profile id or ARN of what an application profile can be copied from'],
      ],
    },
    {
      when: "a source that is an application profile itself",
      change: { source: arn },
      problems: [
        [
          "source",
          `"${arn}" is no profile id or ARN of what an application profile can be copied from`,
        ],
      ],
    },
    {
      when: "a source of another region",
      change: { source: sourceArn("eu-west-1", "111122223333") },
      problems: [
        [
          "source",
          "is of region eu-west-1, but the application profile is of eu-central-1: look it up again",
        ],
      ],
    },
    {
      when: "a model of another region",
      change: {
        source: "arn:aws:bedrock:eu-west-3::foundation-model/anthropic.claude-opus-5-5",
      },
      problems: [
        [
          "source",
          "is of region eu-west-3, but the application profile is of eu-central-1: look it up again",
        ],
      ],
    },
    {
      when: "a source of another account and partition, both named",
      change: { source: sourceArn("eu-central-1", "444455556666", "aws-us-gov") },
      problems: [
        [
          "source",
          "is of partition aws-us-gov, but the application profile is of aws: look it up again",
        ],
        [
          "source",
          "is of account 444455556666, but the application profile is of 111122223333: look it up again",
        ],
      ],
    },
  ])("refuses $when", ({ change, problems }) => {
    expect(profileSourcesOf([{ ...entry, ...change }]).problems).toEqual(
      problems.map(([path, reason]) => ({ path: `applicationProfiles.0.${path}`, reason })),
    );
  });

  it("refuses a second record of the same profile", () => {
    const again = { ...entry, source: "eu.anthropic.claude-sonnet-5-5" };
    expect(profileSourcesOf([entry, again]).problems).toEqual([
      {
        path: "applicationProfiles.1.arn",
        reason: "applicationProfiles.0 names this profile already",
      },
    ]);
  });
});

describe("recordOn", () => {
  const today = "2026-11-21";
  const records = (date: string) => ({ [arn]: { source, date } });
  const fix = "it does not count; set its date in applicationProfiles to the day of the look-up";

  it.each(["2020-01-01", "2026-11-20", "2026-11-21"])("counts a record of %s today", (date) => {
    expect(recordOn(records(date), arn, today)).toEqual({ record: { source, date } });
  });

  it.each(["2026-11-22", "2027-01-01", "9999-12-31"])("does not count one of %s", (date) => {
    expect(recordOn(records(date), arn, today)).toEqual({
      problem: "does-not-count",
      reason: `the compliance file's record of ${arn} is dated ${date}, after 2026-11-21: ${fix}`,
    });
  });

  it.each(["", "21.11.2026", "0", undefined])("does not count one dated %j", (date) => {
    expect(recordOn(records(date as string), arn, today)).toEqual({
      problem: "does-not-count",
      reason: `the compliance file's record of ${arn} has no date: ${fix}`,
    });
  });

  it("counts nothing on a day that is not known", () => {
    expect(recordOn(records("2026-11-20"), arn, "")).toMatchObject({ problem: "does-not-count" });
  });

  it.each([
    ["there are no records", undefined, arn],
    ["no record is of this profile", {}, arn],
    [
      "only another account has it",
      records("2026-11-20"),
      arn.replace("111122223333", "444455556666"),
    ],
    ["only another region has it", records("2026-11-20"), arn.replace("eu-central-1", "eu-west-1")],
    ["the name is one every object has", records("2026-11-20"), "constructor"],
  ])("says so when %s", (_when, given, asked) => {
    expect(recordOn(given, asked, today)).toEqual({
      problem: "absent",
      reason: `${asked} does not say which profile it was copied from`,
    });
  });
});
