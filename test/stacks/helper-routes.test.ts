import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { helperConfig } from "../../contract/helper-config.ts";
import { renderProfileSet } from "../../profiles/profile-set.ts";
import { parseConfig, valuesFromPulumi } from "../../stacks/config.ts";
import { geographyStack } from "../../stacks/geography.ts";
import { deploy, resolved } from "../support/deploy.ts";
import { type Change, type RefusalCase, refusalOf } from "./refusal.ts";
import { asPulumiHandsOver, cloudAnswers, compliance, fileText, today } from "./shipped.ts";
import { withoutService } from "./support/without-service.ts";

/** A shipped stack whose routes run the kit's own helper. */
function withHelper(stack: string, changes: readonly Change[]): string {
  return changes.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`stack ${stack} has no "${from}"`);
      return text.replace(from, to);
    },
    withoutService(fileText(`stacks/Pulumi.${stack}.yaml`)),
  );
}

const service = `cowork:tokenService:
    kind: existing
    url: https://tokens.example.com
    routes: [frankfurt, google]
    longestSessionSeconds: 3600
  cowork:profiles`;

const shippedDesktop = "desktop: { kind: credential-helper, ttlSeconds: 900 }";
const eu = (desktop: string): Change[] => [[shippedDesktop, `desktop: ${desktop}`]];

const outputsOf = (stack: string, changes: readonly Change[]) =>
  outputsOfText(stack, withHelper(stack, changes));

async function outputsOfText(stack: string, text: string) {
  const { config } = parse(text);
  const parsed = parseConfig(valuesFromPulumi(asPulumiHandsOver(config)));
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  const { result } = await deploy(
    () => geographyStack(parsed.config, { compliance: compliance(), stack, today }),
    cloudAnswers,
  );
  return resolved(result.landingZone);
}

async function helperOf(stack: string, route: string, changes: readonly Change[]) {
  const outputs = await outputsOf(stack, changes);
  const { desktop } = outputs.routes.find(({ name }) => name === route)!;
  if (desktop.kind !== "helper-script") throw new Error(desktop.kind);
  return desktop;
}

describe("a route that runs the kit's own helper", () => {
  it("points to what the kit installs, and exchanges the sign-in at AWS for one region", async () => {
    expect(
      await helperOf("eu", "frankfurt", eu("{ kind: credential-helper, ttlSeconds: 1200 }")),
    ).toEqual({
      kind: "helper-script",
      path: "/opt/cowork/bin/credential-helper",
      windowsPath: "C:\\Program Files\\Cowork\\credential-helper.exe",
      ttlSeconds: 1200,
      helper: {
        helperConfigVersion: 1,
        organization: "example",
        geography: "eu",
        route: "frankfurt",
        provider: "bedrock",
        ttlSeconds: 1200,
        signIn: {
          kind: "oidc",
          issuer: "https://login.example.com",
          clientId: "cowork-desktop",
          scopes: "openid offline_access",
          redirectPath: "/callback",
          deviceCode: "fallback",
          keepRefreshToken: true,
        },
        exchange: {
          kind: "bedrock",
          partition: "aws",
          region: "eu-central-1",
          roleArn: expect.stringMatching(/^arn:aws:iam::111122223333:role\/.+/),
          sessionSeconds: 3600,
        },
      },
    });
  });

  it("exchanges the sign-in at Google's STS through the route's own pool", async () => {
    const { helper } = await helperOf("eu", "google", [
      ["desktop: { kind: workforce }", "desktop: { kind: credential-helper }"],
    ]);
    expect(helper).toMatchObject({
      provider: "vertex",
      ttlSeconds: 900,
      signIn: { issuer: "https://login.example.com", clientId: "cowork-desktop" },
      exchange: {
        kind: "vertex-workforce",
        audience: expect.stringMatching(
          /^\/\/iam\.googleapis\.com\/locations\/global\/workforcePools\/[a-z0-9-]+\/providers\/[a-z0-9-]+$/,
        ),
        userProject: "example-cowork-eu",
      },
    });
  });

  it("asks Entra ID for Azure's audience with the application the kit registers", async () => {
    const { helper } = await helperOf("us", "azure", [
      ["application: { kind: existing, clientId: 0f1e2d3c-4b5a-4968-8776-655443322110 }", ""],
    ]);
    expect(helper).toMatchObject({
      provider: "foundry",
      signIn: {
        issuer: "https://login.microsoftonline.com/9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f/v2.0",
        clientId: "0f1e2d3c-4b5a-4968-8776-655443322110",
        scopes: "openid offline_access https://cognitiveservices.azure.com/.default",
      },
      exchange: { kind: "entra", scope: "https://cognitiveservices.azure.com/.default" },
    });
  });

  it("hands a gateway the token of the sign-in", async () => {
    const desktop = /desktop:\n {8}kind: external-idp\n(?: {8}.*\n)+/;
    const [found] = desktop.exec(fileText("stacks/Pulumi.eu-gateway.yaml")) ?? [""];
    const { helper } = await helperOf("eu-gateway", "gateway", [
      [
        found,
        "desktop:\n        kind: credential-helper\n        signIn: { kind: oidc, issuer: https://login.example.com, clientId: cowork-desktop }\n",
      ],
    ]);
    expect(helper).toMatchObject({
      provider: "gateway",
      exchange: { kind: "sign-in-token", tokenType: "id_token" },
    });
  });

  it("asks the token service where one is named", async () => {
    const named: Change = ["cowork:profiles", service];
    const asked = eu("{ kind: credential-helper, exchange: token-service }");
    const { helper } = await helperOf("eu", "frankfurt", [named, ...asked]);
    expect(helper?.exchange).toEqual({
      kind: "token-service",
      url: "https://tokens.example.com",
      present: "id_token",
      dpop: false,
    });
  });

  it("presents an access token for the application a service asks Entra ID with on a person's behalf", async () => {
    const text = fileText("stacks/Pulumi.us.yaml").replace("kind: federated", "kind: on-behalf-of");
    const helperFrom = async (changed: string) => {
      const { routes } = await outputsOfText("us", changed);
      const { desktop } = routes.find(({ name }) => name === "azure")!;
      return desktop.kind === "helper-script" ? desktop.helper : undefined;
    };
    const own = "2b3c4d5e-6f70-4182-9344-5566778899aa";
    expect(await helperFrom(text)).toMatchObject({
      signIn: { scopes: `openid offline_access api://${own}/.default` },
      exchange: { kind: "token-service", present: "access_token" },
    });
    const scopes = "openid offline_access https://claude.example.com/call";
    const named = text.replace(
      "exchange: token-service,",
      `exchange: token-service, signIn: { kind: oidc, scopes: ${scopes} },`,
    );
    expect(await helperFrom(named)).toMatchObject({
      signIn: { scopes },
      exchange: { present: "access_token" },
    });
  });

  it("ships the helper's file beside the profile, and the helper's own reader takes it", async () => {
    const outputs = await outputsOf("eu", [
      ...eu("{ kind: credential-helper }"),
      // The tests' own cloud does not name endpoints as AWS does; the public name needs none.
      ["reach: { kind: vpce-name }", "reach: { kind: routed }"],
    ]);
    const { files, manifest } = renderProfileSet(outputs, "eu");
    const file = files.find(({ channel }) => channel === "credential-helper");
    expect(file?.path).toBe("eu/frankfurt/credential-helper.json");
    const shipped = helperConfig.parse(JSON.parse(file!.bytes.toString("utf8")));
    const profile = JSON.parse(
      files
        .find(({ path }) => path === "eu/frankfurt/managed-settings.json")!
        .bytes.toString("utf8"),
    );
    expect(profile).toMatchObject({
      inferenceCredentialKind: "helper-script",
      inferenceCredentialHelper: "/opt/cowork/bin/credential-helper",
      inferenceCredentialHelperTtlSec: shipped.ttlSeconds,
      inferenceBedrockRegion: "eu-central-1",
    });
    const listed = JSON.parse(manifest.bytes.toString("utf8")).files.find(
      ({ path }: { path: string }) => path === "frankfurt/credential-helper.json",
    );
    expect(listed).toEqual({
      path: "frankfurt/credential-helper.json",
      channel: "credential-helper",
      installedAs: {
        darwin: "/Library/Application Support/Cowork/credential-helper.json",
        linux: "/etc/cowork/credential-helper.json",
        win32: "C:\\Program Files\\Cowork\\credential-helper.json",
      },
      sha256: file!.sha256,
      notes: [
        "goes to every laptop of the route, owned by an administrator, before the profile does",
      ],
    });
  });
});

describe("the kit's own helper, asked for wrongly", () => {
  it.each<RefusalCase>([
    [
      "a token service the file does not have",
      "eu",
      eu("{ kind: credential-helper, exchange: token-service }"),
      ["  routes.0.desktop.exchange: the file has no tokenService; add one, or use direct"],
    ],
    [
      "a token service that does not serve the route",
      "eu",
      [
        ["cowork:profiles", service.replace("[frankfurt, google]", "[google]")],
        ...eu("{ kind: credential-helper, exchange: token-service }"),
      ],
      [
        '  routes.0.desktop.exchange: the token service gives no credential for "frankfurt"; list it there',
      ],
    ],
    [
      "a device certificate without a service to present it to",
      "eu",
      eu(
        "{ kind: credential-helper, signIn: { kind: device-certificate, certificate: { path: /etc/device.pem, windowsPath: 'C:\\device.pem' }, privateKey: { path: /etc/device.key, windowsPath: 'C:\\device.key' } } }",
      ),
      [
        "  routes.0.desktop.signIn.kind: a device certificate is presented to a token service; set exchange: token-service",
      ],
    ],
    [
      "a credential that dies while the application still keeps it",
      "eu",
      eu("{ kind: credential-helper, ttlSeconds: 3600 }"),
      [
        "  routes.0.desktop.ttlSeconds: a credential may live 3600 s only, and 3600 s of keeping need 3660; write 3540 at most",
      ],
    ],
    [
      "a session longer than the role's",
      "eu",
      eu("{ kind: credential-helper, sessionSeconds: 7200 }"),
      [
        "  routes.0.desktop.sessionSeconds: the role's sessions live 3600 s at most; ask for less, or raise access.maxSessionSeconds",
      ],
    ],
    [
      "a sign-in without an ID token",
      "eu",
      eu("{ kind: credential-helper, signIn: { kind: oidc, scopes: profile } }"),
      ["  routes.0.desktop.signIn.scopes: must contain openid; without it there is no ID token"],
    ],
    [
      "an issuer over plain http",
      "eu",
      eu("{ kind: credential-helper, signIn: { kind: oidc, issuer: 'http://login.example.com' } }"),
      [
        "  routes.0.desktop.signIn.issuer: must be an https URL without credentials, query or fragment",
      ],
    ],
    [
      "an exchange AWS has no sign-in for",
      "us",
      [["desktop: { kind: interactive }", "desktop: { kind: credential-helper }"]],
      [
        '  routes.0.desktop.kind: "helper-script" cannot work with access "identity-center"; use interactive',
        "  routes.0.desktop.exchange: direct needs access kind oidc; change the access, or use token-service",
        "  routes.0.desktop.signIn.issuer: missing; neither the route's access nor the token service says which issuer",
        "  routes.0.desktop.signIn.clientId: missing; neither the route's access nor the token service says which client",
      ],
    ],
    [
      "a kind that does not exist",
      "eu",
      eu("{ kind: credential-helpr }"),
      [
        '  routes.0.desktop.kind: "credential-helpr" is not a choice; use one of interactive, vendor-profile, helper-script, credential-helper; did you mean "credential-helper"?',
      ],
    ],
  ])("refuses %s", (_, stack, changes, problems) => {
    expect(
      refusalOf({ stack, text: withoutService(fileText(`stacks/Pulumi.${stack}.yaml`)) }, changes),
    ).toEqual([`${stack}: invalid configuration`, ...problems]);
  });
});
