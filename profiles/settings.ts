import type { BedrockRouteOutputs, DesktopCredential, StackOutputs } from "../contract/outputs.ts";
import { residencyDefaults } from "./residency-defaults.ts";
import { standard } from "./security/standard.ts";
import {
  type ReasonedSetting,
  type Settings,
  type SettingValue,
  sortedSettings,
} from "./setting-value.ts";

/** Which laptops a file is for; `any` when one file serves all of them. */
export type Platform = "macos" | "windows" | "linux" | "any";

const securityProfiles: Readonly<
  Record<StackOutputs["profiles"]["security"], readonly ReasonedSetting[]>
> = { standard };

/**
 * Everything Claude Desktop has to be told to use one route, sorted by key.
 * Pure: the same outputs, route and platform give the same settings.
 */
export function settingsOf(
  outputs: StackOutputs,
  route: BedrockRouteOutputs,
  platform: Platform,
): Settings {
  const reasoned = [...residencyDefaults, ...securityProfiles[outputs.profiles.security]];
  const entries: [string, SettingValue][] = [
    ...reasoned.map(({ key, value }): [string, SettingValue] => [key, value]),
    ["deploymentOrganizationUuid", outputs.organization.uuid],
    ...connection(route),
    ...credential(route.desktop, platform),
    ...telemetry(outputs.profiles.telemetry),
  ];
  return sortedSettings(entries);
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
function credential(desktop: DesktopCredential, platform: Platform): [string, SettingValue][] {
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
    case "helper-script": {
      // Releases before 2.2553.0 run `inferenceCredentialHelper` on Windows too, so a file that only
      // Windows reads carries the Windows path there.
      const path = platform === "windows" ? desktop.windowsPath : desktop.path;
      const entries: [string, SettingValue][] = [
        kind,
        ["inferenceCredentialHelper", path],
        ["inferenceCredentialHelperTtlSec", desktop.ttlSeconds],
      ];
      if (platform === "any") {
        entries.push(["inferenceCredentialHelperWindows", desktop.windowsPath]);
      }
      return entries;
    }
  }
}

/** Content capture is written as "nothing" even without a collector, so that no older value survives. */
function telemetry(given: StackOutputs["profiles"]["telemetry"]): [string, SettingValue][] {
  const capture: [string, SettingValue] = ["otlpContentCapture", []];
  if (given === undefined) return [capture];
  return [
    capture,
    ["otlpEndpoint", given.otlpEndpoint],
    // gRPC is downgraded on Windows and behind proxies.
    ["otlpProtocol", "http/protobuf"],
  ];
}
