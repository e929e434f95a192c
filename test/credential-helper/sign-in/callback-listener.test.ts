import { type ClientRequestArgs, request } from "node:http";
import { connect } from "node:net";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";

import {
  type CallbackListener,
  listenForCallback,
  refusalOf,
} from "../../../credential-helper/sign-in/callback-listener.ts";

const listeners: CallbackListener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.close();
});

async function listen(state = "the-state"): Promise<{ listener: CallbackListener; port: number }> {
  const listener = await listenForCallback({
    path: "/callback",
    port: undefined,
    state,
    signal: new AbortController().signal,
  });
  listeners.push(listener);
  return { listener, port: Number(new URL(listener.redirectUri).port) };
}

type Seen = { status: number | undefined; headers: Record<string, unknown>; text: string };

function send(port: number, path: string, options: ClientRequestArgs = {}): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, text }),
      );
    });
    sent.on("error", reject).end();
  });
}

const answer = "/callback?code=secret-code&state=the-state";

describe("the listener", () => {
  it.each([
    ["another path", 404, "/other?code=secret-code&state=the-state", {}],
    ["a path below it", 404, "/callback/?code=secret-code&state=the-state", {}],
    ["a favicon", 404, "/favicon.ico", {}],
    ["POST", 405, answer, { method: "POST" }],
    ["HEAD", 405, answer, { method: "HEAD" }],
    ["OPTIONS, as a web page's preflight", 405, answer, { method: "OPTIONS" }],
    ["a name that resolves here", 421, answer, { headers: { host: "evil.example" } }],
    ["localhost as a name", 421, answer, { headers: { host: "localhost" } }],
    ["another port in Host", 421, answer, { headers: { host: "127.0.0.1:1" } }],
    ["an absolute address", 400, "http://evil.example/callback?code=x&state=the-state", {}],
    ["another state", 403, "/callback?code=secret-code&state=guess", {}],
    ["no state", 403, "/callback?code=secret-code", {}],
    ["an empty state", 403, "/callback?code=secret-code&state=", {}],
    ["two states", 400, "/callback?code=secret-code&state=the-state&state=x", {}],
    ["two codes", 400, "/callback?code=a&code=b&state=the-state", {}],
    ["neither code nor error", 400, "/callback?state=the-state", {}],
    ["code and error", 400, "/callback?code=a&error=b&state=the-state", {}],
  ])("refuses %s with %i and keeps waiting", async (_, status, path, options) => {
    const { listener, port } = await listen();
    const seen = await send(port, path, options);
    expect(seen.status).toBe(status);
    expect(seen.text).not.toMatch(/secret-code|the-state/);
    expect(seen.headers["content-security-policy"]).toContain("default-src 'none'");

    const done = send(port, answer);
    const callback = await listener.callback;
    expect(callback.url.searchParams.get("code")).toBe("secret-code");
    await callback.conclude(true);
    expect((await done).status).toBe(200);
  });

  it("hands the first answer on and ignores every later one", async () => {
    const { listener, port } = await listen();
    const first = send(port, "/callback?code=first&state=the-state");
    const callback = await listener.callback;
    expect((await send(port, "/callback?code=second&state=the-state")).status).toBe(410);
    await callback.conclude(true);
    await first;
    expect((await listener.callback).url.searchParams.get("code")).toBe("first");
  });

  it("sends a page without script, frame, referrer or cache, and nothing of the request", async () => {
    const { listener, port } = await listen();
    const done = send(port, "/callback?code=secret-code&state=the-state&x=%3Cscript%3E");
    await (await listener.callback).conclude(true);
    const { headers, text } = await done;
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cross-origin-opener-policy": "same-origin",
      "cache-control": "no-store",
      connection: "close",
    });
    expect(text).not.toMatch(/script|secret-code|the-state|http|src=|href=/i);
  });

  it("listens on 127.0.0.1 alone", async () => {
    const { port } = await listen();
    for (const host of ["127.0.0.2", "::1"]) {
      const reached = await new Promise<boolean>((resolve) => {
        const socket = connect({ host, port }, () => {
          socket.destroy();
          resolve(true);
        });
        socket.on("error", () => resolve(false));
      });
      expect(`${host}: ${reached}`).toBe(`${host}: false`);
    }
  });

  it("closes although a browser keeps a connection open that never asks", async () => {
    const { listener, port } = await listen();
    const idle = connect({ host: "127.0.0.1", port });
    await new Promise((resolve) => idle.once("connect", resolve));
    const gone = new Promise((resolve) => idle.once("close", resolve));
    await listener.close();
    await gone;
    await expect(send(port, answer)).rejects.toThrow("ECONNREFUSED");
  });

  it("does not wait for a browser that left before the page", async () => {
    const { listener, port } = await listen();
    const socket = connect({ host: "127.0.0.1", port });
    socket.on("error", () => undefined);
    socket.write(`GET ${answer} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
    const callback = await listener.callback;
    socket.destroy();
    await callback.conclude(true);
  });

  it("rejects at once when the run was over before it began", async () => {
    const listener = await listenForCallback({
      path: "/callback",
      port: undefined,
      state: "s",
      signal: AbortSignal.abort(),
    });
    listeners.push(listener);
    await expect(listener.callback).rejects.toThrow("before the deadline of this run");
  });
});

describe("what the listener takes", () => {
  const expected = { origin: "http://127.0.0.1:5000", path: "/callback", state: "the-state" };
  const headers = { host: "127.0.0.1:5000" };

  it("is nothing without the state, whatever is sent", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webPath(),
          fc.webQueryParameters().map((q) => `/callback?${q}`),
        ),
        fc.constantFrom("GET", "POST", "PUT", "get", undefined),
        fc.record({ host: fc.option(fc.string(), { nil: undefined }) }),
        (url, method, someHeaders) => {
          const host = someHeaders.host ?? headers.host;
          const status = refusalOf({ url, method, headers: { host } } as never, expected);
          expect(status).toBeGreaterThanOrEqual(400);
          expect(status).toBeLessThan(500);
        },
      ),
    );
  });

  it("is refused without a Host at all", () => {
    expect(refusalOf({ url: answer, method: "GET", headers: {} }, expected)).toBe(421);
    expect(refusalOf({ url: answer, method: "GET", headers }, expected)).toBeUndefined();
  });
});
