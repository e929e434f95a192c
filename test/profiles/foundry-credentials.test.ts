import { describe, expect, test } from "vitest";

import { contradictions } from "../../profiles/contradictions.ts";
import { leftOut } from "../../profiles/left-out.ts";
import { renderProfileSet } from "../../profiles/profile-set.ts";
import type { Settings } from "../../profiles/setting-value.ts";
import { example } from "./support/examples.ts";

const lines = (settings: Settings) =>
  contradictions(settings).map(({ path, reason }) => `${path}: ${reason}`);

const foundry: Settings = {
  inferenceProvider: "foundry",
  inferenceFoundryResource: "cowork-example",
  inferenceModels: ["m"],
};
/** Credential kind -> the least that is complete with it on Foundry. */
const kinds: Record<string, Settings> = {
  interactive: {
    inferenceFoundryTenantId: "11111111-1111-4111-8111-111111111111",
    inferenceFoundryClientId: "33333333-3333-4333-8333-333333333333",
  },
  static: { inferenceFoundryApiKey: "k" },
  "helper-script": { inferenceCredentialHelper: "/h" },
};
const complete = (kind: string, more: Settings = {}): Settings => ({
  ...foundry,
  inferenceCredentialKind: kind,
  ...kinds[kind],
  ...more,
});

describe("a credential on Foundry", () => {
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
    ["inferenceFoundryApiKey", "k", "static", "interactive"],
    ["inferenceFoundryAuthFlow", "broker", "interactive", "helper-script"],
    ["inferenceFoundryTenantId", "11111111-1111-4111-8111-111111111111", "interactive", "static"],
    ["inferenceCredentialHelper", "/h", "helper-script", "interactive"],
  ])("ignores %s of another kind, and says so", (key, value, owner, kind) => {
    expect(lines(complete(kind, { [key]: value }))).toEqual([
      `${key}: belongs to kind "${owner}", but the kind is "${kind}"`,
    ]);
  });

  test.each(["device-code", "browser", "broker"])("takes the flow %s", (flow) => {
    expect(lines(complete("interactive", { inferenceFoundryAuthFlow: flow }))).toEqual([]);
  });

  test.each(["workforce", "external-idp", "vendor-profile"])("is never of kind %s", (kind) => {
    expect(lines({ ...foundry, inferenceCredentialKind: kind })).toEqual([
      `inferenceCredentialKind: "${kind}" does not suit foundry; use one of static, helper-script, interactive`,
    ]);
  });
});

describe("values Azure would refuse only later", () => {
  test.each([
    [
      "a URL for a name",
      { inferenceFoundryResource: "https://cowork-example.services.ai.azure.com" },
      'inferenceFoundryResource: "https://cowork-example.services.ai.azure.com" must be the resource\'s name alone, not a URL or a host',
    ],
    [
      "a host for a name",
      { inferenceFoundryResource: "cowork-example.services.ai.azure.com" },
      'inferenceFoundryResource: "cowork-example.services.ai.azure.com" must be the resource\'s name alone, not a URL or a host',
    ],
    [
      "no name at all",
      { inferenceFoundryResource: "" },
      'inferenceFoundryResource: "" must be the resource\'s name alone, not a URL or a host',
    ],
    [
      "Foundry's host without the path",
      { inferenceFoundryBaseUrl: "https://cowork-example.services.ai.azure.com" },
      "inferenceFoundryBaseUrl: must be https://cowork-example.services.ai.azure.com/anthropic, below which Foundry answers",
    ],
    [
      "the whole path of a request",
      {
        inferenceFoundryBaseUrl:
          "https://cowork-example.services.ai.azure.com/anthropic/v1/messages",
      },
      "inferenceFoundryBaseUrl: must be https://cowork-example.services.ai.azure.com/anthropic, below which Foundry answers",
    ],
    [
      "a plain http address",
      { inferenceFoundryBaseUrl: "http://gateway.example.com/anthropic" },
      'inferenceFoundryBaseUrl: "http://gateway.example.com/anthropic" must start with https://',
    ],
    [
      "a tenant that is any tenant",
      { inferenceFoundryTenantId: "organizations" },
      'inferenceFoundryTenantId: "organizations" must be a UUID: one tenant, one application',
    ],
    [
      "the application's name",
      { inferenceFoundryClientId: "Claude Desktop" },
      'inferenceFoundryClientId: "Claude Desktop" must be a UUID: one tenant, one application',
    ],
    [
      "the tenant's id twice",
      { inferenceFoundryClientId: "11111111-1111-4111-8111-111111111111" },
      "inferenceFoundryClientId: is the tenant's id; give the application's own client id",
    ],
  ])("%s", (_what, change, line) => {
    expect(lines(complete("interactive", change))).toEqual([line]);
  });

  test("an address of one's own keeps its path", () => {
    const inferenceFoundryBaseUrl = "https://gateway.example.com/claude";
    expect(lines(complete("interactive", { inferenceFoundryBaseUrl }))).toEqual([]);
  });

  test("are not looked for with another provider", () => {
    expect(
      lines({
        inferenceProvider: "bedrock",
        inferenceBedrockRegion: "eu-central-1",
        inferenceCredentialKind: "vendor-profile",
        inferenceBedrockProfile: "p",
        inferenceModels: ["m"],
        inferenceFoundryResource: "https://x",
      }),
    ).toEqual(["inferenceFoundryResource: is ignored with bedrock; it belongs to foundry"]);
  });
});

describe("files of a Foundry route", () => {
  test("the broker has none for Linux, and the manifest says why", () => {
    const { manifest } = renderProfileSet(example("us-foundry"));
    expect(JSON.parse(manifest.bytes.toString()).leftOut).toEqual([
      {
        route: "virginia",
        channel: "linux",
        reason:
          "sign-in through the Microsoft broker does not exist on Linux; give Linux laptops a route with authFlow browser",
      },
    ]);
  });

  test.each(["device-code", "browser"] as const)("%s has one for Linux", (authFlow) => {
    const [route] = example("us-foundry").routes;
    if (route?.provider !== "foundry") throw new Error("no Foundry route");
    const asked = { ...route, desktop: { kind: "interactive" as const, authFlow } };
    expect(leftOut(asked, "linux")).toBeUndefined();
  });

  test("each says that Anthropic may see flagged content", () => {
    const { files } = renderProfileSet(example("us-foundry"));
    expect(files).toHaveLength(7);
    for (const { notes } of files) {
      expect(notes).toEqual([
        "outside the guarantee: Anthropic operates the models on Azure and may see content that its safeguards flag",
      ]);
    }
  });

  test("none holds a key", () => {
    const { files } = renderProfileSet(example("us-foundry"));
    for (const { bytes, channel } of files) {
      expect(bytes.toString(channel === "reg" ? "utf16le" : "utf8")).not.toMatch(/ApiKey/);
    }
  });
});
