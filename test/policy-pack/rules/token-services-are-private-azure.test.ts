import { describe, expect, it } from "vitest";

import { tokenServicesArePrivate as rule } from "../../../policy-pack/rules/token-services-are-private.ts";
import { azure, usZone as zone } from "../../support/azure-resources.ts";
import { type Candidate, type Run, reportsOf, unknownText } from "../../support/run-rule.ts";

type Fields = Readonly<Record<string, unknown>>;

const image = `exampleimages.azurecr.io/cowork/token-service@sha256:${"ab".repeat(32)}`;
const config = JSON.stringify({
  routes: [{ name: "foundry", provider: "foundry" }],
  store: { kind: "redis", url: "rediss://store.example.com:10000" },
});
const container = { image, env: [{ name: "COWORK_TOKEN_SERVICE_CONFIG", value: config }] };
const ingress = {
  external: true,
  allowInsecure: false,
  ipSecurityRestrictions: [{ name: "laptops", action: "Allow", ipAddressRange: "10.0.0.0/8" }],
};
const props = {
  identity: { type: "UserAssigned", userAssignedIdentities: ["/subscriptions/s/identity"] },
  configuration: { ingress, secrets: [] },
  template: { containers: [container] },
};
const app = (change: Fields = {}) => azure("app:ContainerApp", { ...props, ...change });
const behind = (change: Fields) =>
  app({ configuration: { ...props.configuration, ingress: { ...ingress, ...change } } });
const running = (change: Fields) =>
  app({ template: { containers: [{ ...container, ...change }] } });
const said = (candidate: Candidate, run: Run = {}) => reportsOf(rule, candidate, { zone, ...run });

describe("a token service on Container Apps", () => {
  it.each(["preview", "up"] as const)("passes as the kit makes it, at %s", async (phase) => {
    expect(await said(app(), { phase })).toEqual([]);
  });

  it.each<[string, Candidate, string]>([
    [
      "without an identity",
      app({ identity: undefined }),
      "`identity.type` is absent, not UserAssigned: what it may do does not hang on an identity that was chosen for it",
    ],
    [
      "as the system's identity",
      app({ identity: { type: "SystemAssigned" } }),
      "`identity.type` is SystemAssigned, not UserAssigned: what it may do does not hang on an identity that was chosen for it",
    ],
    [
      "with no identity in its list",
      app({ identity: { type: "UserAssigned", userAssignedIdentities: [] } }),
      "`identity.userAssignedIdentities` is empty: it signs in to nothing, or by a secret",
    ],
    [
      "without TLS",
      behind({ allowInsecure: true }),
      "`configuration.ingress.allowInsecure` is true: tokens would pass in clear",
    ],
    [
      "for everybody, by saying nothing",
      behind({ ipSecurityRestrictions: undefined }),
      "`configuration.ingress.ipSecurityRestrictions` is absent: everybody gets in",
    ],
    [
      "for everybody, by an empty list",
      behind({ ipSecurityRestrictions: [] }),
      "`configuration.ingress.ipSecurityRestrictions` is empty: everybody gets in",
    ],
    [
      "for everybody but some",
      behind({ ipSecurityRestrictions: [{ action: "Deny", ipAddressRange: "10.0.0.0/8" }] }),
      "`configuration.ingress.ipSecurityRestrictions` holds Deny: everybody who is not named gets in",
    ],
    [
      "for the whole internet",
      behind({ ipSecurityRestrictions: [{ action: "Allow", ipAddressRange: "0.0.0.0/0" }] }),
      "`configuration.ingress.ipSecurityRestrictions` holds 0.0.0.0/0: everybody gets in",
    ],
    [
      "with a secret in the state",
      app({ configuration: { ingress, secrets: [{ name: "password", value: "x" }] } }),
      "secret password is given as a `value`, not by `keyVaultUrl`",
    ],
    [
      "with a tag",
      running({ image: "exampleimages.azurecr.io/tokens:1" }),
      "container 1: `image` exampleimages.azurecr.io/tokens:1 is not pinned by digest: another may run under its name",
    ],
    [
      "without an image",
      running({ image: undefined }),
      "undecidable: container 1: `image` is absent",
    ],
    [
      "with a password in clear",
      running({ env: [...container.env, { name: "COWORK_STORE_PASSWORD", value: "x" }] }),
      "container 1: COWORK_STORE_PASSWORD stands in `env`, in clear",
    ],
    [
      "with revocations one replica knows",
      running({
        env: [
          {
            name: "COWORK_TOKEN_SERVICE_CONFIG",
            value: JSON.stringify({ routes: [], store: { kind: "memory" } }),
          },
        ],
      }),
      "container 1: its `store.kind` is memory: a revocation reaches one replica only",
    ],
    [
      "without a configuration anybody sees",
      running({ env: [] }),
      "undecidable: container 1: COWORK_TOKEN_SERVICE_CONFIG is not set: what it gives credentials for cannot be seen",
    ],
    [
      "without a template",
      app({ template: undefined }),
      "undecidable: `template` is absent: what runs is not seen",
    ],
  ])("is refused %s", async (_, candidate, says) => {
    expect(await said(candidate)).toEqual([`blocks: ${says}`]);
  });

  it("may read its password from a vault", async () => {
    const env = [...container.env, { name: "COWORK_STORE_PASSWORD", secretRef: "password" }];
    const secrets = [{ name: "password", keyVaultUrl: "https://v.vault.azure.net/secrets/p" }];
    const template = { containers: [{ ...container, env }] };
    expect(await said(app({ configuration: { ingress, secrets }, template }))).toEqual([]);
  });

  it("is known under every version of the API", async () => {
    const old = azure("app/v20240301:ContainerApp", { ...props, identity: undefined });
    expect(await said(old)).toHaveLength(1);
  });

  it.each<[string, Candidate]>([
    ["identity", app({ identity: unknownText })],
    ["identity.type", app({ identity: { ...props.identity, type: unknownText } })],
    ["configuration", app({ configuration: unknownText })],
    ["configuration.ingress", app({ configuration: { ingress: unknownText } })],
    ["configuration.ingress.allowInsecure", behind({ allowInsecure: unknownText })],
    [
      "configuration.ingress.ipSecurityRestrictions",
      behind({ ipSecurityRestrictions: unknownText }),
    ],
    [
      "configuration.ingress.ipSecurityRestrictions.0",
      behind({ ipSecurityRestrictions: [unknownText] }),
    ],
    ["configuration.secrets", app({ configuration: { ingress, secrets: unknownText } })],
    ["template", app({ template: unknownText })],
    ["template.containers", app({ template: { containers: unknownText } })],
    ["template.containers.0", app({ template: { containers: [unknownText] } })],
    [
      "template.containers.0.env.0.value",
      running({ env: [{ name: "COWORK_TOKEN_SERVICE_CONFIG", value: unknownText }] }),
    ],
  ])("is not taken for sound while %s is unknown", async (path, candidate) => {
    expect(await said(candidate)).toEqual([
      `advises: not proven, decided at up: \`${path}\` is not known yet`,
    ]);
    expect(await said(candidate, { phase: "up" })).toEqual([
      `blocks: undecidable: \`${path}\` is not known yet`,
    ]);
  });

  describe("whose configuration is not known yet", () => {
    const serves = (change: Fields) =>
      JSON.stringify({
        routes: [{ name: "bedrock", provider: "bedrock", region: "us-east-1" }],
        store: { kind: "redis" },
        ...change,
      });
    const says = (value: unknown, configured: unknown = unknownText) => {
      const env = [
        { name: "COWORK_TOKEN_SERVICE_CONFIG", value: configured },
        { name: "COWORK_TOKEN_SERVICE_SERVES", value },
      ];
      return said(running({ env }));
    };
    const at = "container 1, by its variable COWORK_TOKEN_SERVICE_SERVES";

    it("passes by what it says it serves", async () => {
      expect(await says(serves({}))).toEqual([]);
    });

    it.each<[string, string, string]>([
      [
        "a route elsewhere",
        serves({ routes: [{ name: "far", provider: "bedrock", region: "eu-central-1" }] }),
        `${at}: the region of its route far is eu-central-1: eu-central-1 is in DE, outside zone us`,
      ],
      [
        "a route without a region",
        serves({ routes: [{ name: "bare", provider: "mantle" }] }),
        `undecidable: ${at}: its route bare names no region`,
      ],
      [
        "no routes",
        serves({ routes: undefined }),
        `undecidable: ${at}: its configuration has no routes`,
      ],
      [
        "no store",
        serves({ store: undefined }),
        `${at}: its \`store.kind\` is absent (the default is memory): a revocation reaches one replica only`,
      ],
      [
        "nothing readable",
        "bedrock",
        `undecidable: ${at}: COWORK_TOKEN_SERVICE_CONFIG is no JSON object`,
      ],
    ])("is refused for %s", async (_, text, message) => {
      expect(await says(text)).toEqual([`blocks: ${message}`]);
    });

    it("is not proven by what is not known itself, or not said", async () => {
      expect(await says(unknownText)).toEqual([
        "advises: not proven, decided at up: `template.containers.0.env.1.value` is not known yet",
      ]);
      expect(await says(undefined)).toEqual([
        "advises: not proven, decided at up: `template.containers.0.env.0.value` is not known yet",
      ]);
    });

    it("is judged by its text alone once that is known", async () => {
      const memory = JSON.stringify({ routes: [], store: { kind: "memory" } });
      expect(await says(serves({}), memory)).toEqual([
        "blocks: container 1: its `store.kind` is memory: a revocation reaches one replica only",
      ]);
      expect(await says(memory, config)).toEqual([]);
    });

    it("is a token service by saying what it serves, whatever its image is called", async () => {
      const other = image.replace("token-service", "tokens");
      const env = [{ name: "COWORK_TOKEN_SERVICE_SERVES", value: serves({}) }];
      expect(await said(running({ image: other, env }))).toEqual([
        "blocks: undecidable: container 1: COWORK_TOKEN_SERVICE_CONFIG is not set: what it gives credentials for cannot be seen",
      ]);
    });
  });

  it("may be any app while a variable's name is unknown, and is none when all are known", async () => {
    const other = { image: "other:1", env: [{ name: unknownText, value: "x" }] };
    expect(await said(app({ identity: undefined, template: { containers: [other] } }))).toEqual([
      "advises: not proven, decided at up: container 1: `template.containers.0.env.0.name` is not known yet",
    ]);
    const known = { template: { containers: [{ image: "other:1" }] } };
    expect(await said(azure("app:ContainerApp", known))).toEqual([]);
  });
});

describe("environments of Container Apps", () => {
  const environment = (change: Fields = {}) =>
    azure("app:ManagedEnvironment", {
      vnetConfiguration: { internal: true },
      publicNetworkAccess: "Disabled",
      appLogsConfiguration: { destination: "azure-monitor" },
      ...change,
    });

  it("pass without a public address and without a workspace's key", async () => {
    expect(await said(environment())).toEqual([]);
    expect(await said(environment({ publicNetworkAccess: undefined }))).toEqual([]);
  });

  it.each<[Fields, string]>([
    [
      { vnetConfiguration: { internal: false } },
      "`vnetConfiguration.internal` is false: its apps have a public address",
    ],
    [
      { vnetConfiguration: undefined },
      "`vnetConfiguration.internal` is absent (the default is false): its apps have a public address",
    ],
    [
      { publicNetworkAccess: "Enabled" },
      "`publicNetworkAccess` is Enabled: the internet reaches it",
    ],
    [
      { appLogsConfiguration: { logAnalyticsConfiguration: { sharedKey: "k" } } },
      "`appLogsConfiguration.logAnalyticsConfiguration.sharedKey` is given: a key of the workspace rests in the state; use azure-monitor",
    ],
  ])("are refused with %j", async (change, says) => {
    expect(await said(environment(change))).toEqual([`blocks: ${says}`]);
  });

  it.each(["vnetConfiguration", "publicNetworkAccess", "appLogsConfiguration"])(
    "are not taken for closed while %s is unknown",
    async (name) => {
      expect(await said(environment({ [name]: unknownText }))).toEqual([
        `advises: not proven, decided at up: \`${name}\` is not known yet`,
      ]);
    },
  );
});
