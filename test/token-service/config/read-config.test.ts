import { expect, it } from "vitest";

import { metricsAddress } from "../../../token-service/config/metrics-address.ts";
import { readConfig } from "../../../token-service/config/read-config.ts";

const read = (text: string) =>
  readConfig({
    file: undefined,
    env: { COWORK_TOKEN_SERVICE_CONFIG: text },
    readFile: () => Promise.reject(new Error()),
  });

it.each(["{", "a: 1\na: 2", "a: [", "\t- x", "a: *nothing"])(
  "%j is no configuration, and no half of one is read",
  async (text) => {
    expect(await read(text)).toEqual({
      title: "COWORK_TOKEN_SERVICE_CONFIG is no usable configuration:",
      problems: [{ path: "file", reason: "is neither YAML nor JSON" }],
    });
  },
);

it.each(["", "null", "[]", "text", "1"])("%j has every problem of an empty one", async (text) => {
  const result = await read(text);
  expect("problems" in result && result.problems.map(({ path }) => path)).toEqual([
    "configuration",
  ]);
});

it("a file wins over the environment, and is YAML or JSON in UTF-8", async () => {
  const bytes = (text: Uint8Array) =>
    readConfig({
      file: "f",
      env: { COWORK_TOKEN_SERVICE_CONFIG: "{}" },
      readFile: async () => text,
    });
  expect(await bytes(new Uint8Array([0xff, 0xfe]))).toMatchObject({
    title: "f is no usable configuration:",
    problems: [{ path: "file" }],
  });
  const good = await bytes(
    Buffer.from(
      [
        "configVersion: 1",
        "geography: eu",
        "publicUrl: https://tokens.example.com",
        "routes:",
        "  - { name: one, provider: vertex, projectId: p, exchange: { kind: impersonate, serviceAccount: a@example.com }, models: [{ id: m }] }",
        "trustPolicy: { file: /etc/policy.yaml }",
      ].join("\n"),
    ),
  );
  expect(good).toMatchObject({
    config: { geography: "eu", store: { kind: "memory" }, limits: { requestsPerMinute: 60 } },
  });
});

it.each([
  { given: "127.0.0.1:9464", means: { host: "127.0.0.1", port: 9464 } },
  { given: "[::1]:9464", means: { host: "::1", port: 9464 } },
  { given: "localhost:0", means: { host: "localhost", port: 0 } },
  { given: "same-port", means: "same-port" },
  { given: "off", means: "off" },
  { given: "9464", means: undefined },
  { given: "127.0.0.1:99999", means: undefined },
  { given: "metrics.example.com:9464", means: undefined },
  { given: "", means: undefined },
])("metrics at $given", ({ given, means }) => {
  expect(metricsAddress(given)).toEqual(means);
});

const service = {
  configVersion: 1,
  geography: "eu",
  publicUrl: "https://tokens.example.com",
  routes: [
    {
      name: "gateway",
      provider: "gateway",
      audience: "https://gateway.example.com",
      exchange: { kind: "jwt" },
      models: [{ id: "m" }],
    },
  ],
  signingKeys: [{ kind: "file", path: "/run/key.pem" }],
  trustPolicy: { file: "/etc/policy.yaml" },
};

it("a gateway route without a key that signs is refused, wherever it stands", async () => {
  expect(await read(JSON.stringify({ ...service, signingKeys: [] }))).toEqual({
    title: "COWORK_TOKEN_SERVICE_CONFIG is no usable configuration:",
    problems: [
      { path: "signingKeys", reason: "a gateway route needs a key that signs its tokens" },
    ],
  });
  expect(await read(JSON.stringify(service))).toHaveProperty("config");
});

it.each(["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/7"])(
  "a proxy's network cannot be %s: everybody could say which certificate was shown",
  async (cidr) => {
    const header = { from: "header", header: "x-client-cert-leaf" };
    const given = (...trustedProxyCidrs: string[]) =>
      read(JSON.stringify({ ...service, clientCertificate: { ...header, trustedProxyCidrs } }));
    expect(await given("10.0.0.0/8", cidr)).toEqual({
      title: "COWORK_TOKEN_SERVICE_CONFIG is no usable configuration:",
      problems: [
        {
          path: "clientCertificate.trustedProxyCidrs[1]",
          reason: "trusts far more than a proxy: name the networks of the load balancer",
        },
      ],
    });
    expect(await given("10.0.0.0/8", "fd00::/8")).toHaveProperty("config");
  },
);
