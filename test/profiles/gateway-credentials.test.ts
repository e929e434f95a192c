import { describe, expect, test } from "vitest";

import { contradictions } from "../../profiles/contradictions.ts";
import type { Settings } from "../../profiles/setting-value.ts";

const lines = (settings: Settings) =>
  contradictions(settings).map(({ path, reason }) => `${path}: ${reason}`);

const gateway = {
  inferenceProvider: "gateway",
  inferenceGatewayBaseUrl: "https://claude-gateway.example.com",
  inferenceModels: ["m"],
};
const entra = "https://login.microsoftonline.com/9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f/v2.0";
const oidc = { clientId: "c", issuer: entra };
const today: Settings = {
  ...gateway,
  inferenceCredentialKind: "external-idp",
  inferenceIdpOidc: oidc,
};
const older: Settings = {
  ...gateway,
  inferenceCredentialKind: "interactive",
  inferenceGatewayOidc: oidc,
};

describe("a credential at a gateway", () => {
  test.each([
    ["today's spelling", today],
    ["the older spelling", older],
    ["the gateway as its own authorization server", { ...older, inferenceGatewayOidc: undefined }],
  ])("is complete with %s", (_what, { inferenceGatewayOidc, ...rest }) => {
    const block = inferenceGatewayOidc === undefined ? {} : { inferenceGatewayOidc };
    expect(lines({ ...rest, ...block } as Settings)).toEqual([]);
  });

  test("of kind external-idp misses its block", () => {
    const { inferenceIdpOidc: _gone, ...rest } = today;
    expect(lines(rest)).toEqual(['inferenceIdpOidc: missing: required for kind "external-idp"']);
  });

  test.each([
    ["inferenceGatewayOidc", oidc, today, "interactive", "external-idp"],
    ["inferenceGatewayOidcAuthFlow", "browser", today, "interactive", "external-idp"],
    ["inferenceIdpOidc", oidc, older, "external-idp", "interactive"],
    ["inferenceIdpAuthFlow", "browser", older, "external-idp", "interactive"],
    ["inferenceGatewayApiKey", "k", older, "static", "interactive"],
    ["inferenceCredentialHelper", "/h", today, "helper-script", "external-idp"],
  ])("%s is not mixed in", (key, value, settings, owner, kind) => {
    expect(lines({ ...settings, [key]: value })).toEqual([
      `${key}: belongs to kind "${owner}", but the kind is "${kind}"`,
    ]);
  });

  test.each([
    ["inferenceIdpOidc", today],
    ["inferenceGatewayOidc", older],
  ])("is no token of %s in x-api-key", (block, settings) => {
    expect(lines({ ...settings, inferenceGatewayAuthScheme: "x-api-key" })).toEqual([
      `inferenceGatewayAuthScheme: "x-api-key" cannot carry the token of ${block}; use "bearer"`,
    ]);
    expect(lines({ ...settings, inferenceGatewayAuthScheme: "bearer" })).toEqual([]);
  });

  test("may be a helper's in x-api-key", () => {
    const helper = { inferenceCredentialKind: "helper-script", inferenceCredentialHelper: "/h" };
    expect(lines({ ...gateway, ...helper, inferenceGatewayAuthScheme: "x-api-key" })).toEqual([]);
  });

  test("is an access token for named scopes only", () => {
    const block = { ...oidc, bearerTokenType: "access_token" };
    expect(lines({ ...today, inferenceIdpOidc: block })).toEqual([
      "inferenceIdpOidc.scopes: missing: required for access_token",
    ]);
    expect(lines({ ...today, inferenceIdpOidc: { ...block, scopes: "s" } })).toEqual([]);
  });

  test.each([
    ["inferenceIdpAuthFlow", "inferenceIdpOidc", today],
    ["inferenceGatewayOidcAuthFlow", "inferenceGatewayOidc", older],
  ])("%s: the broker signs in at Entra ID only", (flow, block, settings) => {
    const broker = { ...settings, [flow]: "broker" };
    expect(lines(broker)).toEqual([]);
    const elsewhere = { clientId: "c", issuer: "https://login.example.com" };
    for (const given of [elsewhere, { clientId: "c" }]) {
      expect(lines({ ...broker, [block]: given })).toEqual([
        `${flow}: "broker" needs an issuer of Entra ID; use "browser"`,
      ]);
    }
  });
});

describe("a credential at Anthropic", () => {
  const direct = { inferenceProvider: "anthropic", inferenceModels: ["claude-opus-5-5"] };

  test("is a helper's, or a sign-in without any key", () => {
    expect(lines({ ...direct, inferenceCredentialKind: "interactive" })).toEqual([]);
    expect(lines({ ...direct, inferenceCredentialKind: "helper-script" })).toEqual([
      'inferenceCredentialHelper: missing: required for kind "helper-script"',
    ]);
  });

  test("has no key beside a sign-in", () => {
    const settings = {
      ...direct,
      inferenceCredentialKind: "interactive",
      inferenceAnthropicApiKey: "k",
    };
    expect(lines(settings)).toEqual([
      'inferenceAnthropicApiKey: belongs to kind "static", but the kind is "interactive"',
    ]);
  });
});
