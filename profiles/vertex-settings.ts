import type { VertexDesktop, VertexRouteOutputs } from "../contract/vertex-route.ts";
import { helperScriptSettings } from "./helper-script.ts";
import type { Platform } from "./platform.ts";
import type { SettingValue } from "./setting-value.ts";

type WorkforceDesktop = Extract<VertexDesktop, { kind: "workforce" }>;

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
        ["inferenceVertexWorkforceAuthFlow", desktop.authFlow],
        ["inferenceVertexWorkforceOidc", oidc(desktop)],
      ];
    case "interactive":
      return [
        kind,
        ["inferenceVertexOAuthClientId", desktop.oauthClientId],
        // The one value called a secret in any profile: an installed application's, not confidential to Google.
        ["inferenceVertexOAuthClientSecret", desktop.oauthClientSecret],
        ...optional("inferenceVertexOAuthLoginHint", desktop.loginHint),
      ];
    case "vendor-profile": {
      const { credentialsFile: file } = desktop;
      const path = platform === "windows" ? file?.windowsPath : file?.path;
      return [kind, ...optional("inferenceVertexCredentialsFile", path)];
    }
    case "helper-script":
      return [kind, ...helperScriptSettings(desktop, platform)];
  }
}

/** Only members that were asked for: the application has its own defaults for the others. */
function oidc({ clientId, issuer, redirectPort, scopes }: WorkforceDesktop): SettingValue {
  return {
    clientId,
    issuer,
    ...(redirectPort === undefined ? {} : { redirectPort }),
    ...(scopes === undefined ? {} : { scopes }),
  };
}

function optional(key: string, value: string | undefined): [string, SettingValue][] {
  return value === undefined ? [] : [[key, value]];
}
