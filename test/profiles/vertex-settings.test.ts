import { describe, expect, test } from "vitest";

import type { VertexDesktop, VertexRouteOutputs } from "../../contract/vertex-route.ts";
import type { Platform } from "../../profiles/platform.ts";
import { vertexSettings } from "../../profiles/vertex-settings.ts";
import { example } from "./support/examples.ts";

function route(desktop?: VertexDesktop): VertexRouteOutputs {
  const [first] = example("eu-google").routes;
  if (first?.provider !== "vertex") throw new Error("no Vertex route");
  return desktop === undefined ? first : { ...first, desktop };
}

function settings(platform: Platform, desktop?: VertexDesktop) {
  return Object.fromEntries(vertexSettings(route(desktop), platform));
}

/** Keys of the credential alone. */
function credential(platform: Platform, desktop: VertexDesktop) {
  const {
    inferenceProvider: _provider,
    inferenceVertexProjectId: _project,
    inferenceVertexRegion: _region,
    inferenceVertexBaseUrl: _baseUrl,
    inferenceModels: _models,
    ...rest
  } = settings(platform, desktop);
  return rest;
}

describe("settings of a Vertex route", () => {
  test("name provider, project, location, host and the exact models", () => {
    expect(settings("macos")).toMatchObject({
      inferenceProvider: "vertex",
      inferenceVertexProjectId: "example-cowork-eu",
      inferenceVertexRegion: "eu",
      inferenceVertexBaseUrl: "https://aiplatform.eu.rep.googleapis.com",
      inferenceModels: [
        { name: "claude-opus-5-5", labelOverride: "Claude Opus 5.5" },
        { name: "claude-sonnet-5-5", labelOverride: "Claude Sonnet 5.5" },
      ],
    });
  });

  test("leave the base URL out where the route has none", () => {
    const { baseUrl: _baseUrl, ...plain } = route();
    expect(Object.fromEntries(vertexSettings(plain, "macos"))).not.toHaveProperty(
      "inferenceVertexBaseUrl",
    );
  });

  test("of a workforce sign-in carry only the members that were asked for", () => {
    const audience = "//iam.googleapis.com/locations/global/workforcePools/p/providers/q";
    const desktop = {
      kind: "workforce",
      audience,
      issuer: "https://login.example.com",
      clientId: "cowork",
      authFlow: "browser",
    } as const;
    expect(credential("linux", desktop)).toEqual({
      inferenceCredentialKind: "workforce",
      inferenceVertexWorkforceAudience: audience,
      inferenceVertexWorkforceAuthFlow: "browser",
      inferenceVertexWorkforceOidc: { clientId: "cowork", issuer: "https://login.example.com" },
    });
    expect(
      credential("linux", { ...desktop, redirectPort: 8765, scopes: "openid offline_access" }),
    ).toMatchObject({
      inferenceVertexWorkforceOidc: {
        clientId: "cowork",
        issuer: "https://login.example.com",
        redirectPort: 8765,
        scopes: "openid offline_access",
      },
    });
  });

  test("of a Google sign-in carry id and secret together", () => {
    const desktop = {
      kind: "interactive",
      oauthClientId: "1-a.apps.googleusercontent.com",
      oauthClientSecret: "GOCSPX-example",
    } as const;
    expect(credential("windows", desktop)).toEqual({
      inferenceCredentialKind: "interactive",
      inferenceVertexOAuthClientId: "1-a.apps.googleusercontent.com",
      inferenceVertexOAuthClientSecret: "GOCSPX-example",
    });
    expect(
      credential("windows", { ...desktop, loginHint: "{username}@example.com" }),
    ).toHaveProperty("inferenceVertexOAuthLoginHint", "{username}@example.com");
  });

  test.each([
    ["macos", "/etc/cowork/google.json"],
    ["linux", "/etc/cowork/google.json"],
    ["windows", "C:\\Cowork\\google.json"],
  ] as const)("of a credential file carry the path %s knows", (platform, path) => {
    const credentialsFile = {
      path: "/etc/cowork/google.json",
      windowsPath: "C:\\Cowork\\google.json",
    };
    expect(credential(platform, { kind: "vendor-profile", credentialsFile })).toEqual({
      inferenceCredentialKind: "vendor-profile",
      inferenceVertexCredentialsFile: path,
    });
  });

  test("without a credential file leave the device's own credentials to be found", () => {
    expect(credential("macos", { kind: "vendor-profile" })).toEqual({
      inferenceCredentialKind: "vendor-profile",
    });
  });

  test("of a helper carry the path of the platform, and both where one file serves all", () => {
    const desktop = {
      kind: "helper-script",
      path: "/usr/local/bin/h",
      windowsPath: "C:\\h.exe",
      ttlSeconds: 3000,
    } as const;
    expect(credential("windows", desktop)).toEqual({
      inferenceCredentialKind: "helper-script",
      inferenceCredentialHelper: "C:\\h.exe",
      inferenceCredentialHelperTtlSec: 3000,
    });
    expect(credential("any", desktop)).toEqual({
      inferenceCredentialKind: "helper-script",
      inferenceCredentialHelper: "/usr/local/bin/h",
      inferenceCredentialHelperTtlSec: 3000,
      inferenceCredentialHelperWindows: "C:\\h.exe",
    });
  });
});
