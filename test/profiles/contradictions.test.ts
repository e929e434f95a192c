import { describe, expect, test } from "vitest";
import { contradictions } from "../../profiles/contradictions.ts";
import type { Settings } from "../../profiles/setting-value.ts";

const lines = (settings: Settings) =>
  contradictions(settings).map(({ path, reason }) => `${path}: ${reason}`);

const models = { inferenceModels: ["m"] };
const bedrock = { inferenceProvider: "bedrock", inferenceBedrockRegion: "eu-central-1" };
const sso = {
  inferenceBedrockSsoStartUrl: "https://a.example.com/start",
  inferenceBedrockSsoRegion: "eu-central-1",
  inferenceBedrockSsoAccountId: "111122223333",
  inferenceBedrockSsoRoleName: "Role",
};
/** Credential kind -> the least that is complete with it on Bedrock. */
const kinds: Record<string, Settings> = {
  static: { inferenceBedrockBearerToken: "t" },
  "helper-script": { inferenceCredentialHelper: "/h" },
  interactive: { ...sso, ...models },
  "vendor-profile": { inferenceBedrockProfile: "p", ...models },
  "external-idp": {
    inferenceIdpOidc: { issuer: "https://i.example.com" },
    inferenceBedrockBaseUrl: "https://b.example.com",
    ...models,
  },
};
const complete = (kind: string): Settings => ({
  ...bedrock,
  inferenceCredentialKind: kind,
  ...kinds[kind],
});
const helper = complete("helper-script");

function without(settings: Settings, key: string): Settings {
  const { [key]: _gone, ...rest } = settings;
  return rest;
}

describe("a credential on Bedrock", () => {
  test.each(Object.keys(kinds))("of kind %s is complete with its own keys", (kind) => {
    expect(lines(complete(kind))).toEqual([]);
  });

  test.each(
    Object.entries(kinds).flatMap(([kind, keys]) => Object.keys(keys).map((key) => [kind, key])),
  )("of kind %s misses %s", (kind = "", key = "") => {
    expect(lines(without(complete(kind), key))).toEqual([
      `${key}: missing: required for kind "${kind}"`,
    ]);
  });

  test.each([
    ["inferenceBedrockBearerToken", "t", "static"],
    ["inferenceBedrockSsoStartUrl", "https://a.example.com", "interactive"],
    ["inferenceBedrockSsoRegion", "eu-central-1", "interactive"],
    ["inferenceBedrockSsoAccountId", "111122223333", "interactive"],
    ["inferenceBedrockSsoRoleName", "Role", "interactive"],
    ["inferenceBedrockProfile", "p", "vendor-profile"],
    ["inferenceBedrockAwsCliPath", "/aws", "vendor-profile"],
    ["inferenceIdpOidc", {}, "external-idp"],
    ["inferenceIdpAuthFlow", "x", "external-idp"],
  ])("of another kind leaves %s unread", (key, value, owner) => {
    expect(lines({ ...helper, [key]: value })).toEqual([
      `${key}: belongs to kind "${owner}", but the kind is "helper-script"`,
    ]);
  });

  test.each([
    ["inferenceCredentialHelper", "/h"],
    ["inferenceCredentialHelperWindows", "C:\\h.exe"],
    ["inferenceCredentialHelperArgs", []],
    ["inferenceCredentialHelperTtlSec", 600],
    ["inferenceCredentialHelperTimeoutSec", 60],
    ["inferenceCredentialHelperSilentRefreshEnabled", false],
  ])("of kind static leaves %s unread", (key, value) => {
    expect(lines({ ...complete("static"), [key]: value })).toEqual([
      `${key}: belongs to kind "helper-script", but the kind is "static"`,
    ]);
  });

  test("needs a kind that Bedrock knows", () => {
    const path = "inferenceCredentialKind";
    expect(lines(without(helper, path))).toEqual([
      `${path}: missing: without it the application guesses its credential`,
    ]);
    expect(lines({ ...bedrock, [path]: "workforce" })).toEqual([
      `${path}: "workforce" does not suit bedrock; use one of static, helper-script, interactive, vendor-profile, external-idp`,
    ]);
    expect(lines({ ...bedrock, [path]: "" })).toEqual([
      `${path}: "" does not suit bedrock; use one of static, helper-script, interactive, vendor-profile, external-idp`,
    ]);
    // A value that is no text is reported by the key list.
    expect(lines({ ...bedrock, [path]: 1 })).toEqual([]);
  });
});

describe("a provider", () => {
  test.each([
    ["bedrock", ["inferenceBedrockRegion"]],
    ["mantle", ["inferenceBedrockRegion", "inferenceModels"]],
    ["vertex", ["inferenceVertexProjectId", "inferenceVertexRegion", "inferenceModels"]],
    ["foundry", ["inferenceFoundryResource", "inferenceModels"]],
    ["gateway", ["inferenceGatewayBaseUrl"]],
    ["anthropic", []],
    ["nonsense", []],
  ])("%s cannot do without %j", (provider, keys) => {
    const settings = {
      inferenceProvider: provider,
      inferenceCredentialKind: "helper-script",
      inferenceCredentialHelper: "/h",
    };
    expect(lines(settings)).toEqual(keys.map((key) => `${key}: missing: required for ${provider}`));
  });

  test("may be missing only where a bootstrap address brings it", () => {
    const none = "inferenceProvider: missing: the application would not start in 3P";
    expect(lines({})).toEqual([none]);
    expect(lines({ bootstrapUrl: "https://b.example.com" })).toEqual([]);
  });

  test.each([
    ["mantle", "interactive", "static, helper-script"],
    ["vertex", "static", "helper-script, interactive, vendor-profile, workforce"],
    ["foundry", "workforce", "static, helper-script, interactive"],
    ["gateway", "vendor-profile", "static, helper-script, interactive, external-idp"],
    ["anthropic", "external-idp", "static, helper-script, interactive"],
  ])("%s refuses kind %s", (provider, kind, accepted) => {
    expect(lines({ inferenceProvider: provider, inferenceCredentialKind: kind })).toContain(
      `inferenceCredentialKind: "${kind}" does not suit ${provider}; use one of ${accepted}`,
    );
  });

  test("ignores keys of others, and says whose they are", () => {
    const foreign = { inferenceVertexRegion: "eu", inferenceGatewayOidc: {}, nobodysKey: 1 };
    expect(lines({ ...helper, ...foreign })).toEqual([
      "inferenceVertexRegion: is ignored with bedrock; it belongs to vertex",
      "inferenceGatewayOidc: is ignored with bedrock; it belongs to gateway",
    ]);
    // A key of two providers is nobody's fault with the second.
    expect(lines({ ...helper, inferenceProvider: "mantle", ...models })).toEqual([]);
  });
});

describe("models", () => {
  test("are not an empty list", () => {
    expect(lines({ ...helper, inferenceModels: [] })).toEqual(["inferenceModels: is empty"]);
    expect(lines({ ...helper, inferenceModels: ["m"] })).toEqual([]);
  });

  test("are needed where discovery is off", () => {
    const why = "inferenceModels: missing: required while modelDiscoveryEnabled is false";
    expect(lines({ ...helper, modelDiscoveryEnabled: false })).toEqual([why]);
    expect(lines({ ...helper, modelDiscoveryEnabled: true })).toEqual([]);
    expect(lines({ ...helper, ...models, modelDiscoveryEnabled: false })).toEqual([]);
  });
});

describe("addresses", () => {
  const at = (key: string, value: string) =>
    lines({ ...helper, [key]: value }).filter((line) => line.startsWith(`${key}: `));
  test.each([
    "inferenceBedrockBaseUrl",
    "bootstrapUrl",
    "modelCatalogUrl",
    "otlpEndpoint",
    "userContentRendererUrl",
  ])("at %s are https, without a credential", (key) => {
    for (const good of ["https://a.example.com", "http://localhost:1", "http://127.0.0.1:1"]) {
      expect(at(key, good)).toEqual([]);
    }
    expect(at(key, "http://[::1]:1")).toEqual([]);
    for (const bad of ["http://a.example.com", "ftp://a.example.com", "http://localhost.a.com"]) {
      expect(at(key, bad)).toEqual([`${key}: "${bad}" must start with https://`]);
    }
    for (const bad of ["", "a.example.com", "https://"]) {
      expect(at(key, bad)).toEqual([`${key}: "${bad}" is not a URL`]);
    }
    for (const bad of ["https://u:p@a.example.com", "https://u@a.example.com"]) {
      expect(at(key, bad)).toEqual([`${key}: holds a credential; it would be rejected`]);
    }
  });

  test.each(["inferenceFoundryBaseUrl", "inferenceGatewayBaseUrl", "inferenceVertexBaseUrl"])(
    "at %s are https too",
    (key) => {
      expect(at(key, "http://a.example.com")).toContain(
        `${key}: "http://a.example.com" must start with https://`,
      );
    },
  );

  test("of Bedrock are an origin", () => {
    const key = "inferenceBedrockBaseUrl";
    const reason = `${key}: must be an origin without a path: https://a.example.com`;
    for (const bad of ["/x", "/", "?x", "#x"]) {
      expect(at(key, `https://a.example.com${bad}`)).toEqual([reason]);
    }
    expect(at(key, "https://A.example.com")).toEqual([reason]);
  });

  test("of the collector name no signal", () => {
    const key = "otlpEndpoint";
    for (const signal of ["logs", "metrics", "traces", "logs/"]) {
      expect(at(key, `https://a.example.com/v1/${signal}`)).toEqual([
        `${key}: must be the collector's base URL, without /v1/...`,
      ]);
    }
    expect(at(key, "https://a.example.com/v1")).toEqual([]);
  });
});

describe("a helper", () => {
  const path = "inferenceCredentialHelper";
  const windows = "inferenceCredentialHelperWindows";
  const why = (key: string, value: string) =>
    `${key}: "${value}" must be an absolute path without ~, % or $`;

  test.each([
    [path, "/usr/bin/h"],
    [path, "C:\\h.exe"],
    [windows, "C:\\h.exe"],
    [windows, "c:/h.exe"],
  ])("%s may be %s", (key, value) => {
    expect(lines({ ...helper, [key]: value })).toEqual([]);
  });

  test.each([
    [path, ""],
    [path, "h"],
    [path, "./h"],
    [path, "~/h"],
    [path, "/home/$USER/h"],
    [path, "/h~1"],
    [windows, ""],
    [windows, "/usr/bin/h"],
    [windows, "h.exe"],
    [windows, "C:h.exe"],
    [windows, "\\\\server\\h.exe"],
    [windows, "C:\\%USERNAME%\\h.exe"],
  ])("%s may not be %j", (key, value) => {
    expect(lines({ ...helper, [key]: value })).toEqual([why(key, value)]);
  });
});

describe("pairs", () => {
  test.each([
    ["inferenceMaxTokensPerWindow", 1, "inferenceTokenWindowHours", 1],
    ["inferenceTokenWindowHours", 1, "inferenceMaxTokensPerWindow", 1],
    ["deploymentDisplaySubtitle", "s", "deploymentDisplayName", "n"],
    ["otlpProtocol", "grpc", "otlpEndpoint", "https://a.example.com"],
  ])("%s has no effect alone", (key, value, other, otherValue) => {
    expect(lines({ ...helper, [key]: value })).toEqual([`${key}: has no effect without ${other}`]);
    expect(lines({ ...helper, [key]: value, [other]: otherValue })).toEqual([]);
  });

  test("a banner is enabled or says nothing", () => {
    const why = "banner: shows nothing unless enabled is true";
    for (const banner of [{}, { enabled: false }, { enabled: "true" }, { text: "x" }]) {
      expect(lines({ ...helper, banner })).toEqual([why]);
    }
    expect(lines({ ...helper, banner: { enabled: true, text: "x" } })).toEqual([]);
  });

  test("hours to update have no effect where updates are off", () => {
    const hours = { autoUpdaterEnforcementHours: 1 };
    expect(lines({ ...helper, ...hours, disableAutoUpdates: true })).toEqual([
      "autoUpdaterEnforcementHours: has no effect while disableAutoUpdates is true",
    ]);
    expect(lines({ ...helper, ...hours, disableAutoUpdates: false })).toEqual([]);
    expect(lines({ ...helper, ...hours })).toEqual([]);
  });
});

test("everything that contradicts is reported at once", () => {
  expect(
    lines({
      inferenceProvider: "bedrock",
      modelDiscoveryEnabled: false,
      banner: {},
      otlpProtocol: "grpc",
    }),
  ).toEqual([
    "inferenceCredentialKind: missing: without it the application guesses its credential",
    "inferenceBedrockRegion: missing: required for bedrock",
    "inferenceModels: missing: required while modelDiscoveryEnabled is false",
    "otlpProtocol: has no effect without otlpEndpoint",
    "banner: shows nothing unless enabled is true",
  ]);
});
