import { describe, expect, it } from "vitest";

import { tokenServicesArePrivate as rule } from "../../../policy-pack/rules/token-services-are-private.ts";
import { google } from "../../support/google-resources.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const image = `europe-west3-docker.pkg.dev/p/cowork/token-service@sha256:${"ab".repeat(32)}`;
const config = JSON.stringify({
  routes: [{ name: "google", provider: "vertex", projectId: "p" }],
  store: { kind: "redis", url: "rediss://10.0.0.2:6379" },
});
const container = {
  image,
  envs: [{ name: "COWORK_TOKEN_SERVICE_CONFIG", value: config }],
};
const template = {
  serviceAccount: "tokens@p.iam.gserviceaccount.com",
  encryptionKey: "projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k",
  vpcAccess: { egress: "ALL_TRAFFIC" },
  containers: [container],
};
const props = {
  location: "europe-west3",
  ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
  defaultUriDisabled: true,
  invokerIamDisabled: true,
  template,
};
type Fields = Readonly<Record<string, unknown>>;
const service = (change: Fields = {}) =>
  google("cloudrunv2/service:Service", { ...props, ...change });
const within = (change: Fields) => service({ template: { ...template, ...change } });
const running = (change: Fields) => within({ containers: [{ ...container, ...change }] });

describe("a token service on Cloud Run", () => {
  it.each(["preview", "up"] as const)("passes as the kit makes it, at %s", async (phase) => {
    expect(await reportsOf(rule, service(), { phase })).toEqual([]);
  });

  it.each([
    [
      "open to the internet",
      service({ ingress: "INGRESS_TRAFFIC_ALL" }),
      "`ingress` is INGRESS_TRAFFIC_ALL, not INGRESS_TRAFFIC_INTERNAL_ONLY: the internet may be led to it",
    ],
    [
      "behind any load balancer",
      service({ ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" }),
      "`ingress` is INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER, not INGRESS_TRAFFIC_INTERNAL_ONLY: the internet may be led to it",
    ],
    [
      "with Google's own ingress",
      service({ ingress: undefined }),
      "`ingress` is absent (the default is INGRESS_TRAFFIC_ALL), not INGRESS_TRAFFIC_INTERNAL_ONLY: the internet may be led to it",
    ],
    [
      "with its default address on",
      service({ defaultUriDisabled: undefined }),
      "`defaultUriDisabled` is absent (the default is false): other machines reach it past its load balancer, with a certificate header of their own",
    ],
    [
      "without an account of its own",
      within({ serviceAccount: undefined }),
      "`template.serviceAccount` is absent (the default is Compute Engine's): an account other workloads share",
    ],
    [
      "as the account of every machine",
      within({ serviceAccount: "1-compute@developer.gserviceaccount.com" }),
      "`template.serviceAccount` is 1-compute@developer.gserviceaccount.com: an account other workloads share",
    ],
    [
      "as App Engine's account",
      within({ serviceAccount: "p@appspot.gserviceaccount.com" }),
      "`template.serviceAccount` is p@appspot.gserviceaccount.com: an account other workloads share",
    ],
    [
      "without a key",
      within({ encryptionKey: undefined }),
      "`template.encryptionKey` is absent: what it holds is under a key of Google's",
    ],
    [
      "with a way past the network",
      within({ vpcAccess: { egress: "PRIVATE_RANGES_ONLY" } }),
      "`template.vpcAccess.egress` is PRIVATE_RANGES_ONLY: it reaches the internet past the network",
    ],
    [
      "without a network",
      within({ vpcAccess: undefined }),
      "`template.vpcAccess.egress` is absent (the default is PRIVATE_RANGES_ONLY): it reaches the internet past the network",
    ],
    [
      "with a tag",
      running({ image: "europe-west3-docker.pkg.dev/p/cowork/tokens:1" }),
      "container 1: `image` europe-west3-docker.pkg.dev/p/cowork/tokens:1 is not pinned by digest: another may run under its name",
    ],
    [
      "without an image",
      running({ image: undefined }),
      "undecidable: container 1: `image` is absent",
    ],
    [
      "with revocations one replica knows",
      running({
        envs: [
          {
            name: "COWORK_TOKEN_SERVICE_CONFIG",
            value: JSON.stringify({ routes: [], store: { kind: "memory" } }),
          },
        ],
      }),
      "container 1: its `store.kind` is memory: a revocation reaches one replica only",
    ],
    [
      "with a password in clear",
      running({ envs: [...container.envs, { name: "COWORK_STORE_PASSWORD", value: "x" }] }),
      "container 1: COWORK_STORE_PASSWORD stands in `envs`, in clear",
    ],
  ])("is refused %s", async (_, candidate, says) => {
    expect(await reportsOf(rule, candidate)).toEqual([`blocks: ${says}`]);
  });

  it("is known by its image too", async () => {
    const reports = await reportsOf(
      rule,
      within({ containers: [{ image }], encryptionKey: undefined }),
    );
    expect(reports).toEqual([
      "blocks: `template.encryptionKey` is absent: what it holds is under a key of Google's",
      "blocks: undecidable: container 1: COWORK_TOKEN_SERVICE_CONFIG is not set: what it gives credentials for cannot be seen",
    ]);
  });

  it("may read its password from a secret", async () => {
    const from = { secretKeyRef: { secret: "s", version: "latest" } };
    const envs = [...container.envs, { name: "COWORK_STORE_PASSWORD", valueSource: from }];
    expect(await reportsOf(rule, running({ envs }))).toEqual([]);
  });

  it.each<[string, Fields]>([
    ["ingress", { ingress: unknownText }],
    ["defaultUriDisabled", { defaultUriDisabled: unknownText }],
    ["template", { template: unknownText }],
    ["template.containers", { template: { ...template, containers: unknownText } }],
    ["template.containers.0", { template: { ...template, containers: [unknownText] } }],
    ["template.serviceAccount", { template: { ...template, serviceAccount: unknownText } }],
    ["template.encryptionKey", { template: { ...template, encryptionKey: unknownText } }],
    ["template.vpcAccess", { template: { ...template, vpcAccess: unknownText } }],
  ])("is not taken for sound while %s is unknown", async (path, change) => {
    expect(await reportsOf(rule, service(change))).toEqual([
      `advises: not proven, decided at up: \`${path}\` is not known yet`,
    ]);
    expect(await reportsOf(rule, service(change), { phase: "up" })).toEqual([
      `blocks: undecidable: \`${path}\` is not known yet`,
    ]);
  });

  it("is not taken for sound while its configuration is unknown, and a fault beside it still shows", async () => {
    const envs = [{ name: "COWORK_TOKEN_SERVICE_CONFIG", value: unknownText }];
    expect(await reportsOf(rule, running({ envs, image: "tokens:1" }))).toEqual([
      "blocks: container 1: `image` tokens:1 is not pinned by digest: another may run under its name",
      "advises: not proven, decided at up: `template.containers.0.envs.0.value` is not known yet",
    ]);
  });

  it("may be any service while a variable's name is unknown", async () => {
    const other = { image: "other:1", envs: [{ name: unknownText, value: "x" }] };
    expect(await reportsOf(rule, within({ containers: [other] }))).toEqual([
      "advises: not proven, decided at up: container 1: `template.containers.0.envs.0.name` is not known yet",
    ]);
  });
});
