import { describe, expect, it } from "vitest";

import { tokenServicesArePrivate as rule } from "../../../policy-pack/rules/token-services-are-private.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

type Fields = Record<string, unknown>;

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const log = (options: Fields = { "awslogs-region": "eu-central-1" }) => ({
  logDriver: "awslogs",
  options,
});
const config = (change: Fields = {}) =>
  JSON.stringify({
    routes: [{ name: "frankfurt", provider: "bedrock", region: "eu-central-1" }],
    store: { kind: "redis" },
    ...change,
  });
const environment = (value: unknown) => [{ name: "COWORK_TOKEN_SERVICE_CONFIG", value }];

/** A container of somebody else's. */
const ordinary: Fields = { name: "web", image: `example/web@${digest}`, logConfiguration: log() };
/** One that nothing is wrong with. */
const tokens: Fields = {
  ...ordinary,
  name: "tokens",
  user: "65532:65532",
  readonlyRootFilesystem: true,
  environment: environment(config()),
};

const task = (...containers: unknown[]) => ({
  type: "aws:ecs/taskDefinition:TaskDefinition",
  props: { containerDefinitions: JSON.stringify(containers) },
});

describe("containers", () => {
  it("pass when they are pinned and log to the zone", async () => {
    expect(await reportsOf(rule, task(ordinary, tokens))).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    [
      "a tag",
      { ...ordinary, image: "example/web:1.2" },
      'blocks: container "web": `image` example/web:1.2 is not pinned by digest: another may run under its name',
    ],
    [
      "no image",
      { ...ordinary, image: undefined },
      'blocks: undecidable: container "web": `image` is absent',
    ],
    [
      "a log outside the zone",
      { ...ordinary, logConfiguration: log({ "awslogs-region": "us-east-1" }) },
      'blocks: container "web": `awslogs-region` is us-east-1: us-east-1 is in US, outside zone eu',
    ],
    [
      "a log without a region",
      { ...ordinary, logConfiguration: log({}) },
      'blocks: undecidable: container "web": `awslogs-region` is absent: where the log rests cannot be seen',
    ],
    [
      "an endpoint of its own for the log",
      {
        ...ordinary,
        logConfiguration: log({ "awslogs-region": "eu-central-1", "awslogs-endpoint": "x" }),
      },
      'blocks: undecidable: container "web": `awslogs-endpoint` x: where it is cannot be seen',
    ],
    [
      "a driver that sends elsewhere",
      { ...ordinary, logConfiguration: { logDriver: "splunk" } },
      'blocks: undecidable: container "web": `logDriver` is splunk: where the log goes cannot be seen',
    ],
    [
      "a log without a driver",
      { ...ordinary, logConfiguration: {} },
      'blocks: undecidable: container "web": `logDriver` is absent',
    ],
    [
      "a secret outside the zone",
      {
        ...ordinary,
        secrets: [{ valueFrom: "arn:aws:secretsmanager:us-east-1:111122223333:secret:s" }],
      },
      'blocks: container "web": the region of secret arn:aws:secretsmanager:us-east-1:111122223333:secret:s is us-east-1: us-east-1 is in US, outside zone eu',
    ],
    [
      "a secret from nowhere",
      { ...ordinary, secrets: [{ name: "X" }] },
      'blocks: undecidable: container "web": a secret has no `valueFrom`',
    ],
    ["no object", 7, "blocks: undecidable: container 1 is not an object"],
  ])("are refused with %s", async (_, container, says) => {
    expect(await reportsOf(rule, task(container))).toEqual([says]);
  });

  it("pass without a log, or with one on the machine, where they are no token service", async () => {
    const { logConfiguration: _, ...silent } = ordinary;
    const local = { ...ordinary, logConfiguration: { logDriver: "json-file" } };
    expect(await reportsOf(rule, task(silent, local))).toEqual([]);
  });

  it.each(["{", "{}", ""])("cannot be judged from %j", async (containerDefinitions) => {
    const candidate = { ...task(), props: { containerDefinitions } };
    expect(await reportsOf(rule, candidate)).toEqual([
      "blocks: undecidable: `containerDefinitions` is no JSON list: what runs cannot be seen",
    ]);
  });

  it.each([
    {
      phase: "preview",
      says: "advises: not proven, decided at up: `containerDefinitions` is not known yet",
    },
    { phase: "up", says: "blocks: undecidable: `containerDefinitions` is not known yet" },
  ] as const)("are not proven while they are unknown, at $phase", async ({ phase, says }) => {
    const candidate = { ...task(), props: { containerDefinitions: unknownText } };
    expect(await reportsOf(rule, candidate, { phase })).toEqual([says]);
  });
});

describe("a token service", () => {
  const at = 'container "tokens": ';

  it.each<[string, Fields, string]>([
    ["no user", { user: undefined }, "`user` is absent (the image decides): it may run as root"],
    ["root", { user: "root" }, "`user` is root: it may run as root"],
    ["root by number", { user: "0:65532" }, "`user` is 0:65532: it may run as root"],
    ["privileges", { privileged: true }, "`privileged` is true"],
    [
      "a file system it may write to",
      { readonlyRootFilesystem: false },
      "`readonlyRootFilesystem` is false, not true",
    ],
    [
      "nothing said of its file system",
      { readonlyRootFilesystem: undefined },
      "`readonlyRootFilesystem` is absent (the default is false), not true",
    ],
    [
      "more rights in the kernel",
      { linuxParameters: { capabilities: { add: ["SYS_PTRACE"] } } },
      "`capabilities.add` gives it SYS_PTRACE",
    ],
    [
      "a password in clear",
      { environment: [...environment(config()), { name: "COWORK_STORE_PASSWORD", value: "x" }] },
      "COWORK_STORE_PASSWORD stands in `environment`, in clear",
    ],
    [
      "no log",
      { logConfiguration: undefined },
      "`logConfiguration` is absent: audit events would be lost",
    ],
    [
      "a log on the machine",
      { logConfiguration: { logDriver: "json-file" } },
      "`logDriver` is json-file: audit events would end with the machine",
    ],
    [
      "a route outside the zone",
      {
        environment: environment(
          config({ routes: [{ name: "va", provider: "mantle", region: "us-east-1" }] }),
        ),
      },
      "the region of its route va is us-east-1: us-east-1 is in US, outside zone eu",
    ],
    [
      "a store of one replica's own",
      { environment: environment(config({ store: { kind: "memory" } })) },
      "its `store.kind` is memory: a revocation reaches one replica only",
    ],
    [
      "no store",
      { environment: environment(config({ store: undefined })) },
      "its `store.kind` is absent (the default is memory): a revocation reaches one replica only",
    ],
  ])("is refused with %s", async (_, change, says) => {
    expect(await reportsOf(rule, task({ ...tokens, ...change }))).toEqual([`blocks: ${at}${says}`]);
  });

  it.each<[string, unknown, string]>([
    ["no JSON", "{", "COWORK_TOKEN_SERVICE_CONFIG is no JSON object"],
    ["nothing", undefined, "COWORK_TOKEN_SERVICE_CONFIG is no JSON object"],
    ["no routes", config({ routes: undefined }), "its configuration has no routes"],
    ["a route that is none", config({ routes: ["x"] }), "its route 1 is no object"],
    [
      "a route without a region",
      config({ routes: [{ name: "f", provider: "bedrock" }] }),
      "its route f names no region",
    ],
  ])("cannot be judged from a configuration of %s", async (_, value, says) => {
    expect(await reportsOf(rule, task({ ...tokens, environment: environment(value) }))).toEqual([
      `blocks: undecidable: ${at}${says}`,
    ]);
  });

  it("asks no region of routes that have none", async () => {
    const routes = [
      { name: "eu", provider: "vertex" },
      { name: "gw", provider: "gateway" },
    ];
    const value = config({ routes });
    expect(await reportsOf(rule, task({ ...tokens, environment: environment(value) }))).toEqual([]);
  });

  it.each([
    `111122223333.dkr.ecr.eu-central-1.amazonaws.com/cowork/token-service@${digest}`,
    `example/cowork-token-service@${digest}`,
  ])("is known by its image too: %s", async (image) => {
    expect(await reportsOf(rule, task({ ...tokens, image, environment: [] }))).toEqual([
      'blocks: undecidable: container "tokens": COWORK_TOKEN_SERVICE_CONFIG is not set: what it gives credentials for cannot be seen',
    ]);
  });

  it("is not what merely sounds like one", async () => {
    const image = `example/token-service-dashboard@${digest}`;
    expect(await reportsOf(rule, task({ ...ordinary, image }))).toEqual([]);
  });
});
