import { describe, expect, test } from "vitest";

import type { GatewayRouteOutputs } from "../../contract/gateway-route.ts";
import { gatewaySettings } from "../../profiles/gateway-settings.ts";
import { leftOut } from "../../profiles/left-out.ts";
import { renderProfileSet } from "../../profiles/profile-set.ts";
import { example } from "./support/examples.ts";

function hub(change: Partial<GatewayRouteOutputs> = {}): GatewayRouteOutputs {
  const [route] = example("eu-gateway").routes;
  if (route?.provider !== "gateway") throw new Error("no gateway");
  return { ...route, ...change };
}

function signIn(minimumAppVersion?: string) {
  const { desktop } = hub();
  if (desktop.kind !== "external-idp") throw new Error("no sign-in");
  const route = hub({ desktop: { ...desktop, authFlow: "browser", minimumAppVersion } });
  const names = gatewaySettings(route, "macos").map(([key]) => key);
  return names.filter((name) => /Oidc|Flow|Kind/.test(name)).sort();
}

const older = ["inferenceCredentialKind", "inferenceGatewayOidc", "inferenceGatewayOidcAuthFlow"];
const todays = ["inferenceCredentialKind", "inferenceIdpAuthFlow", "inferenceIdpOidc"];

describe("a gateway's sign-in", () => {
  test.each([
    [undefined, older],
    ["1.25927.0", older],
    ["2.7031.9", older],
    ["2.7032.0", todays],
    ["2.7032.1", todays],
    ["3.0.0", todays],
  ])("for a fleet from %s on is spelt so that all of it reads it", (version, names) => {
    expect(signIn(version)).toEqual(names);
  });

  test("names its kind in each spelling", () => {
    const kinds = example("eu-gateway").routes.map(
      (route) =>
        gatewaySettings(route as GatewayRouteOutputs, "any").find(
          ([key]) => key === "inferenceCredentialKind",
        )?.[1],
    );
    expect(kinds).toEqual(["interactive", "external-idp", "helper-script"]);
  });

  test("through the broker has no file for Linux", () => {
    const missing = (["macos", "windows", "linux", "any"] as const).filter((platform) =>
      leftOut(hub(), platform),
    );
    expect(missing).toEqual(["linux"]);
    const { manifest } = renderProfileSet(example("eu-gateway"));
    expect(JSON.parse(manifest.bytes.toString()).leftOut).toEqual([
      {
        route: "hub",
        channel: "linux",
        reason:
          "sign-in through the Microsoft broker does not exist on Linux; give Linux laptops a route with authFlow browser",
      },
    ]);
  });
});

describe("a gateway's headers", () => {
  const headers = (customHeaders?: Record<string, string>) =>
    gatewaySettings(hub({ customHeaders }), "any").filter(
      ([key]) => key === "inferenceCustomHeaders",
    );

  test("are written in one order, and not at all when there are none", () => {
    expect(headers()).toEqual([]);
    expect(headers({})).toEqual([]);
    expect(JSON.stringify(headers({ b: "2", a: "1" }))).toBe(
      '[["inferenceCustomHeaders",{"a":"1","b":"2"}]]',
    );
  });
});

describe("a route outside the guarantee", () => {
  const notes = (anthropicSees: GatewayRouteOutputs["anthropicSees"]) => {
    const outputs = example("pilot");
    const upstream =
      anthropicSees === "content"
        ? { name: "direct", provider: "anthropic" as const, models: ["claude-opus-5-5"] }
        : {
            name: "direct",
            provider: "foundry" as const,
            region: "eastus2",
            models: ["claude-opus-5-5"],
            version: "2",
            sku: "DataZoneStandard",
          };
    const models = [
      { id: "m", label: "M", upstreamModels: { direct: "claude-opus-5-5" } },
    ] satisfies GatewayRouteOutputs["models"];
    const desktop = { kind: "helper-script", path: "/h", windowsPath: "C:\\h", ttlSeconds: 600 };
    const route = hub({ upstreams: [upstream], models, anthropicSees });
    const { files } = renderProfileSet({ ...outputs, routes: [{ ...route, desktop }] });
    return files.map(({ notes: said, bytes }) => ({
      said,
      banner: /Outside the residency guarantee/.test(bytes.toString().replaceAll("\0", "")),
    }));
  };

  test.each(["flagged content only", "content"] as const)(
    "says in every manifest entry that Anthropic sees %s",
    (sees) => {
      const found = notes(sees);
      expect(found).toHaveLength(4);
      for (const { said, banner } of found) {
        expect(said).toEqual([
          `outside the guarantee: at the gateway's worst upstream Anthropic sees ${sees}`,
        ]);
        expect(banner).toBe(sees === "content");
      }
    },
  );

  test("straight to Anthropic says so in every file and every manifest entry", () => {
    const { files, manifest } = renderProfileSet(example("pilot"));
    expect(files).toHaveLength(8);
    for (const { path, bytes } of files) {
      expect(bytes.toString().replaceAll("\0", ""), path).toContain(
        "Outside the residency guarantee: conversations are processed by Anthropic.",
      );
    }
    for (const { notes: said } of JSON.parse(manifest.bytes.toString()).files) {
      expect(said).toEqual([
        "outside the guarantee: conversations are processed by Anthropic itself",
      ]);
    }
  });

  test("inside the guarantee nothing is said", () => {
    for (const { notes: said, bytes } of renderProfileSet(example("eu-gateway")).files) {
      expect(said).toEqual([]);
      expect(bytes.toString().replaceAll("\0", "")).not.toContain("guarantee");
    }
  });
});
