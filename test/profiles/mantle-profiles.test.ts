import { describe, expect, test } from "vitest";

import type { MantleRouteOutputs } from "../../contract/mantle-route.ts";
import type { StackOutputs } from "../../contract/outputs.ts";
import { lintSettings } from "../../profiles/lint.ts";
import { minimumAppVersion } from "../../profiles/minimum-version.ts";
import { placementProblems } from "../../profiles/placement.ts";
import { settingsOf } from "../../profiles/settings.ts";
import { example } from "./support/examples.ts";

function stockholm(): MantleRouteOutputs {
  const [route] = example("eu-mantle").routes;
  if (route?.provider !== "mantle") throw new Error("no mantle route");
  return route;
}

function problems(change: Partial<MantleRouteOutputs>, zone: Partial<StackOutputs["zone"]> = {}) {
  const outputs = example("eu-mantle");
  return placementProblems(
    { ...outputs, zone: { ...outputs.zone, ...zone } },
    { ...stockholm(), ...change },
    "at",
  ).map(({ path, reason }) => `${path}: ${reason}`);
}

describe("what an in-region route's outputs claim", () => {
  test("holds in the region that serves the models", () => {
    expect(problems({})).toEqual([]);
  });

  test("is refused outside the zone, in a region no source knows and in one that serves nothing", () => {
    const at = (region: string) => ({
      region,
      baseUrl: `https://bedrock-mantle.${region}.api.aws/anthropic`,
    });
    expect(problems(at("us-east-1"))).toEqual(["at.region: us-east-1 is in US, outside the zone"]);
    expect(problems(at("eu-nowhere-9"))[0]).toBe(
      "at.region: no dated source says which country eu-nowhere-9 is in",
    );
    expect(problems(at("eu-central-1"))).toEqual([
      "at.models[0].id: the catalogue has no row for anthropic.claude-opus-5 in eu-central-1 itself",
      "at.models[1].id: the catalogue has no row for anthropic.claude-sonnet-5 in eu-central-1 itself",
    ]);
  });

  test("is refused with another region's address, or another partition", () => {
    const baseUrl = "https://bedrock-mantle.us-east-1.api.aws/anthropic";
    expect(problems({ baseUrl })).toEqual([
      `at.baseUrl: "${baseUrl}"; write https://bedrock-mantle.eu-north-1.api.aws/anthropic`,
    ]);
    expect(problems({ partition: "aws-us-gov" })).toEqual([
      'at.partition: "aws-us-gov", but eu-north-1 or zone eu is of another partition',
    ]);
  });
});

describe("an in-region route's settings", () => {
  const settings = settingsOf(example("eu-mantle"), stockholm(), "macos");

  test("name the provider, the full address and a helper", () => {
    expect(settings).toMatchObject({
      inferenceProvider: "mantle",
      inferenceBedrockRegion: "eu-north-1",
      inferenceBedrockBaseUrl: "https://bedrock-mantle.eu-north-1.api.aws/anthropic",
      inferenceCredentialKind: "helper-script",
      inferenceCredentialHelper: "/opt/cowork/bin/credential-helper",
    });
    expect(lintSettings(settings)).toEqual([]);
  });

  test("are refused with an address that lacks its path, and with a token beside the helper", () => {
    const origin = "https://bedrock-mantle.eu-north-1.api.aws";
    expect(lintSettings({ ...settings, inferenceBedrockBaseUrl: origin })).toEqual([
      { path: "inferenceBedrockBaseUrl", reason: `must be the full base URL: ${origin}/anthropic` },
    ]);
    expect(lintSettings({ ...settings, inferenceBedrockBearerToken: "t" })).toEqual([
      {
        path: "inferenceBedrockBearerToken",
        reason: 'belongs to kind "static", but the kind is "helper-script"',
      },
    ]);
  });

  test("need the release that has the provider", () => {
    expect(minimumAppVersion({ inferenceProvider: "mantle" })).toBe("1.13576.0");
  });
});
