import { describe, expect, test } from "vitest";

import { verdict } from "../../residency/verdict.ts";
import { builtInZones } from "../../residency/zones.ts";

const today = "2026-11-21";

describe("when a provider has nothing inside the zone, another one is named", () => {
  test.each([
    [
      "jp",
      "eu",
      "claude-opus-5-5",
      "provider bedrock: jp.anthropic.claude-opus-5-5 from ap-northeast-1",
    ],
    [
      "au",
      "us",
      "claude-opus-5-5",
      "provider bedrock: au.anthropic.claude-opus-5-5 from ap-southeast-2",
    ],
    [
      "us-gov",
      "us",
      "claude-opus-5-5",
      "provider bedrock: us-gov.anthropic.claude-sonnet-5-5 from us-gov-east-1",
    ],
    ["eu", "us", "claude-opus-5-5", "claude-opus-5-5 at eu"],
  ])("Vertex in %s: %s with %s", (zone, region, model, alternative) => {
    const query = { zone: builtInZones[zone]!, provider: "vertex", region, model, today } as const;
    expect(verdict(query).alternative).toBe(alternative);
  });

  test.each([
    ["sg", "ap-southeast-1", "provider vertex: claude-sonnet-4-6 at asia-southeast1"],
    ["eu", "eu-west-2", "eu.anthropic.claude-opus-5-5 from eu-central-1"],
  ])("Bedrock in %s from %s", (zone, region, alternative) => {
    const model = "eu.anthropic.claude-opus-5-5";
    const query = { zone: builtInZones[zone]!, provider: "bedrock", region, model, today } as const;
    expect(verdict(query).alternative).toBe(alternative);
  });

  test("what is inside needs no alternative", () => {
    const zone = builtInZones.eu!;
    const query = {
      zone,
      provider: "vertex",
      region: "eu",
      model: "claude-opus-5-5",
      today,
    } as const;
    expect(verdict(query)).not.toHaveProperty("alternative");
  });
});
