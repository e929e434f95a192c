import type { FoundryRouteOutputs } from "../contract/foundry-route.ts";
import { helperScriptSettings } from "./helper-script.ts";
import type { Platform } from "./platform.ts";
import type { SettingValue } from "./setting-value.ts";

/** What the desktop is told about a Foundry route: where, which deployments, which credential; never a key. */
export function foundrySettings(
  route: FoundryRouteOutputs,
  platform: Platform,
): [string, SettingValue][] {
  return [...connection(route), ...credential(route, platform)];
}

function connection(route: FoundryRouteOutputs): [string, SettingValue][] {
  const entries: [string, SettingValue][] = [
    ["inferenceProvider", "foundry"],
    ["inferenceFoundryResource", route.resourceName],
    ["inferenceModels", route.models.map(({ id, label }) => ({ name: id, labelOverride: label }))],
  ];
  // Requests go to <value>/v1/messages, and Foundry speaks Anthropic's API below this path.
  if (route.baseUrl !== undefined) {
    entries.push(["inferenceFoundryBaseUrl", `${route.baseUrl}/anthropic`]);
  }
  return entries;
}

/** The kind and the flow are always written: without them the application guesses, and has guessed anew before. */
function credential(
  { desktop, signIn }: FoundryRouteOutputs,
  platform: Platform,
): [string, SettingValue][] {
  const kind: [string, SettingValue] = ["inferenceCredentialKind", desktop.kind];
  switch (desktop.kind) {
    case "interactive":
      return [
        kind,
        ["inferenceFoundryTenantId", signIn.tenantId],
        ["inferenceFoundryClientId", signIn.clientId],
        ["inferenceFoundryAuthFlow", desktop.authFlow],
      ];
    case "helper-script":
      return [kind, ...helperScriptSettings(desktop, platform)];
  }
}
