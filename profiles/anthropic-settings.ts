import type { AnthropicRouteOutputs } from "../contract/anthropic-route.ts";
import { helperScriptSettings } from "./helper-script.ts";
import { guaranteeBanner } from "./outside-guarantee.ts";
import type { Platform } from "./platform.ts";
import type { SettingValue } from "./setting-value.ts";

/**
 * What the desktop is told about a route to Anthropic. `interactive` leaves the key out and is what the page
 * calls browser sign-in (https://claude.com/docs/third-party/claude-desktop/claude-api, 2026-08).
 */
export function anthropicSettings(
  route: AnthropicRouteOutputs,
  platform: Platform,
): [string, SettingValue][] {
  const { desktop, models } = route;
  return [
    ["inferenceProvider", "anthropic"],
    ["inferenceModels", models.map(({ id, label }) => ({ name: id, labelOverride: label }))],
    ["inferenceCredentialKind", desktop.kind],
    ...guaranteeBanner(route),
    ...(desktop.kind === "helper-script" ? helperScriptSettings(desktop, platform) : []),
  ];
}
