import { describe, expect, test } from "vitest";
import { stackOutputs } from "../../contract/outputs.ts";
import { renderProfileSet } from "../../profiles/profile-set.ts";
import { bedrockRoute } from "../support/bedrock-route.ts";
import { openHouse } from "./house.ts";

const asked = "      reach: { kind: vpce-name }\n";
const arnForm =
  /^arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile\/[a-z0-9]+$/;

function recorded(entries: readonly { arn: string; source: string; date?: string }[]): string {
  const lines = entries.map(
    ({ arn, source, date = "2026-11-20" }) =>
      `  - { arn: "${arn}", source: ${source}, date: ${date}, reason: looked up }\n`,
  );
  return `stacks: { eu: eu }\napplicationProfiles:\n${lines.join("")}`;
}

describe("application profiles of teams", () => {
  test("are created first, recorded by compliance, then granted by exactly their ARNs; a forged record is refused", async () => {
    const house = await openHouse();
    house.firstRouteOnly("eu");
    house.edit("stacks/Pulumi.eu.yaml", (text) =>
      text.replace(asked, `${asked}      applicationProfiles: { teams: [finance] }\n`),
    );
    const first = await house.run("eu", "up");
    expect(first.problems).toEqual([]);
    expect(first.policyMessages).toEqual([]);
    const before = bedrockRoute(stackOutputs.parse(first.outputs.landingZone));
    expect(before.models.map(({ id }) => id)).toEqual([
      "eu.anthropic.claude-opus-5-5",
      "eu.anthropic.claude-sonnet-5-5",
    ]);
    const created = before.applicationProfiles!;
    expect(created.map(({ team, sourceProfileId }) => [team, sourceProfileId])).toEqual([
      ["finance", "eu.anthropic.claude-opus-5-5"],
      ["finance", "eu.anthropic.claude-sonnet-5-5"],
    ]);
    for (const { arn } of created) expect(arn).toMatch(arnForm);
    const entries = created.map(({ arn, sourceProfileId }) => ({ arn, source: sourceProfileId }));

    house.edit("stacks/Pulumi.eu.yaml", (text) =>
      text.replace("teams: [finance] }", "teams: [finance], grant: true }"),
    );
    const unrecorded = await house.run("eu", "up");
    expect(unrecorded.problems.join("\n")).toContain(
      "routes.0.applicationProfiles.grant: the compliance file records no application profile of account 111122223333 in eu-central-1; run up without grant first, then have compliance record the ARNs",
    );

    // Every other way to be wrong is in the tests of recordedProfile.
    const forged = [{ ...entries[0]!, source: "us.anthropic.claude-opus-5-5" }, entries[1]!];
    house.edit("compliance/zones.yaml", () => recorded(forged));
    const refused = await house.run("eu", "up");
    expect(refused.problems.join("\n")).toContain(
      `${created[0]!.arn} is copied from eu.anthropic.claude-opus-5-5, but the compliance file records "us.anthropic.claude-opus-5-5": correct applicationProfiles there`,
    );

    const ofTomorrow = entries.map((entry) => ({ ...entry, date: "9999-12-31" }));
    house.edit("compliance/zones.yaml", () => recorded(ofTomorrow));
    const early = await house.run("eu", "up");
    expect(early.problems.join("\n")).toMatch(
      new RegExp(
        `routes\\.0\\.applicationProfiles\\.grant: the compliance file's record of ${entries[0]!.arn} is dated 9999-12-31, after \\d{4}-\\d{2}-\\d{2}: it does not count; set its date in applicationProfiles to the day of the look-up`,
      ),
    );

    house.edit("compliance/zones.yaml", () => recorded(entries));
    // The profiles exist, so a preview knows their ARNs: nothing is left "not proven, decided at up".
    const preview = await house.run("eu", "preview");
    expect(preview.problems).toEqual([]);
    expect(preview.policyMessages).toEqual([]);
    const granted = await house.run("eu", "up");
    expect(granted.problems).toEqual([]);
    expect(granted.policyMessages).toEqual([]);
    expect(granted.changes).toEqual(preview.changes);
    const outputs = stackOutputs.parse(granted.outputs.landingZone);
    expect(
      bedrockRoute(outputs).models.map(({ id, sourceProfileId }) => [id, sourceProfileId]),
    ).toEqual(entries.map(({ arn, source }) => [arn, source]));
    expect(renderProfileSet(outputs).files.length).toBeGreaterThan(0);

    const again = await house.run("eu", "up");
    expect(again.problems).toEqual([]);
    expect(Object.keys(again.changes)).toEqual(["same"]);
  });
});
