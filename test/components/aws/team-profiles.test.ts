import { RunError } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import {
  recordedProfile,
  TeamProfiles,
  type TeamProfilesArgs,
} from "../../../components/aws/team-profiles.ts";
import { deploy, refusal, resolved } from "../../support/deploy.ts";
import { inventoryOf, notIn } from "../../support/inventory.ts";
import { frankfurt, label } from "./places.ts";

const args: TeamProfilesArgs = {
  place: frankfurt,
  label,
  teams: ["payments", "search"],
  profileIds: ["eu.anthropic.claude-opus-5-5"],
  today: "2026-11-21",
};
const build = (changes: Partial<TeamProfilesArgs> = {}) =>
  deploy(() => new TeamProfiles("fra", { ...args, ...changes }));

describe("TeamProfiles", () => {
  it("copies each profile once a team, in the route's region, tagged with the team", async () => {
    const { resources, result } = await build();
    const profile = (team: string) => ({
      region: "eu-central-1",
      name: `example-eu-frankfurt-${team}-claude-opus-5-5`,
      description: `eu.anthropic.claude-opus-5-5 for team ${team}`,
      modelSource: {
        copyFrom:
          "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-opus-5-5",
      },
      tags: { team },
    });
    const type = "aws:bedrock/inferenceProfile:InferenceProfile";
    expect(inventoryOf(resources).values).toMatchObject({
      [`${type}::fra-payments-claude-opus-5-5`]: profile("payments"),
      [`${type}::fra-search-claude-opus-5-5`]: profile("search"),
    });
    expect(notIn("eu-central-1", resources)).toEqual([]);
    expect(result.profiles.map(({ team, sourceProfileId }) => [team, sourceProfileId])).toEqual([
      ["payments", "eu.anthropic.claude-opus-5-5"],
      ["search", "eu.anthropic.claude-opus-5-5"],
    ]);
    expect(await resolved(result.profiles[0]!.arn)).toBe(
      `arn:test:${type}:fra-payments-claude-opus-5-5`,
    );
  });

  it.each([
    "global.anthropic.claude-opus-5-5",
    "us.anthropic.claude-opus-5-5",
    "jp.anthropic.claude-opus-5-5",
    "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/abc",
    "",
  ])('copies nothing from "%s"', async (profileId) => {
    const message = await refusal(build({ profileIds: [profileId] }));
    expect(message).toMatch(/^fra: invalid arguments\n {2}profileIds: (outside|undecidable): /);
  });

  it("names empty, repeated and misspelt teams and names that are too long", async () => {
    expect(await refusal(build({ teams: [] }))).toBe(
      "fra: invalid arguments\n  teams: empty; name at least one",
    );
    expect(await refusal(build({ teams: ["a", "a"] }))).toBe(
      "fra: invalid arguments\n  teams: [a, a] names one twice",
    );
    expect(await refusal(build({ teams: ["Team A"] }))).toBe(
      'fra: invalid arguments\n  teams: "Team A" may hold lower-case letters, digits and single hyphens between them',
    );
    const team = "a".repeat(28);
    expect(await refusal(build({ teams: [team] }))).toBe(
      `fra: invalid arguments\n  teams: "example-eu-frankfurt-${team}-claude-opus-5-5" has 65 characters; a profile name takes 64: shorten the team's or the route's name`,
    );
  });
});

describe("recordedProfile", () => {
  const source = "eu.anthropic.claude-opus-5-5";
  const arn = "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/abc";
  const ask = (given: string, record?: { source: string; date: string }) =>
    recordedProfile(frankfurt, given, source, record ? { [given]: record } : {}, "2026-11-21");

  it.each([
    ["its id", source],
    ["its ARN", `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${source}`],
  ])("names a profile whose record gives %s", (_what, recorded) => {
    const named = { id: arn, arn, sourceProfileId: source };
    expect(ask(arn, { source: recorded, date: "2026-11-20" })).toEqual(named);
    expect(ask(arn, { source: recorded, date: "2026-11-21" })).toEqual(named);
  });

  const copied = `${arn} is copied from ${source}, `;
  it.each([
    {
      when: "nobody recorded it",
      record: undefined,
      says: "and the compliance file does not record it: add it to applicationProfiles there, or set applicationProfiles.grant to false",
    },
    {
      when: "the record is of tomorrow",
      record: { source, date: "2026-11-22" },
      says: `but the compliance file's record of ${arn} is dated 2026-11-22, after 2026-11-21: it does not count; set its date in applicationProfiles to the day of the look-up`,
    },
    {
      when: "the record has no date",
      record: { source, date: "" },
      says: `but the compliance file's record of ${arn} has no date: it does not count; set its date in applicationProfiles to the day of the look-up`,
    },
    ...[
      "eu.anthropic.claude-sonnet-5-5",
      "global.anthropic.claude-opus-5-5",
      `arn:aws:bedrock:eu-west-1:111122223333:inference-profile/${source}`,
      `arn:aws:bedrock:eu-central-1:444455556666:inference-profile/${source}`,
      "",
    ].map((other) => ({
      when: `the record says "${other}"`,
      record: { source: other, date: "2026-11-20" },
      says: `but the compliance file records "${other}": correct applicationProfiles there`,
    })),
  ])("stops the run when $when", ({ record, says }) => {
    expect(() => ask(arn, record)).toThrow(new RunError(`${copied}${says}`));
  });

  it("takes a record of its own ARN only", () => {
    const record = { [`${arn}0`]: { source, date: "2026-11-20" } };
    expect(() => recordedProfile(frankfurt, arn, source, record, "2026-11-21")).toThrow(
      "the compliance file does not record it",
    );
  });

  it.each([
    ["region", arn.replace("eu-central-1", "eu-west-1")],
    ["account", arn.replace("111122223333", "444455556666")],
    ["partition", arn.replace("arn:aws:", "arn:aws-us-gov:")],
    ["kind", arn.replace("application-", "")],
    ["text", ""],
  ])("refuses an ARN of another %s than the route's, recorded or not", (_what, given) => {
    const why = `${given} is copied from ${source}, but it is not below arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/: check the credentials and the region of this run`;
    for (const record of [undefined, { source, date: "2026-11-20" }]) {
      expect(() => ask(given, record)).toThrow(new RunError(why));
    }
  });
});
