import { describe, expect, it } from "vitest";

import { tokenServicesArePrivate as rule } from "../../../policy-pack/rules/token-services-are-private.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

type Fields = Record<string, unknown>;

const file = "arn:aws:s3:::edge/settings/a.env";
const parameter = "arn:aws:ssm:eu-central-1:111122223333:parameter/cowork/tokens/store-url";
const config = (change: Fields = {}) =>
  JSON.stringify({
    routes: [{ name: "frankfurt", provider: "bedrock", region: "eu-central-1" }],
    store: { kind: "redis", url: { fromEnvironment: "COWORK_STORE_URL", like: "rediss://*:6379" } },
    ...change,
  });
const outside = config({ routes: [{ name: "va", provider: "bedrock", region: "us-east-1" }] });
const told = (value: string) => [{ name: "COWORK_TOKEN_SERVICE_CONFIG", value }];

const tokens: Fields = {
  name: "tokens",
  image: `111122223333.dkr.ecr.eu-central-1.amazonaws.com/token-service@sha256:${"0123456789abcdef".repeat(4)}`,
  user: "65532:65532",
  readonlyRootFilesystem: true,
  logConfiguration: { logDriver: "awslogs", options: { "awslogs-region": "eu-central-1" } },
  environment: told(config()),
  secrets: [{ name: "COWORK_STORE_URL", valueFrom: parameter }],
};
const task = (change: Fields = {}): Candidate => ({
  type: "aws:ecs/taskDefinition:TaskDefinition",
  props: { containerDefinitions: JSON.stringify([{ ...tokens, ...change }]) },
});
const object = (props: Fields): Candidate => ({
  type: "aws:s3/bucketObjectv2:BucketObjectv2",
  name: "settings",
  props: { bucket: "edge", key: "settings/a.env", ...props },
});
const mayRunCode = (name: string) =>
  `blocks: container "tokens": environment file ${name} may set any variable, NODE_OPTIONS included: whoever may write to it runs code in the service; name each variable in \`environment\` or \`secrets\``;

const both = ["preview", "up"] as const;

describe.each(both)("a token service told by its task definition, at %s", (phase) => {
  const judged = (candidate: Candidate, ...others: readonly Candidate[]) =>
    reportsOf(rule, candidate, { phase, others });

  it("passes when the text says nothing wrong, though it refers to what the cloud has still to choose", async () => {
    expect(await judged(task())).toEqual([]);
  });

  it("is judged by the text as early as that", async () => {
    expect(await judged(task({ environment: told(outside) }))).toEqual([
      'blocks: container "tokens": the region of its route va is us-east-1: us-east-1 is in US, outside zone eu',
    ]);
    expect(await judged(task({ environment: told(config({ store: {} })) }))).toEqual([
      'blocks: container "tokens": its `store.kind` is absent (the default is memory): a revocation reaches one replica only',
    ]);
  });

  it("cannot be judged without a text, or by one that a parameter holds", async () => {
    expect(await judged(task({ environment: [] }))).toEqual([
      'blocks: undecidable: container "tokens": COWORK_TOKEN_SERVICE_CONFIG is not set: what it gives credentials for cannot be seen',
    ]);
    const secrets = [{ name: "COWORK_TOKEN_SERVICE_CONFIG", valueFrom: parameter }];
    expect(await judged(task({ environment: [], secrets, image: "example/other" }))).toEqual([
      'blocks: container "tokens": `image` example/other is not pinned by digest: another may run under its name',
      'blocks: undecidable: container "tokens": COWORK_TOKEN_SERVICE_CONFIG comes from `secrets`: what it says cannot be seen',
    ]);
  });

  it.each<[unknown, string]>([
    ["NODE_OPTIONS", "NODE_OPTIONS"],
    ["LD_PRELOAD", "LD_PRELOAD"],
    [undefined, "a variable without a name"],
  ])("takes no variable %s from a parameter", async (name, says) => {
    const secrets = [...(tokens.secrets as Fields[]), { name, valueFrom: parameter }];
    expect(await judged(task({ secrets }))).toEqual([
      `blocks: container "tokens": \`secrets\` sets ${says}, which is none of the service's own: whoever may write its value decides what runs`,
    ]);
  });

  it.each<[string, Fields[]]>([
    ["of the stack", [{ content: "OTHER=1\n" }]],
    ["whose text is not known yet", [{ content: unknownText }]],
    ["of another bucket", [{ bucket: "other", content: "OTHER=1\n" }]],
    ["from elsewhere", []],
  ])("takes no environment file %s", async (_, objects) => {
    const withFile = task({ environmentFiles: [{ type: "s3", value: file }] });
    expect(await judged(withFile, ...objects.map(object))).toEqual([mayRunCode(file)]);
  });

  it.each<[unknown, string]>([
    ["x", "that is no list"],
    [[{ type: "s3" }], "without `value`"],
    [[{ value: "settings/a.env" }], "settings/a.env"],
  ])("takes no environment files given as %j", async (environmentFiles, name) => {
    expect(await judged(task({ environmentFiles }))).toEqual([mayRunCode(name)]);
  });

  it("says nothing of lists that are empty", async () => {
    expect(await judged(task({ environmentFiles: [] }))).toEqual([]);
    expect(await judged(task({ environmentFiles: null }))).toEqual([]);
  });

  it.each(["COWORK_TOKEN_SERVICE_CONFIG={}\n", "A=1\r\n  COWORK_TOKEN_SERVICE_CONFIG = x"])(
    "is known by the variable in a file, %j, without its image's name",
    async (content) => {
      const other = task({
        image: "example/other",
        environment: [],
        secrets: [],
        environmentFiles: [{ type: "s3", value: file }],
      });
      expect(await judged(other, object({ content }))).toContain(mayRunCode(file));
    },
  );

  it.each(["OTHER=1\n", "#COWORK_TOKEN_SERVICE_CONFIG={}\n"])(
    "is not every container with such files: %j",
    async (content) => {
      const web = task({
        image: `example/web@sha256:${"0123456789abcdef".repeat(4)}`,
        user: "root",
        environment: [],
        environmentFiles: [{ type: "s3", value: file }],
      });
      expect(await judged(web, object({ content }))).toEqual([]);
      expect(await judged(web)).toEqual([]);
    },
  );
});

describe.each(both)("the parameters of a store, at %s", (phase) => {
  const judged = (parameters: unknown) =>
    reportsOf(
      rule,
      { type: "aws:memorydb/parameterGroup:ParameterGroup", props: { parameters } },
      { phase },
    );
  const eviction = (value: unknown) => ({ name: "maxmemory-policy", value });

  it("may say that nothing is forgotten, or leave it open", async () => {
    expect(await judged([eviction("noeviction")])).toEqual([]);
    expect(await judged([{ name: "activedefrag", value: "yes" }])).toEqual([]);
    expect(await judged(undefined)).toEqual([]);
  });

  it.each(["allkeys-lru", "volatile-lru", "volatile-ttl", ""])(
    "may not make room by forgetting: %j",
    async (value) => {
      expect(await judged([{ name: "activedefrag", value: "yes" }, eviction(value)])).toEqual([
        `blocks: \`maxmemory-policy\` is ${value}: a full store would forget revocations`,
      ]);
    },
  );
});

it("parameters that are not known yet are not proven", async () => {
  const parameters = [{ name: "maxmemory-policy", value: unknownText }];
  const group = { type: "aws:memorydb/parameterGroup:ParameterGroup", props: { parameters } };
  expect(await reportsOf(rule, group)).toEqual([
    "advises: not proven, decided at up: `parameters.0.value` is not known yet",
  ]);
});
