import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { foundryRoute } from "../../contract/foundry-route.ts";
import { foundrySettings } from "../../profiles/foundry-settings.ts";
import type { Platform } from "../../profiles/platform.ts";

const file = new URL("./support/examples/us-foundry.json", import.meta.url);
const [virginia, iowa] = JSON.parse(readFileSync(file, "utf8")).routes.map((route: unknown) =>
  foundryRoute.parse(route),
);

function settings(platform: Platform, changes: object = {}, route = virginia) {
  return Object.fromEntries(foundrySettings({ ...route, ...changes }, platform));
}

describe("settings of a Foundry route", () => {
  test.each(["device-code", "browser", "broker"])("with %s sign in at Entra ID", (authFlow) => {
    expect(settings("macos", { desktop: { kind: "interactive", authFlow } })).toEqual({
      inferenceProvider: "foundry",
      inferenceFoundryResource: "cowork-example-us-virginia-1a2b3c4d",
      inferenceModels: [
        { name: "claude-opus-5-5", labelOverride: "Claude Opus 5.5" },
        // The deployment's name, not the model's: that is what a request names.
        { name: "sonnet", labelOverride: "Claude Sonnet 5.5" },
      ],
      inferenceCredentialKind: "interactive",
      inferenceFoundryTenantId: "11111111-1111-4111-8111-111111111111",
      inferenceFoundryClientId: "33333333-3333-4333-8333-333333333333",
      inferenceFoundryAuthFlow: authFlow,
    });
  });

  test("of a helper carry no sign-in, and the path of the platform", () => {
    expect(settings("windows", { baseUrl: undefined }, iowa)).toEqual({
      inferenceProvider: "foundry",
      inferenceFoundryResource: "cowork-example-us-iowa-5e6f7a8b",
      inferenceModels: [{ name: "claude-haiku-5-5", labelOverride: "Claude Haiku 5.5" }],
      inferenceCredentialKind: "helper-script",
      inferenceCredentialHelper: "C:\\Program Files\\Cowork\\credential.exe",
      inferenceCredentialHelperTtlSec: 1800,
    });
    expect(settings("any", {}, iowa)).toMatchObject({
      inferenceCredentialHelper: "/usr/local/bin/cowork-credential",
      inferenceCredentialHelperWindows: "C:\\Program Files\\Cowork\\credential.exe",
    });
  });

  test("name the host with the path of Anthropic's API only where the route pins it", () => {
    expect(settings("linux", {}, iowa)).toHaveProperty(
      "inferenceFoundryBaseUrl",
      "https://cowork-example-us-iowa-5e6f7a8b.services.ai.azure.com/anthropic",
    );
    expect(settings("linux")).not.toHaveProperty("inferenceFoundryBaseUrl");
  });

  test.each(["macos", "windows", "linux", "any"] as const)("never hold a key on %s", (platform) => {
    for (const route of [virginia, iowa]) {
      expect(settings(platform, {}, route)).not.toHaveProperty("inferenceFoundryApiKey");
    }
  });
});
