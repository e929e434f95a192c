import { describe, expect, test } from "vitest";

import { renderProfileSet } from "../../profiles/profile-set.ts";
import { bedrockRoute } from "../support/bedrock-route.ts";
import { example } from "./support/examples.ts";

function refusal(outputs: unknown, stack?: string): string {
  try {
    renderProfileSet(outputs, stack);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("was not refused");
}

function file(name: "eu" | "us" | "jp", path: string): Record<string, unknown> {
  const found = renderProfileSet(example(name)).files.find((f) => f.path === path);
  return JSON.parse(found!.bytes.toString("utf8"));
}

describe("renderProfileSet", () => {
  test("writes the four in-app sign-in keys for Identity Center and no other credential", () => {
    const settings = file("us", "us/virginia/managed-settings.json");
    const credential = Object.entries(settings).filter(([key]) =>
      /Credential|Sso|Profile|Bearer|BaseUrl/.test(key),
    );
    expect(Object.fromEntries(credential)).toEqual({
      inferenceCredentialKind: "interactive",
      inferenceBedrockSsoStartUrl: "https://example.awsapps.com/start",
      inferenceBedrockSsoRegion: "us-east-1",
      inferenceBedrockSsoAccountId: "222233334444",
      inferenceBedrockSsoRoleName: "CoworkUs",
    });
  });

  test("gives a bootstrap response both helper paths, because any platform reads it", () => {
    const settings = file("eu", "eu/frankfurt/bootstrap.json");
    expect(settings.inferenceCredentialHelper).toBe("/usr/local/bin/cowork-credential");
    expect(settings.inferenceCredentialHelperWindows).toBe(
      "C:\\Program Files\\Cowork\\cowork-credential.exe",
    );
  });

  test("keeps identifiers and changes UUIDs when only the content changes", () => {
    const changed = example("eu");
    changed.routes[0]!.models.reverse();
    const [before, after] = [example("eu"), changed].map((outputs) =>
      renderProfileSet(outputs)
        .files.find(({ channel }) => channel === "mobileconfig")!
        .bytes.toString("utf8"),
    );
    const names = (text: string, key: string) =>
      [...text.matchAll(new RegExp(`<key>${key}</key>\\s*<string>([^<]*)</string>`, "g"))].map(
        ([, value]) => value,
      );
    expect(names(after!, "PayloadIdentifier")).toEqual(names(before!, "PayloadIdentifier"));
    const [old, fresh] = [names(before!, "PayloadUUID"), names(after!, "PayloadUUID")];
    expect(new Set([...old, ...fresh]).size).toBe(4);
  });

  test("refuses a destination outside the zone and one the catalogue contradicts", () => {
    const outputs = example("eu");
    bedrockRoute(outputs).models[0]!.destinations = ["eu-central-1", "eu-west-2"];
    expect(refusal(outputs)).toBe(
      [
        "profiles: refused",
        "  routes[0].models[0].destinations[1]: eu-west-2 is in GB, outside the zone",
        "  routes[0].models[0].destinations: the catalogue says eu.anthropic.claude-opus-5-5 from eu-central-1 may be processed in eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3",
      ].join("\n"),
    );
  });

  test("refuses logs whose key or trail lies outside the zone", () => {
    const outputs = example("eu");
    const { logs } = bedrockRoute(outputs);
    logs.kmsKeyArn = logs.kmsKeyArn.replace("eu-central-1", "us-east-1");
    logs.trailArn = logs.trailArn.replace("eu-central-1", "");
    expect(refusal(outputs)).toBe(
      [
        "profiles: refused",
        "  routes[0].logs.trailArn: no dated source says which country  is in",
        "  routes[0].logs.kmsKeyArn: us-east-1 is in US, outside the zone",
      ].join("\n"),
    );
  });

  test("refuses a global profile", () => {
    const outputs = example("us");
    outputs.routes[0]!.models[0]!.id = "global.anthropic.claude-sonnet-5-5";
    expect(refusal(outputs)).toBe(
      "profiles: refused\n  routes[0].models[0].id: global.anthropic.claude-sonnet-5-5 may be processed in any commercial region",
    );
  });

  test.each([
    ["a line break", "Opus\n5", "U+000A"],
    ["a null", "Opus\u0000", "U+0000"],
    ["a Unicode line separator", "Opus\u2028", "U+2028"],
    ["a noncharacter XML forbids", "Opus\ufffe", "U+FFFE"],
    ["the first noncharacter", "Opus\ufdd0", "U+FDD0"],
    ["the last noncharacter", "Opus\u{10ffff}", "U+10FFFF"],
  ])("refuses a label with %s in every channel", (_what, label, shown) => {
    const outputs = example("us");
    outputs.routes[0]!.models[0]!.label = label;
    const lines = ["bootstrap", "linux", "mobileconfig", "reg"].map(
      (channel) =>
        `  virginia (${channel}) inferenceModels[0].labelOverride: holds the character ${shown}; write plain text`,
    );
    expect(refusal(outputs)).toBe(["profiles: refused", ...lines].join("\n"));
  });

  test("refuses half of a surrogate pair", () => {
    const outputs = example("us");
    outputs.organization.name = "Example \ud83d";
    expect(refusal(outputs)).toBe(
      "profiles: refused\n  organization.name: holds half of a surrogate pair, which no file format can carry",
    );
  });

  test.each(["..", "", "a/b", ".hidden", "a\\b"])("refuses %j as a folder", (stack) => {
    expect(refusal(example("us"), stack)).toBe(
      `profiles: refused\n  stack ${JSON.stringify(stack)}: must be letters, digits, dots, dashes and underscores, starting with no dot or dash`,
    );
  });
});
