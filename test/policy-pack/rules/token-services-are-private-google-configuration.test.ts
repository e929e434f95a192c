import { describe, expect, it } from "vitest";

import { tokenServicesArePrivate as rule } from "../../../policy-pack/rules/token-services-are-private.ts";
import { google } from "../../support/google-resources.ts";
import { type Candidate, type Run, reportsOf, unknownText } from "../../support/run-rule.ts";

type Fields = Readonly<Record<string, unknown>>;
const config = JSON.stringify({
  routes: [{ name: "bedrock", provider: "bedrock", region: "eu-central-1" }],
  store: { kind: "redis", url: "rediss://10.0.0.2:6379" },
});
const elsewhere = config.replace("eu-central-1", "us-east-1");
const inUs = "the region of its route bedrock is us-east-1: us-east-1 is in US, outside zone eu";
const annotation = "cowork.token-service.serves";

const container = {
  image: `europe-west3-docker.pkg.dev/p/cowork/tokens@sha256:${"ab".repeat(32)}`,
  args: ["serve", "--config", "/etc/cowork/config/config.json"],
  volumeMounts: [{ name: "config", mountPath: "/etc/cowork/config" }],
};
const template = {
  annotations: { [annotation]: config },
  serviceAccount: "tokens@p.iam.gserviceaccount.com",
  encryptionKey: "projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k",
  vpcAccess: { egress: "ALL_TRAFFIC" },
  volumes: [
    { name: "policy", secret: { secret: "policy", items: [{ version: "latest", path: "p" }] } },
    {
      name: "config",
      secret: { secret: "config", items: [{ version: unknownText, path: "config.json" }] },
    },
  ],
  containers: [container],
};
const within = (change: Fields = {}) =>
  google("cloudrunv2/service:Service", {
    project: "p",
    location: "europe-west3",
    ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
    defaultUriDisabled: true,
    invokerIamDisabled: true,
    template: { ...template, ...change },
  });
const running = (change: Fields, around: Fields = {}) =>
  within({ containers: [{ ...container, ...change }], ...around });

const secret = google("secretmanager/secret:Secret", { project: "p", secretId: "config" });
const version = (secretData: string | undefined, change: Fields = {}) =>
  google("secretmanager/secretVersion:SecretVersion", {
    secret: "projects/p/secrets/config",
    secretData,
    ...change,
  });
const reports = (candidate: Candidate, others: readonly Candidate[], run: Run = {}) =>
  reportsOf(rule, candidate, { ...run, others });

describe("a token service whose configuration is a secret of the stack", () => {
  it("is proven at a preview that does not know the text, by what it says it serves", async () => {
    expect(await reports(within(), [secret, version(unknownText)])).toEqual([]);
  });

  it("is proven at up by the text itself", async () => {
    expect(await reports(within(), [secret, version(config)], { phase: "up" })).toEqual([]);
  });

  it("is refused at a preview for what it says it serves", async () => {
    const candidate = within({ annotations: { [annotation]: elsewhere } });
    expect(await reports(candidate, [secret, version(unknownText)])).toEqual([
      `blocks: container 1, by its annotation ${annotation}: ${inUs}`,
    ]);
  });

  it.each(["preview", "up"] as const)(
    "is refused at %s for a text that says more than its annotation",
    async (phase) => {
      expect(await reports(within(), [secret, version(elsewhere)], { phase })).toEqual([
        `blocks: container 1: ${inUs}`,
      ]);
    },
  );

  it("is not proven without the annotation while the text is unknown, for that alone", async () => {
    const image = `europe-west3-docker.pkg.dev/p/cowork/token-service@sha256:${"ab".repeat(32)}`;
    const candidate = running({ image }, { annotations: undefined });
    expect(await reports(candidate, [secret, version(unknownText)])).toEqual([
      "advises: not proven, decided at up: container 1: what secret projects/p/secrets/config says is not known yet",
    ]);
    expect(await reports(candidate, [secret, version(config)])).toEqual([]);
  });

  it("is not proven while nothing of the stack is known to fill the secret", async () => {
    const others = [secret, version(config, { secret: unknownText })];
    const says = "container 1: no version of secret projects/p/secrets/config is known yet";
    expect(await reports(within(), others)).toEqual([
      `advises: not proven, decided at up: ${says}`,
    ]);
    expect(await reports(within(), [secret], { phase: "up" })).toEqual([
      `blocks: undecidable: ${says}`,
    ]);
  });

  it("is judged by every version the stack makes", async () => {
    const another = { ...version(elsewhere), name: "another" };
    expect(await reports(within(), [secret, version(config), another])).toEqual([
      `blocks: container 1: ${inUs}`,
    ]);
  });

  it.each<[string, Candidate]>([
    ["in another form", version(config, { isSecretDataBase64: true })],
    ["without a text", version(undefined)],
  ])("cannot be seen %s", async (_, given) => {
    expect(await reports(within(), [secret, given])).toEqual([
      "blocks: undecidable: container 1: secret projects/p/secrets/config has no text in `secretData`: what it says cannot be seen",
    ]);
  });

  it.each([
    ["of another stack", []],
    ["of another project", [version(config, { secret: "projects/q/secrets/config" })]],
  ])("cannot be seen in a secret %s", async (_, others) => {
    expect(await reports(within(), others)).toEqual([
      "blocks: undecidable: container 1: secret projects/p/secrets/config is not of this stack: what it says cannot be seen",
    ]);
  });

  it.each<[string, Candidate]>([
    ["by its full name", within({ volumes: [volume({ secret: "projects/p/secrets/config" })] })],
    ["with =", running({ args: ["--config=/etc/cowork/config/config.json"] })],
    ["after the command", running({ args: undefined, commands: [...container.args] })],
    [
      "among other mounts",
      running({
        volumeMounts: [
          { name: "policy", mountPath: "/etc/cowork/co" },
          { name: "policy", mountPath: "/etc/cowork" },
          { name: "config", mountPath: "/etc/cowork/config/" },
        ],
      }),
    ],
    [
      "under the secret's own name",
      running(
        { args: ["--config", "/etc/cowork/config/config"] },
        { volumes: [volume({ items: undefined })] },
      ),
    ],
  ])("is found %s", async (_, candidate) => {
    expect(await reports(candidate, [secret, version(elsewhere)])).toEqual([
      `blocks: container 1: ${inUs}`,
    ]);
  });

  it.each<[string, Fields, Fields]>([
    ["no mount", { volumeMounts: [] }, {}],
    ["another folder", { volumeMounts: [{ name: "config", mountPath: "/etc/cowork/co" }] }, {}],
    ["no volume", {}, { volumes: [] }],
    ["no secret", {}, { volumes: [{ name: "config", emptyDir: {} }] }],
    ["another item", {}, { volumes: [volume({ items: [{ version: "1", path: "other" }] })] }],
    ["a name of its own", {}, { volumes: [volume({ items: undefined })] }],
  ])("is not taken for another file: %s", async (_, change, around) => {
    expect(await reports(running(change, around), [secret, version(config)])).toEqual([
      "blocks: undecidable: container 1: /etc/cowork/config/config.json is in no mounted secret: what it says cannot be seen",
    ]);
  });

  it("goes by the file where a variable says something else", async () => {
    const envs = [{ name: "COWORK_TOKEN_SERVICE_CONFIG", value: config }];
    expect(await reports(running({ envs }), [secret, version(elsewhere)])).toEqual([
      `blocks: container 1: ${inUs}`,
    ]);
  });

  it("has a container that reads it", async () => {
    expect(await reports(running({ args: ["serve"] }), [secret, version(config)])).toEqual([
      "blocks: undecidable: no container reads the configuration its annotation speaks of",
    ]);
  });
});

describe("a token service whose variable is a secret", () => {
  const from = (valueSource: unknown, around: Fields = {}) =>
    running(
      { args: undefined, envs: [{ name: "COWORK_TOKEN_SERVICE_CONFIG", valueSource }] },
      around,
    );
  const given = { secretKeyRef: { secret: "config", version: "1" } };

  it("is judged by it", async () => {
    expect(await reports(from(given), [secret, version(config)])).toEqual([]);
    expect(await reports(from(given), [secret, version(elsewhere)])).toEqual([
      `blocks: container 1: ${inUs}`,
    ]);
    expect(await reports(from(given), [])).toEqual([
      "blocks: undecidable: container 1: secret projects/p/secrets/config is not of this stack: what it says cannot be seen",
    ]);
  });

  it("is not taken for sound without a source", async () => {
    expect(await reports(from({}), [secret, version(config)])).toEqual([
      "blocks: undecidable: container 1: COWORK_TOKEN_SERVICE_CONFIG is not set: what it gives credentials for cannot be seen",
    ]);
  });

  it("is not proven while its source is unknown, for that alone", async () => {
    const source = { secretKeyRef: { secret: unknownText, version: "1" } };
    expect(await reports(from(source, { encryptionKey: undefined }), [])).toEqual([
      "blocks: `template.encryptionKey` is absent: what it holds is under a key of Google's",
      "advises: not proven, decided at up: `template.containers.0.envs.0.valueSource.secretKeyRef.secret` is not known yet",
    ]);
  });

  it("is not proven while an argument is unknown that may name another file", async () => {
    const envs = [{ name: "COWORK_TOKEN_SERVICE_CONFIG", value: config }];
    expect(await reports(running({ envs, args: ["serve", unknownText] }), [])).toEqual([
      "advises: not proven, decided at up: container 1: its `args` are not known yet",
    ]);
    expect(await reports(running({ envs, args: unknownText }), [])).toEqual([
      "advises: not proven, decided at up: container 1: its `args` are not known yet",
    ]);
  });

  it("is not proven while a word behind the file is unknown, and what is seen still counts", async () => {
    const args = [...container.args, unknownText];
    expect(await reports(running({ args }), [secret, version(elsewhere)])).toEqual([
      "advises: not proven, decided at up: container 1: its `args` are not known yet",
      `blocks: container 1: ${inUs}`,
    ]);
  });

  it("is not proven while its mount is unknown, for that alone", async () => {
    const volumeMounts = [{ name: "config", mountPath: unknownText }];
    expect(await reports(running({ volumeMounts }), [secret, version(config)])).toEqual([
      "advises: not proven, decided at up: `template.containers.0.volumeMounts.0.mountPath` is not known yet",
    ]);
  });

  it("is not proven while the file it names is unknown", async () => {
    const args = ["serve", "--config", unknownText];
    expect(await reports(running({ args }), [secret, version(config)])).toEqual([
      "advises: not proven, decided at up: container 1: its `args` are not known yet",
    ]);
  });
});

describe("a container beside a token service", () => {
  it("may have a configuration of its own", async () => {
    const beside = { ...container, args: ["--config", "/etc/collector.yaml"], volumeMounts: [] };
    const image = `europe-west3-docker.pkg.dev/p/cowork/token-service@sha256:${"ab".repeat(32)}`;
    const candidate = within({ containers: [{ ...container, image }, beside] });
    expect(await reports(candidate, [secret, version(config)])).toEqual([]);
  });
});

describe("another service on Cloud Run", () => {
  it("may read a secret and take --config", async () => {
    const other = within({ annotations: undefined });
    expect(await reports(other, [])).toEqual([]);
  });
});

function volume(change: Fields) {
  const items = [{ version: "1", path: "config.json" }];
  return { name: "config", secret: { secret: "config", items, ...change } };
}
