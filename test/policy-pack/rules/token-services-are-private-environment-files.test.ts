import { describe, expect, it } from "vitest";

import { tokenServicesArePrivate as rule } from "../../../policy-pack/rules/token-services-are-private.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

type Fields = Record<string, unknown>;

const file = "arn:aws:s3:::edge/configurations/a.env";
const config = (change: Fields = {}) =>
  JSON.stringify({
    routes: [{ name: "frankfurt", provider: "bedrock", region: "eu-central-1" }],
    store: { kind: "redis" },
    ...change,
  });
const outside = config({ routes: [{ name: "va", provider: "bedrock", region: "us-east-1" }] });
const line = (value: string) => `COWORK_TOKEN_SERVICE_CONFIG=${value}\n`;

const tokens: Fields = {
  name: "tokens",
  image: `111122223333.dkr.ecr.eu-central-1.amazonaws.com/token-service@sha256:${"0123456789abcdef".repeat(4)}`,
  user: "65532:65532",
  readonlyRootFilesystem: true,
  logConfiguration: { logDriver: "awslogs", options: { "awslogs-region": "eu-central-1" } },
  environmentFiles: [{ type: "s3", value: file }],
};
const label = (text: string) => ({ dockerLabels: { "cowork.token-service.serves": text } });

const task = (change: Fields = {}): Candidate => ({
  type: "aws:ecs/taskDefinition:TaskDefinition",
  props: { containerDefinitions: JSON.stringify([{ ...tokens, ...change }]) },
});
const object = (props: Fields): Candidate => ({
  type: "aws:s3/bucketObjectv2:BucketObjectv2",
  name: "configuration",
  props: { bucket: "edge", key: "configurations/a.env", ...props },
});
const both = ["preview", "up"] as const;

describe.each(both)("a token service told by an environment file, at %s", (phase) => {
  const judged = (candidate: Candidate, ...others: readonly Candidate[]) =>
    reportsOf(rule, candidate, { phase, others });

  it("passes when the file is an object of the stack that says nothing wrong", async () => {
    const text = `# made by a program\n\nOTHER=1\n${line(config())}`;
    expect(await judged(task(), object({ content: text }))).toEqual([]);
  });

  it.each<[string, string, string]>([
    [
      "a route outside the zone",
      line(outside),
      "the region of its route va is us-east-1: us-east-1 is in US, outside zone eu",
    ],
    [
      "a store of one replica's own",
      line(config({ store: {} })),
      "its `store.kind` is absent (the default is memory): a revocation reaches one replica only",
    ],
    [
      "a password in clear",
      `${line(config())}COWORK_STORE_PASSWORD=x\n`,
      `COWORK_STORE_PASSWORD stands in environment file ${file}, in clear`,
    ],
    [
      "a configuration that is ignored, before the one that counts",
      `#${line(config())}${line(outside)}`,
      "the region of its route va is us-east-1: us-east-1 is in US, outside zone eu",
    ],
  ])("is refused with %s", async (_, content, says) => {
    expect(await judged(task(label(config())), object({ content }))).toEqual([
      `blocks: container "tokens": ${says}`,
    ]);
  });

  it.each<[string, Fields, string]>([
    [
      "no configuration",
      { content: "OTHER=1\n" },
      "COWORK_TOKEN_SERVICE_CONFIG is not set: what it gives credentials for cannot be seen",
    ],
    [
      "a configuration that readers of such files cut in different places",
      { content: line(config({ note: "a=b" })) },
      "COWORK_TOKEN_SERVICE_CONFIG is no JSON object",
    ],
    [
      "an indented configuration",
      { content: ` ${line(config())}` },
      "COWORK_TOKEN_SERVICE_CONFIG is no JSON object",
    ],
    [
      "two configurations",
      { content: line(outside) + line(config()) },
      "COWORK_TOKEN_SERVICE_CONFIG is no JSON object",
    ],
    [
      "a text from elsewhere",
      { source: "file.env" },
      `environment file ${file} has no \`content\`: what it says cannot be seen`,
    ],
    [
      "another bucket",
      { bucket: "other", content: line(config()) },
      `environment file ${file} is no object of this stack: what it says cannot be seen`,
    ],
    [
      "a bucket that is not known",
      { bucket: unknownText, content: line(config()) },
      `environment file ${file} is no object of this stack: what it says cannot be seen`,
    ],
    [
      "another key",
      { key: "configurations/b.env", content: line(config()) },
      `environment file ${file} is no object of this stack: what it says cannot be seen`,
    ],
  ])("cannot be judged from %s, whatever its label says", async (_, props, says) => {
    expect(await judged(task(label(config())), object(props))).toEqual([
      `blocks: undecidable: container "tokens": ${says}`,
    ]);
  });

  it.each<[unknown, string]>([
    ["x", "list is no list: what it says cannot be seen"],
    [[{ type: "s3" }], "without `value` cannot be seen"],
    [
      [{ value: "configurations/a.env" }],
      "configurations/a.env is no ARN of an object: what it says cannot be seen",
    ],
    [
      [{ value: "arn:aws:ssm:eu-central-1:111122223333:parameter/a.env" }],
      "arn:aws:ssm:eu-central-1:111122223333:parameter/a.env is no ARN of an object: what it says cannot be seen",
    ],
    [
      [{ value: "arn:aws:s3:::foreign/a.env" }, { value: file }],
      "arn:aws:s3:::foreign/a.env is no object of this stack: what it says cannot be seen",
    ],
  ])("cannot be judged from files given as %j", async (environmentFiles, says) => {
    const seen = object({ content: line(config()) });
    expect(await judged(task({ environmentFiles }), seen)).toEqual([
      `blocks: undecidable: container "tokens": environment file ${says}`,
    ]);
  });

  it("takes what stands in the container itself before any file", async () => {
    const environment = [{ name: "COWORK_TOKEN_SERVICE_CONFIG", value: config() }];
    expect(await judged(task({ environment }))).toEqual([]);
  });

  it("takes the first of two files that have a configuration", async () => {
    const second = { ...object({ key: "b.env", content: line(outside) }), name: "second" };
    const environmentFiles = [{ value: file }, { value: "arn:aws:s3:::edge/b.env" }];
    const first = object({ content: line(config()) });
    expect(await judged(task({ environmentFiles }), first, second)).toEqual([]);
    const turned = environmentFiles.toReversed();
    expect(await judged(task({ environmentFiles: turned }), first, second)).toEqual([
      'blocks: container "tokens": the region of its route va is us-east-1: us-east-1 is in US, outside zone eu',
    ]);
  });

  it.each<[string, Fields]>([
    [
      "by the variable in its file",
      { image: "example/other", environmentFiles: [{ value: file }] },
    ],
    ["by its label", { image: "example/other", environmentFiles: [], ...label(config()) }],
  ])("is known %s, without its image's name", async (_, change) => {
    const reports = await judged(
      task({ ...change, user: "root" }),
      object({ content: line(config()) }),
    );
    expect(reports).toContain('blocks: container "tokens": `user` is root: it may run as root');
  });

  it("is not every container with such files", async () => {
    const image = `example/web@sha256:${"0123456789abcdef".repeat(4)}`;
    const web = task({ image, user: "root" });
    expect(await judged(web, object({ content: "OTHER=1\n" }))).toEqual([]);
    expect(await judged(web)).toEqual([]);
  });
});

describe("a token service whose file names what the cloud has still to choose", () => {
  const unknown = object({ content: unknownText });

  it("is judged by its label at preview", async () => {
    expect(await reportsOf(rule, task(label(config())), { others: [unknown] })).toEqual([]);
    expect(await reportsOf(rule, task(label(outside)), { others: [unknown] })).toEqual([
      'blocks: container "tokens", by its label cowork.token-service.serves: the region of its route va is us-east-1: us-east-1 is in US, outside zone eu',
    ]);
  });

  it("still has to be pinned to an image by then", async () => {
    const image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/token-service:1.0";
    expect(
      await reportsOf(rule, task({ image, ...label(config()) }), { others: [unknown] }),
    ).toEqual([
      `blocks: container "tokens": \`image\` ${image} is not pinned by digest: another may run under its name`,
    ]);
  });

  it.each<[string, Fields, string]>([
    [
      "no label",
      {},
      `advises: not proven, decided at up: container "tokens": environment file ${file} is not known yet`,
    ],
    [
      "a label that says nothing",
      label("{}"),
      'blocks: undecidable: container "tokens", by its label cowork.token-service.serves: its configuration has no routes',
    ],
    [
      "a label that cannot be read",
      label("x"),
      'blocks: undecidable: container "tokens", by its label cowork.token-service.serves: COWORK_TOKEN_SERVICE_CONFIG is no JSON object',
    ],
  ])("is not proven with %s", async (_, change, says) => {
    const [first] = await reportsOf(rule, task(change), { others: [unknown] });
    expect(first).toBe(says);
  });

  it("is judged by the file alone at up, however well its label reads", async () => {
    const lying = task(label(config()));
    const others = [object({ content: line(outside) })];
    expect(await reportsOf(rule, lying, { phase: "up", others })).toEqual([
      'blocks: container "tokens": the region of its route va is us-east-1: us-east-1 is in US, outside zone eu',
    ]);
    expect(await reportsOf(rule, lying, { phase: "up" })).toEqual([
      `blocks: undecidable: container "tokens": environment file ${file} is no object of this stack: what it says cannot be seen`,
    ]);
  });
});
