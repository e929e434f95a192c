import type { BedrockDesktop, BedrockRouteOutputs } from "../contract/bedrock-route.ts";
import { helperScriptSettings } from "./helper-script.ts";
import type { Platform } from "./platform.ts";
import type { SettingValue } from "./setting-value.ts";

/** What the desktop is told about a Bedrock route: where, which models, which credential. */
export function bedrockSettings(
  route: BedrockRouteOutputs,
  platform: Platform,
): [string, SettingValue][] {
  return [...connection(route), ...credential(route.desktop, platform)];
}

function connection(route: BedrockRouteOutputs): [string, SettingValue][] {
  const entries: [string, SettingValue][] = [
    ["inferenceProvider", "bedrock"],
    ["inferenceBedrockRegion", route.region],
    ["inferenceModels", route.models.map(({ id, label }) => ({ name: id, labelOverride: label }))],
  ];
  if (route.baseUrl !== undefined) entries.push(["inferenceBedrockBaseUrl", route.baseUrl]);
  return entries;
}

/** The kind is always written: without it the application guesses from the fields it finds. */
function credential(desktop: BedrockDesktop, platform: Platform): [string, SettingValue][] {
  const kind: [string, SettingValue] = ["inferenceCredentialKind", desktop.kind];
  switch (desktop.kind) {
    case "interactive":
      return [
        kind,
        ["inferenceBedrockSsoStartUrl", desktop.ssoStartUrl],
        ["inferenceBedrockSsoRegion", desktop.ssoRegion],
        ["inferenceBedrockSsoAccountId", desktop.ssoAccountId],
        ["inferenceBedrockSsoRoleName", desktop.ssoRoleName],
      ];
    case "vendor-profile":
      return [kind, ["inferenceBedrockProfile", desktop.awsProfile]];
    case "helper-script":
      return [kind, ...helperScriptSettings(desktop, platform)];
  }
}
