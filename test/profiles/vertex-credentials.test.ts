import { describe, expect, test } from "vitest";

import { contradictions } from "../../profiles/contradictions.ts";
import type { Settings } from "../../profiles/setting-value.ts";

const lines = (settings: Settings) =>
  contradictions(settings).map(({ path, reason }) => `${path}: ${reason}`);

const vertex = {
  inferenceProvider: "vertex",
  inferenceVertexProjectId: "p",
  inferenceVertexRegion: "eu",
  inferenceModels: ["m"],
};
const entra = "https://login.microsoftonline.com/9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f/v2.0";
/** Credential kind -> the least that is complete with it on Vertex. */
const kinds: Record<string, Settings> = {
  workforce: {
    inferenceVertexWorkforceAudience: "a",
    inferenceVertexWorkforceOidc: { clientId: "c", issuer: entra },
  },
  interactive: {
    inferenceVertexOAuthClientId: "i",
    inferenceVertexOAuthClientSecret: "s",
  },
  "vendor-profile": {},
  "helper-script": { inferenceCredentialHelper: "/h" },
};
const complete = (kind: string): Settings => ({
  ...vertex,
  inferenceCredentialKind: kind,
  ...kinds[kind],
});

describe("a credential on Vertex", () => {
  test.each(Object.keys(kinds))("of kind %s is complete with its own keys", (kind) => {
    expect(lines(complete(kind))).toEqual([]);
  });

  test.each(
    Object.entries(kinds).flatMap(([kind, keys]) => Object.keys(keys).map((key) => [kind, key])),
  )("of kind %s misses %s", (kind = "", key = "") => {
    const { [key]: _gone, ...rest } = complete(kind);
    expect(lines(rest)).toEqual([`${key}: missing: required for kind "${kind}"`]);
  });

  test.each([
    ["inferenceVertexOAuthClientSecret", "s", "interactive"],
    ["inferenceVertexOAuthScopes", "openid", "interactive"],
    ["inferenceVertexOAuthLoginHint", "x", "interactive"],
    ["inferenceVertexCredentialsFile", "/f", "vendor-profile"],
    ["inferenceVertexWorkforceAudience", "a", "workforce"],
    ["inferenceVertexWorkforceUserProject", "p", "workforce"],
    ["inferenceVertexWorkforceAuthFlow", "browser", "workforce"],
  ])("%s belongs to one kind only", (key, value, kind) => {
    const settings = { ...complete("helper-script"), [key]: value };
    expect(lines(settings)).toEqual([
      `${key}: belongs to kind "${kind}", but the kind is "helper-script"`,
    ]);
  });

  test("a static key does not suit Vertex", () => {
    expect(lines({ ...vertex, inferenceCredentialKind: "static" })).toEqual([
      'inferenceCredentialKind: "static" does not suit vertex; use one of helper-script, interactive, vendor-profile, workforce',
    ]);
  });
});

describe("the Microsoft broker", () => {
  const broker = (oidc: Settings[string]) =>
    lines({
      ...complete("workforce"),
      inferenceVertexWorkforceAuthFlow: "broker",
      inferenceVertexWorkforceOidc: oidc,
    });

  test.each([
    entra,
    "https://sts.windows.net/9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f/",
    "https://login.microsoftonline.us/9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f/v2.0",
  ])("signs in at %s", (issuer) => {
    expect(broker({ clientId: "c", issuer })).toEqual([]);
  });

  test.each([
    [{ clientId: "c", issuer: "https://login.example.com" }],
    [{ clientId: "c", issuer: "https://login.microsoftonline.com.evil.example/" }],
    [{ clientId: "c", authorizationUrl: "https://a.example", tokenUrl: "https://t.example" }],
    ["text"],
  ])("is refused with %j", (oidc) => {
    expect(broker(oidc)).toEqual([
      'inferenceVertexWorkforceAuthFlow: "broker" needs an issuer of Entra ID; use "browser"',
    ]);
  });
});
