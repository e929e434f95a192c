import type { VertexDesktop, VertexRouteOutputs } from "../contract/vertex-route.ts";
import { helperScriptSettings } from "./helper-script.ts";
import type { Platform } from "./platform.ts";
import type { SettingValue } from "./setting-value.ts";

/** What the desktop is told about a Vertex route: where, which models, which credential. */
export function vertexSettings(
  route: VertexRouteOutputs,
  platform: Platform,
): [string, SettingValue][] {
  return [...connection(route), ...credential(route.desktop, platform)];
}

function connection(route: VertexRouteOutputs): [string, SettingValue][] {
  const entries: [string, SettingValue][] = [
    ["inferenceProvider", "vertex"],
    ["inferenceVertexProjectId", route.projectId],
    ["inferenceVertexRegion", route.location],
    ["inferenceModels", route.models.map(({ id, label }) => ({ name: id, labelOverride: label }))],
  ];
  if (route.baseUrl !== undefined) entries.push(["inferenceVertexBaseUrl", route.baseUrl]);
  return entries;
}

/** The kind is always written: without it the application guesses from the fields it finds. */
function credential(desktop: VertexDesktop, platform: Platform): [string, SettingValue][] {
  const kind: [string, SettingValue] = ["inferenceCredentialKind", desktop.kind];
  switch (desktop.kind) {
    case "workforce":
      return [
        kind,
        ["inferenceVertexWorkforceAudience", desktop.audience],
        ["inferenceVertexWorkforceOidc", { clientId: desktop.clientId, issuer: desktop.issuer }],
        ["inferenceVertexWorkforceAuthFlow", desktop.authFlow],
      ];
    case "interactive":
      return [
        kind,
        ["inferenceVertexOAuthClientId", desktop.oauthClientId],
        ["inferenceVertexOAuthClientSecret", desktop.oauthClientSecret],
      ];
    case "vendor-profile":
      return [kind];
    case "helper-script":
      return [kind, ...helperScriptSettings(desktop, platform)];
  }
}
