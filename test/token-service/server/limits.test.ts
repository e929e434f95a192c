import { afterEach, describe, expect, it } from "vitest";

import { newToken, startFake, stopAll } from "./fakes.ts";
import { body, bodyOf, host, json, length, raw, request, statuses, token } from "./raw-http.ts";

afterEach(stopAll);

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
    expect(answer).toContain("\r\nconnection: close\r\n");
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
