import type { RouteOutputs, StackOutputs } from "../contract/outputs.ts";
import { anthropicSettings } from "./anthropic-settings.ts";
import { bedrockSettings } from "./bedrock-settings.ts";
import { foundrySettings } from "./foundry-settings.ts";
import { gatewaySettings } from "./gateway-settings.ts";
import { mantleSettings } from "./mantle-settings.ts";
import type { Platform } from "./platform.ts";
import { residencyDefaults } from "./residency-defaults.ts";
import { standard } from "./security/standard.ts";
import {
  type ReasonedSetting,
  type Settings,
  type SettingValue,
  sortedSettings,
} from "./setting-value.ts";
import { vertexSettings } from "./vertex-settings.ts";

const securityProfiles: Readonly<
  Record<StackOutputs["profiles"]["security"], readonly ReasonedSetting[]>
> = { standard };

/**
 * Everything Claude Desktop has to be told to use one route, sorted by key.
 * Pure: the same outputs, route and platform give the same settings.
 */
export function settingsOf(
  outputs: StackOutputs,
  route: RouteOutputs,
  platform: Platform,
): Settings {
  const reasoned = [...residencyDefaults, ...securityProfiles[outputs.profiles.security]];
  const entries: [string, SettingValue][] = [
    ...reasoned.map(({ key, value }): [string, SettingValue] => [key, value]),
    ["deploymentOrganizationUuid", outputs.organization.uuid],
    ...providerSettings(route, platform),
    ...telemetry(outputs.profiles.telemetry),
  ];
  return sortedSettings(entries);
}

function providerSettings(route: RouteOutputs, platform: Platform): [string, SettingValue][] {
  switch (route.provider) {
    case "bedrock":
      return bedrockSettings(route, platform);
    case "mantle":
      return mantleSettings(route, platform);
    case "vertex":
      return vertexSettings(route, platform);
    case "foundry":
      return foundrySettings(route, platform);
    case "gateway":
      return gatewaySettings(route, platform);
    case "anthropic":
      return anthropicSettings(route, platform);
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
