import { describe, expect, test } from "vitest";

import { complianceProblems, type ProfilesJudging } from "../../profiles/compliance.ts";
import { renderProfileSet } from "../../profiles/profile-set.ts";
import { builtInZones } from "../../residency/zones.ts";
import { bedrockRoute } from "../support/bedrock-route.ts";
import { type ExampleName, example } from "./support/examples.ts";

function judgedBy(zone: string, change: Partial<ProfilesJudging> = {}): ProfilesJudging {
  return { zone: builtInZones[zone]!, today: "2026-11-21", profileSources: {}, ...change };
}

/** The example's outputs under the zone compliance owns: its own lists are shortened. */
function outputsOf(name: ExampleName, zone: string) {
  const outputs = example(name);
  outputs.zone.countries = [...builtInZones[zone]!.countries];
  return outputs;
}

describe("profiles judged by what compliance says today", () => {
  test.each([
    ["eu", "eu"],
    ["us", "us"],
    ["jp", "jp"],
    ["eu-google", "eu"],
    ["us-google", "us"],
    ["sg", "sg"],
  ] as const)("%s is inside zone %s", (name, zone) => {
    expect(complianceProblems(outputsOf(name, zone), judgedBy(zone))).toEqual([]);
  });

  test("outputs that claim a zone of their own are refused, whatever it holds", () => {
    const outputs = example("us");
    outputs.zone = { id: "mine", label: "Mine", countries: ["US"] };
    expect(() => renderProfileSet(outputs, "us", judgedBy("us"))).toThrow(
      'profiles: refused\n  zone: the outputs claim zone "mine" (US); compliance maps the stack to "us" (US)',
    );
  });

  test("outputs of a zone that was narrowed since are refused", () => {
    const eu = builtInZones.eu!;
    const zone = { ...eu, countries: eu.countries.filter((country) => country !== "MT") };
    const [problem] = complianceProblems(outputsOf("eu", "eu"), judgedBy("eu", { zone }));
    expect(problem?.path).toBe("zone");
  });

  test("weak evidence needs the acceptance of compliance here too", () => {
    const outputs = outputsOf("eu", "eu");
    const [model] = bedrockRoute(outputs).models;
    model!.id = "eu.anthropic.claude-haiku-5-5";
    const [problem] = complianceProblems(outputs, judgedBy("eu"));
    expect(problem?.path).toBe("routes[0].models[0]");
    expect(problem?.reason).toMatch(
      /^undecidable: eu\.anthropic\.claude-haiku-5-5 from eu-central-1 rests on weak evidence/,
    );
  });

  test("a model that may be retired since it was deployed reaches no laptop any more", () => {
    const later = judgedBy("sg", { today: "2027-03-01" });
    expect(complianceProblems(outputsOf("sg", "sg"), later)).toEqual([
      {
        path: "routes[0].models[0]",
        reason:
          "undecidable: claude-opus-4-6 may be retired since 2027-02-05; accept claude-opus-4-6 in the zone file by name with a date from 2026-11-20 to today",
      },
      {
        path: "routes[0].models[1]",
        reason:
          "undecidable: claude-sonnet-4-6 may be retired since 2027-02-17; accept claude-sonnet-4-6 in the zone file by name with a date from 2026-11-20 to today",
      },
    ]);
  });

  test("what would be inside instead is said as well", () => {
    const outputs = outputsOf("eu", "eu");
    bedrockRoute(outputs).models[0]!.id = "global.anthropic.claude-opus-5-5";
    expect(complianceProblems(outputs, judgedBy("eu"))).toEqual([
      {
        path: "routes[0].models[0]",
        reason: expect.stringMatching(
          /^outside: .*; use eu\.anthropic\.claude-opus-5-5 from eu-central-1$/,
        ),
      },
    ]);
  });

  test("an application profile needs its record", () => {
    const outputs = outputsOf("eu", "eu");
    const [model] = bedrockRoute(outputs).models;
    const arn =
      "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/a1b2c3d4e5f6";
    model!.id = arn;
    model!.sourceProfileId = "eu.anthropic.claude-opus-5-5";
    expect(complianceProblems(outputs, judgedBy("eu")).map(({ path }) => path)).toEqual([
      "routes[0].models[0]",
    ]);
    const profileSources = {
      [arn]: { source: "eu.anthropic.claude-opus-5-5", date: "2026-11-20" },
    };
    expect(complianceProblems(outputs, judgedBy("eu", { profileSources }))).toEqual([]);
  });
});
