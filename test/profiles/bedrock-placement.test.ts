import { describe, expect, test } from "vitest";
import type { StackOutputs } from "../../contract/outputs.ts";
import { placementProblems } from "../../profiles/placement.ts";
import { example } from "./support/examples.ts";

type BedrockRouteOutputs = Extract<StackOutputs["routes"][number], { provider: "bedrock" }>;

function problemsWith(
  route: Partial<BedrockRouteOutputs>,
  zone: Partial<StackOutputs["zone"]> = {},
): string[] {
  const outputs = example("eu");
  Object.assign(outputs.zone, zone);
  const changed = { ...(outputs.routes[0] as BedrockRouteOutputs), ...route };
  return placementProblems(outputs, changed, "at").map(({ path, reason }) => `${path}: ${reason}`);
}

describe("the address prompts are sent to", () => {
  test.each([
    undefined,
    "https://bedrock-runtime.eu-central-1.amazonaws.com",
    "https://bedrock-runtime-fips.eu-central-1.amazonaws.com",
    "https://vpce-0123456789abcdef0-abcdefgh.bedrock-runtime.eu-central-1.vpce.amazonaws.com",
    "https://vpce-0123456789abcdef0-abcdefgh.bedrock-runtime-fips.eu-central-1.vpce.amazonaws.com",
  ])("may be %s", (baseUrl) => {
    expect(problemsWith({ baseUrl })).toEqual([]);
  });

  test.each([
    "https://evil.example.com",
    "https://bedrock-runtime.us-east-1.amazonaws.com",
    "https://vpce-0123456789abcdef0-abcdefgh.bedrock-runtime.us-east-1.vpce.amazonaws.com",
    "https://vpce-0123456789abcdef0-abcdefgh.bedrock-runtime.eu-central-1.amazonaws.com",
    "https://bedrock-runtime.eu-central-1.amazonaws.com.example.com",
    "https://bedrock-mantle.eu-central-1.api.aws",
    "https://example.com.bedrock-runtime.eu-central-1.amazonaws.com",
  ])("is refused as %s", (baseUrl) => {
    expect(problemsWith({ baseUrl })).toEqual([
      `at.baseUrl: "${baseUrl}" is not Bedrock in eu-central-1; write https://bedrock-runtime.eu-central-1.amazonaws.com or the name of the endpoint there`,
    ]);
  });
});

describe("what outputs claim of a zone the kit ships", () => {
  test("may be fewer countries", () => {
    const model = {
      id: "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-opus-5-5",
      modelId: "anthropic.claude-opus-5-5",
      label: "Claude Opus 5.5",
      destinations: ["eu-central-1"],
    };
    expect(problemsWith({ models: [model] }, { countries: ["DE"] })).toEqual([]);
  });

  test("may not be more", () => {
    const countries = ["DE", "ES", "FR", "IE", "IT", "SE", "US", "GB"];
    expect(problemsWith({}, { countries })).toEqual(["zone.countries: US, GB is not in zone eu"]);
    expect(problemsWith({}, { id: "pilot", countries })).toEqual([]);
  });
});

test("a retired model is not handed to laptops, although the catalogue still has its rows", () => {
  const model = {
    id: "eu.anthropic.claude-sonnet-4-20250514-v1:0",
    modelId: "anthropic.claude-sonnet-4-20250514-v1:0",
    label: "Claude Sonnet 4",
    destinations: [
      "eu-central-1",
      "eu-north-1",
      "eu-south-1",
      "eu-south-2",
      "eu-west-1",
      "eu-west-3",
    ],
  };
  expect(problemsWith({ models: [model] })).toContain(
    "at.models[0].id: Claude Sonnet 4 is retired",
  );
});
