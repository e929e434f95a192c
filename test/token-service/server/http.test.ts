import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";

import { newToken, startFake, stopAll } from "./fakes.ts";

afterEach(stopAll);

/** Sends bytes as they are, a piece at a time, and gives what comes back until the server closes or `quietMs` pass. */
function raw(port: number, pieces: readonly string[], quietMs = 300, everyMs = 0): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let got = "";
    let quiet: NodeJS.Timeout;
    const end = () => {
      clearTimeout(quiet);
      socket.destroy();
      resolve(got);
    };
    const wait = () => {
      clearTimeout(quiet);
      quiet = setTimeout(end, quietMs);
    };
    socket.on("data", (bytes) => {
      got += bytes;
      wait();
    });
    socket.on("close", end);
    socket.on("error", () => undefined);
    socket.on("connect", async () => {
      wait();
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        if (everyMs > 0) {
          await new Promise((done) => setTimeout(done, everyMs));
          wait();
        }
      }
    });
  });
}

const statuses = (answer: string) =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => status);
const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4));

const body = JSON.stringify({ geography: "eu", route: "gateway" });

function request(lines: readonly string[], sent = body): string {
  return ["POST /v1/token HTTP/1.1", ...lines, "", sent].join("\r\n");
}

const host = "Host: tokens";
const json = "Content-Type: application/json";
const length = `Content-Length: ${body.length}`;
const token = () => `Authorization: Bearer ${newToken()}`;

describe("bytes another server could read differently", () => {
  it("are answered when they are plain", async () => {
    const { port } = await startFake();
    expect(statuses(await raw(port, [request([host, json, length, token()])]))).toEqual(["200"]);
  });

  it.each([
    { what: "two hosts", lines: () => [host, "Host: other", json, length, token()] },
    { what: "no host", lines: () => [json, length, token()] },
    { what: "two lengths", lines: () => [host, json, length, "Content-Length: 3", token()] },
    { what: "the same length twice", lines: () => [host, json, length, length, token()] },
    {
      what: "a length and an encoding",
      lines: () => [host, json, length, "Transfer-Encoding: chunked", token()],
    },
    {
      what: "an encoding and a length",
      lines: () => [host, json, "Transfer-Encoding: chunked", length, token()],
    },
    {
      what: "two encodings",
      lines: () => [
        host,
        json,
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: identity",
        token(),
      ],
    },
    {
      what: "an unknown encoding",
      lines: () => [host, json, "Transfer-Encoding: xchunked", token()],
    },
    {
      what: "a space before the colon",
      lines: () => [host, json, `Content-Length : ${body.length}`, token()],
    },
    { what: "a folded header", lines: () => [host, json, length, "X-One: a\r\n b", token()] },
    { what: "a zero byte in a header", lines: () => [host, json, length, "X-One: a\0b", token()] },
    {
      what: "a bare carriage return",
      lines: () => [host, json, length, "X-One: a\rTransfer-Encoding: chunked", token()],
    },
    { what: "a negative length", lines: () => [host, json, "Content-Length: -1", token()] },
    {
      what: "a length with a sign",
      lines: () => [host, json, `Content-Length: +${body.length}`, token()],
    },
    {
      what: "two content types",
      lines: () => [host, json, "Content-Type: text/plain", length, token()],
    },
  ])("$what: 400, closed, and no second request read from the rest", async ({ lines }) => {
    const service = await startFake();
    const smuggled = request([host, json, length, token()]);
    const answer = await raw(service.port, [request(lines()) + smuggled]);
    expect(statuses(answer)).toEqual(["400"]);
    expect(answer.toLowerCase()).toContain("connection: close");
    expect(bodyOf(answer)).toMatchObject({ error: "invalid_request", code: "malformed_request" });
    expect(service.events).toEqual([]);
  });

  it.each([
    { what: "HTTP/1.0", start: "POST /v1/token HTTP/1.0" },
    { what: "HTTP/2 over plain text", start: "PRI * HTTP/2.0" },
    { what: "no HTTP", start: "\x16\x03\x01\x02\x00\x01" },
    { what: "a method that is none", start: "STEAL /v1/token HTTP/1.1" },
  ])("$what is refused", async ({ start }) => {
    const service = await startFake();
    const answer = await raw(service.port, [
      [start, host, json, length, token(), "", body].join("\r\n"),
    ]);
    expect(statuses(answer)).toEqual(["400"]);
    expect(service.events).toEqual([]);
  });

  it("a bare line feed ends no header", async () => {
    const service = await startFake();
    const answer = await raw(service.port, [
      `POST /v1/token HTTP/1.1\n${host}\n${json}\n${length}\n\n${body}`,
    ]);
    expect(statuses(answer)).toEqual(["400"]);
    expect(service.events).toEqual([]);
  });
});

describe("what is too large or too slow", () => {
  const tooLarge = {
    error: "invalid_request",
    code: "request_too_large",
    message: "the body may have 4096 bytes",
  };

  it("a body of 4097 bytes: 413, announced or not; 4096 are read", async () => {
    const { ask, port } = await startFake();
    const padded = (size: number) => body.padEnd(size, " ");
    expect((await ask(newToken(), { body: padded(4096) })).status).toBe(200);
    expect((await ask(newToken(), { body: padded(4097) })).body).toMatchObject(tooLarge);
    const chunk = `1001\r\n${padded(4097)}\r\n0\r\n\r\n`;
    const answer = await raw(port, [
      request([host, json, "Transfer-Encoding: chunked", token()], chunk),
    ]);
    expect(statuses(answer)).toEqual(["413"]);
    expect(bodyOf(answer)).toMatchObject(tooLarge);
  });

  it("a body announced as endless is refused before it comes", async () => {
    const { port } = await startFake();
    const answer = await raw(port, [
      request([host, json, "Content-Length: 99999999999", token()], ""),
    ]);
    expect(statuses(answer)).toEqual(["413"]);
  });

  it("headers over 32 KiB: 431", async () => {
    const { port } = await startFake();
    const answer = await raw(port, [request([host, json, length, `X-One: ${"a".repeat(33_000)}`])]);
    expect(statuses(answer)).toEqual(["431"]);
    expect(bodyOf(answer)).toMatchObject({
      code: "request_too_large",
      message: "the headers are too large",
    });
  });

  it("headers or a body a byte at a time: 408, and closed", async () => {
    const { port, events } = await startFake(
      {},
      { limits: { headersTimeoutMs: 300, receiveTimeoutMs: 600, checkEveryMs: 50 } },
    );
    const drip = (text: string) => raw(port, [...text], 3000, 40);
    const all = request([host, json, length, token()]);
    const [headers, slowBody] = await Promise.all([
      drip(all),
      raw(port, [all.slice(0, -20), ...all.slice(-20)], 3000, 100),
    ]);
    expect(statuses(headers)).toEqual(["408"]);
    expect(bodyOf(headers)).toMatchObject({
      code: "malformed_request",
      message: "the request came too slowly",
    });
    expect(slowBody).not.toContain("200");
    expect(events.filter(({ decision }) => decision === "allow")).toEqual([]);
  });
});

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

it("more requests under way than the cap: 503, and room again afterwards", async () => {
  let release = () => {};
  const waiting = new Promise<void>((done) => {
    release = done;
  });
  const { ask, underWay } = await startFake(
    {
      exchange: async () => {
        await waiting;
        return {
          token: "t",
          kind: "gateway-jwt",
          expiresAtEpochSeconds: Math.floor(Date.now() / 1000) + 900,
        };
      },
    },
    { limits: { maxUnderWay: 2 } },
  );
  const two = [ask(newToken()), ask(newToken())];
  while (underWay.count < 2) await new Promise((done) => setTimeout(done, 5));
  const { status, headers, body: answer } = await ask(newToken());
  expect([status, headers.get("retry-after"), answer]).toEqual([
    503,
    "1",
    {
      error: "temporarily_unavailable",
      code: "rate_limited",
      message: "as many requests are under way as the service takes at once",
      traceId: expect.any(String),
      retryAfterSeconds: 1,
    },
  ]);
  expect((await ask(undefined, { path: "/healthz", method: "GET" })).status).toBe(200);
  release();
  expect((await Promise.all(two)).map(({ status: each }) => each)).toEqual([200, 200]);
  expect(underWay.count).toBe(0);
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
