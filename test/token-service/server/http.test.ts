import { afterEach, describe, expect, it } from "vitest";

import { newToken, startFake, stopAll } from "./fakes.ts";

afterEach(stopAll);

describe("what is none of the service's", () => {
  it.each([
    { path: "/", method: "GET" },
    { path: "/v1/token?x=1", method: "POST" },
    { path: "/v1/token/", method: "POST" },
    { path: "/V1/token", method: "POST" },
    { path: "//v1/token", method: "POST" },
    { path: "/metrics", method: "GET" },
    { path: "/__proto__", method: "GET" },
  ])("$method $path: 404", async ({ path, method }) => {
    const { ask } = await startFake();
    const { status, body: answer } = await ask(newToken(), { path, method });
    expect([status, answer]).toEqual([
      404,
      {
        error: "invalid_request",
        code: "not_found",
        message: "there is nothing at this path",
        traceId: expect.any(String),
      },
    ]);
  });

  it.each([
    { path: "/v1/token", method: "GET", allow: "POST" },
    { path: "/v1/token", method: "PUT", allow: "POST" },
    { path: "/v1/revocations", method: "PATCH", allow: "GET, POST, DELETE" },
    { path: "/healthz", method: "POST", allow: "GET" },
    { path: "/v1/token", method: "OPTIONS", allow: "POST" },
  ])("$method $path: 405", async ({ path, method, allow }) => {
    const { ask } = await startFake();
    const { status, headers, body: answer } = await ask(newToken(), { path, method });
    expect([status, headers.get("allow"), answer]).toEqual([
      405,
      allow,
      {
        error: "invalid_request",
        code: "method_not_allowed",
        message: `this path takes ${allow}`,
        traceId: expect.any(String),
      },
    ]);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-16",
    "application/jsonp",
    "",
  ])("content type %j: 415", async (type) => {
    const { ask } = await startFake();
    const answer = await ask(newToken(), { headers: { "content-type": type } });
    expect([answer.status, answer.body]).toMatchObject([
      415,
      {
        code: "unsupported_media_type",
        message: "the body has to be application/json, not compressed",
      },
    ]);
  });

  it("a compressed body: 415", async () => {
    const { ask } = await startFake();
    expect((await ask(newToken(), { headers: { "content-encoding": "gzip" } })).status).toBe(415);
  });
});

it("a traceparent that is not well formed is replaced, never repeated", async () => {
  const { ask, events } = await startFake();
  const bad = [
    "00-00000000000000000000000000000000-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
    "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "",
  ];
  for (const traceparent of bad) {
    const { headers } = await ask(newToken(), { headers: { traceparent } });
    expect(headers.get("traceparent")).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  }
  expect(new Set(events.map(({ traceId }) => traceId)).size).toBe(bad.length);
  expect(JSON.stringify(events)).not.toMatch(/0af7651916cd43dd8448eb211c80319c/i);
});

describe("what anybody may read", () => {
  it("keys and metadata", async () => {
    const { ask } = await startFake();
    const keys = await ask(undefined, { path: "/.well-known/jwks.json", method: "GET" });
    expect([keys.status, keys.body, keys.headers.get("cache-control")]).toEqual([
      200,
      { keys: [{ kty: "EC", kid: "one" }] },
      "public, max-age=300",
    ]);
    const { body: metadata } = await ask(undefined, {
      path: "/.well-known/oauth-authorization-server",
      method: "GET",
    });
    expect(metadata).toEqual({
      issuer: "https://tokens.eu.example.com",
      token_endpoint: "https://tokens.eu.example.com/v1/token",
      jwks_uri: "https://tokens.eu.example.com/.well-known/jwks.json",
      response_types_supported: ["none"],
      grant_types_supported: ["urn:cowork-landing-zone:grant-type:identity"],
      token_endpoint_auth_methods_supported: ["none"],
      geography: "eu",
      dpop_signing_alg_values_supported: ["ES256", "ES384", "PS256", "RS256", "EdDSA"],
    });
  });

  it("readiness names each part that is not ready, liveness does not care", async () => {
    const { ask } = await startFake({
      parts: [
        { name: "policy", unready: () => "no policy was ever read" },
        { name: "issuers", unready: async () => Promise.reject(new Error("hidden")) },
        { name: "signing-keys", unready: () => undefined },
      ],
    });
    const { status, body: answer } = await ask(undefined, { path: "/readyz", method: "GET" });
    expect([status, answer]).toEqual([
      503,
      {
        status: "unready",
        unready: [
          { part: "policy", reason: "no policy was ever read" },
          { part: "issuers", reason: "it could not be asked" },
        ],
      },
    ]);
    const alive = await ask(undefined, { path: "/healthz", method: "GET" });
    expect([alive.status, alive.body]).toEqual([200, { status: "alive" }]);
  });

  it("metrics at an address of their own, or beside the rest when that is said; nobody is named in them", async () => {
    const own = await startFake({}, { metrics: { host: "127.0.0.1", port: 0 } });
    await own.ask(newToken());
    await own.ask(newToken("stranger"));
    const text = await (await fetch(`http://127.0.0.1:${own.metricsPort}/metrics`)).text();
    expect(text).toContain(
      'cowork_token_decision_seconds_count{code="allow",provider="gateway"} 1',
    );
    expect(text).toContain(
      'cowork_token_decision_seconds_count{code="policy_none",provider="gateway"} 1',
    );
    expect(text).not.toMatch(/alice|stranger|token\d/);
    expect((await fetch(`http://127.0.0.1:${own.metricsPort}/v1/token`)).status).toBe(404);
    expect((await fetch(`${own.url}/metrics`)).status).toBe(404);
    const same = await startFake({}, { metrics: "same-port" });
    expect((await fetch(`${same.url}/metrics`)).status).toBe(200);
  });
});
