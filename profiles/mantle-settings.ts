import type { MantleRouteOutputs } from "../contract/mantle-route.ts";
import { helperScriptSettings } from "./helper-script.ts";
import type { Platform } from "./platform.ts";
import type { SettingValue } from "./setting-value.ts";

/** What the desktop is told about an in-region route; a helper is the one credential besides a key. */
export function mantleSettings(
  route: MantleRouteOutputs,
  platform: Platform,
): [string, SettingValue][] {
  return [
    ["inferenceProvider", "mantle"],
    ["inferenceBedrockRegion", route.region],
    ["inferenceBedrockBaseUrl", route.baseUrl],
    ["inferenceModels", route.models.map(({ id, label }) => ({ name: id, labelOverride: label }))],
    ["inferenceCredentialKind", route.desktop.kind],
    ...helperScriptSettings(route.desktop, platform),
  ];
}
