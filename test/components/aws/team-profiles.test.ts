import { describe, expect, it } from "vitest";

import { TeamProfiles, type TeamProfilesArgs } from "../../../components/aws/team-profiles.ts";
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
