import { expect, test } from "vitest";

import { lintSettings } from "../../profiles/lint.ts";
import type { Settings } from "../../profiles/setting-value.ts";

const good: Settings = {
  inferenceProvider: "bedrock",
  inferenceCredentialKind: "vendor-profile",
  inferenceBedrockProfile: "cowork",
  inferenceBedrockRegion: "eu-central-1",
  inferenceModels: ["eu.anthropic.claude-opus-5-5"],
};

function problemsWith(extra: Settings): string[] {
  return lintSettings({ ...good, ...extra }).map(({ path, reason }) => `${path}: ${reason}`);
}

test("a complete set of settings has no problem", () => {
  expect(lintSettings(good)).toEqual([]);
});

test.each<[string, Settings, string]>([
  [
    "an unknown key",
    { autoModeEnable: true },
    'autoModeEnable: not a key of the list of 2026-11-20; did you mean "autoModeEnabled"?',
  ],
  [
    "a retired key",
    { isDxtEnabled: true },
    'isDxtEnabled: retired: Renamed to isDesktopExtensionEnabled; after 2026-10-07 its presence disables extensions; write "isDesktopExtensionEnabled" instead',
  ],
  [
    "a key of the standard mode",
    { forceLoginOrgUUID: "x" },
    "forceLoginOrgUUID: has no effect in third-party mode",
  ],
  [
    "a key of the admin console",
    { disableLocalConfigCache: true },
    "disableLocalConfigCache: is read from Anthropic's admin console only",
  ],
  [
    "a text where a boolean belongs",
    { autoModeEnabled: "false" },
    'autoModeEnabled: must be true or false, not "false"',
  ],
  [
    "a fraction where a whole number belongs",
    { autoUpdaterEnforcementHours: 1.5 },
    "autoUpdaterEnforcementHours: must be a whole number, not 1.5",
  ],
  [
    "a number above its range",
    { autoUpdaterEnforcementHours: 73 },
    "autoUpdaterEnforcementHours: 73 is above 72",
  ],
  [
    "a value outside its list",
    { otlpDesktopLogLevel: "Error" },
    'otlpDesktopLogLevel: must be one of off, error, warn, info, debug, not "Error"',
  ],
  [
    "a name that is too long",
    { deploymentDisplayName: "x".repeat(61) },
    "deploymentDisplayName: has 61 characters; at most 60 are accepted",
  ],
  [
    "a key of another provider",
    { inferenceVertexRegion: "global" },
    "inferenceVertexRegion: is ignored with bedrock; it belongs to vertex",
  ],
  [
    "a second credential",
    { inferenceCredentialHelper: "/usr/bin/x" },
    'inferenceCredentialHelper: belongs to kind "helper-script", but the kind is "vendor-profile"',
  ],
  [
    "a base URL with a path",
    { inferenceBedrockBaseUrl: "https://a.example.com/x" },
    "inferenceBedrockBaseUrl: must be an origin without a path: https://a.example.com",
  ],
  [
    "a collector URL of one signal",
    { otlpEndpoint: "https://a.example.com/v1/logs" },
    "otlpEndpoint: must be the collector's base URL, without /v1/...",
  ],
  [
    "an address with a credential",
    { otlpEndpoint: "https://u:p@a.example.com" },
    "otlpEndpoint: holds a credential; it would be rejected",
  ],
  [
    "half of a pair",
    { inferenceTokenWindowHours: 24 },
    "inferenceTokenWindowHours: has no effect without inferenceMaxTokensPerWindow",
  ],
])("reports %s", (_what, extra, problem) => {
  expect(problemsWith(extra)).toEqual([problem]);
});

test.each<[string, string[]]>([
  ["inferenceProvider", ["inferenceProvider: missing: the application would not start in 3P"]],
  [
    "inferenceCredentialKind",
    ["inferenceCredentialKind: missing: without it the application guesses its credential"],
  ],
  ["inferenceBedrockRegion", ["inferenceBedrockRegion: missing: required for bedrock"]],
  [
    "inferenceBedrockProfile",
    ['inferenceBedrockProfile: missing: required for kind "vendor-profile"'],
  ],
  ["inferenceModels", ['inferenceModels: missing: required for kind "vendor-profile"']],
])("reports a missing %s", (key, problems) => {
  const { [key]: _gone, ...rest } = good;
  expect(lintSettings(rest).map((p) => `${p.path}: ${p.reason}`)).toEqual(problems);
});
