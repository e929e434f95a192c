import { expect, it } from "vitest";

import { writtenServiceConfig } from "../../../contract/token-service-config.ts";
import { takeFromEnvironment } from "../../../token-service/config/from-environment.ts";
import { readConfig } from "../../../token-service/config/read-config.ts";

const url = { fromEnvironment: "COWORK_STORE_URL", like: "rediss://*.example.com:6379" };
const service = {
  configVersion: 1,
  geography: "eu",
  publicUrl: "https://tokens.example.com",
  routes: [
    {
      name: "one",
      provider: "vertex",
      projectId: "p",
      exchange: { kind: "impersonate", serviceAccount: "a@example.com" },
      models: [{ id: "m" }],
    },
  ],
  store: { kind: "redis", url },
  trustPolicy: { file: "/etc/policy.yaml" },
};
const read = (config: unknown, env: Record<string, string> = {}) =>
  readConfig({
    file: "config.json",
    env,
    readFile: async () => Buffer.from(JSON.stringify(config)),
  });
const problemsOf = async (...given: Parameters<typeof read>) => {
  const result = await read(...given);
  return "problems" in result ? result.problems : [];
};

it("a store's address is taken from the variable the configuration names", async () => {
  const result = await read(service, { COWORK_STORE_URL: "rediss://store-1.example.com:6379" });
  expect(result).toMatchObject({ config: { store: { url: "rediss://store-1.example.com:6379" } } });
});

it("what is written out stays as it is, whatever the environment says", async () => {
  const given = { ...service, store: { kind: "redis", url: "rediss://own.example.com" } };
  const result = await read(given, { COWORK_STORE_URL: "rediss://store.example.com:6379" });
  expect(result).toMatchObject({ config: { store: { url: "rediss://own.example.com" } } });
});

it.each([undefined, ""])("a variable that is %j is missing, by its name", async (value) => {
  const env = value === undefined ? {} : { COWORK_STORE_URL: value };
  expect(await problemsOf(service, env)).toEqual([
    { path: "store.url", reason: "comes from the variable COWORK_STORE_URL, which is not set" },
  ]);
});

it.each([
  "rediss://.example.com:6379",
  "rediss://a.b.example.com:6379",
  "rediss://a.example.com:6380",
  "rediss://a.exampleXcom:6379",
  " rediss://a.example.com:6379",
  "rediss://a.example.com:6379\n",
  "rediss://a.example.com:6379/1",
  "rediss://a_b.example.com:6379",
  "rediss://ä.example.com:6379",
  `rediss://${"a".repeat(2000)}.example.com:6379`,
])("%j is not of the form, and is not repeated", async (value) => {
  const problems = await problemsOf(service, { COWORK_STORE_URL: value });
  expect(problems).toEqual([
    {
      path: "store.url",
      reason:
        "comes from the variable COWORK_STORE_URL, which is not of the form rediss://*.example.com:6379",
    },
  ]);
});

it("what has the form is judged like what is written there", async () => {
  const anything = { ...url, like: "*://*" };
  const given = { ...service, store: { kind: "redis", url: anything } };
  expect(await problemsOf(given, { COWORK_STORE_URL: "http://store" })).toEqual([
    { path: "store.url", reason: expect.stringContaining("must match pattern") },
  ]);
});

it.each([
  {},
  { fromEnvironment: "COWORK_STORE_URL" },
  { like: "*" },
  { ...url, fromEnvironment: "PATH" },
  { ...url, fromEnvironment: "COWORK_store" },
  { ...url, fromEnvironment: 1 },
  { ...url, like: "" },
  { ...url, like: "rediss://**" },
  { ...url, default: "rediss://a.example.com:6379" },
])("%j is no reference", async (reference) => {
  const env = { COWORK_STORE_URL: "rediss://a.example.com:6379", PATH: "rediss://a" };
  expect(await problemsOf({ ...service, store: { kind: "redis", url: reference } }, env)).toEqual([
    {
      path: "store.url",
      reason: "is neither a text nor { fromEnvironment: COWORK_..., like: FORM }",
    },
  ]);
});

it.each([
  ["geography", { ...service, geography: url }],
  ["publicUrl", { ...service, publicUrl: url }],
  ["trustPolicy", { ...service, trustPolicy: url }],
  ["store", { ...service, store: url }],
  ["store.kind", { ...service, store: { kind: url, url: "rediss://a.example.com" } }],
  ["routes[0].projectId", { ...service, routes: [{ ...service.routes[0], projectId: url }] }],
  [
    "signingKeys[0].region",
    { ...service, signingKeys: [{ kind: "aws-kms", keyArn: "arn:aws:kms:x", region: url }] },
  ],
  ["signingKeys[0].path", { ...service, signingKeys: [{ kind: "file", path: url }] }],
])("nothing of the environment is taken for %s", async (path, given) => {
  const paths = (await problemsOf(given, { COWORK_STORE_URL: "rediss://a.example.com:6379" })).map(
    (problem) => problem.path,
  );
  expect(paths.filter((one) => one.startsWith(path))).not.toEqual([]);
});

it("what is missing and what is wrong elsewhere is said at once", async () => {
  const given = {
    ...service,
    geography: "EU",
    signingKeys: [
      { kind: "file", path: "/run/key.pem" },
      {
        kind: "aws-kms",
        keyArn: { fromEnvironment: "COWORK_SIGNING_KEY_ARN", like: "arn:aws:kms:*" },
        region: "eu-central-1",
      },
    ],
  };
  expect((await problemsOf(given)).map(({ path }) => path)).toEqual([
    "store.url",
    "signingKeys[1].keyArn",
    "geography",
  ]);
});

it.each([undefined, null, "text", [], {}, { store: null, signingKeys: 7 }])(
  "%j has nothing to replace",
  (given) => {
    expect(takeFromEnvironment(given, {})).toEqual({ given, problems: [] });
  },
);

it("a configuration is written with references and run without them", () => {
  expect(writtenServiceConfig.safeParse(service).success).toBe(true);
  const wrong = { ...service, store: { kind: "redis", url: { ...url, like: undefined } } };
  expect(writtenServiceConfig.safeParse(wrong).success).toBe(false);
});
