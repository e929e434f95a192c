import { afterEach, describe, expect, it, vi } from "vitest";

import { ExchangeError } from "../../../exchange/exchange.ts";
import { anyText, credential, newToken, startFake, stopAll } from "./fakes.ts";

afterEach(stopAll);

describe("a request that is refused", () => {
  it.each([
    {
      kind: "refused" as const,
      status: 502,
      code: "upstream_refused",
      error: "server_error",
      extra: {},
    },
    {
      kind: "unavailable" as const,
      status: 503,
      code: "upstream_unavailable",
      error: "temporarily_unavailable",
      extra: { retryAfterSeconds: 5 },
    },
  ])("because the provider is $kind", async ({ kind, status, code, error, extra }) => {
    const message = "STS gave nothing";
    const service = await startFake({
      exchange: () => Promise.reject(new ExchangeError(kind, "sts.example.com", message)),
    });
    const answer = await service.ask(newToken());
    expect([answer.status, answer.body]).toEqual([
      status,
      { error, code, message, traceId: anyText, ...extra },
    ]);
  });

  it("because the service failed says nothing of the failure, nor does the event", async () => {
    const service = await startFake({
      exchange: () => Promise.reject(new Error("secret-of-the-process")),
    });
    const { status, body } = await service.ask(newToken());
    expect([status, body]).toEqual([
      500,
      { error: "server_error", code: "internal", message: "the service failed", traceId: anyText },
    ]);
    expect(JSON.stringify(service.events)).not.toContain("secret-of-the-process");
  });

  it("because the provider's credential is over already", async () => {
    const service = await startFake({ exchange: async () => credential(-1) });
    const { status, body } = await service.ask(newToken());
    expect([status, body]).toMatchObject([
      503,
      { code: "upstream_unavailable", message: "the provider's credential was over already" },
    ]);
  });

  it("when the provider takes longer than a request may, whether or not it listens", async () => {
    const service = await startFake({
      requestTimeoutSeconds: 0.1,
      exchange: () => new Promise(() => {}),
    });
    const { status, body } = await service.ask(newToken());
    expect([status, body]).toMatchObject([
      503,
      { code: "upstream_unavailable", message: "the provider did not answer in time" },
    ]);
  });
});

it("work for a caller who went away is ended, and its event says so", async () => {
  const caller = new AbortController();
  let ended = false;
  const service = await startFake({
    exchange: async (_route, _identity, _grant, { signal }) => {
      signal.addEventListener("abort", () => (ended = true));
      caller.abort();
      return new Promise(() => {});
    },
  });
  await expect(service.ask(newToken(), { signal: caller.signal })).rejects.toThrow();
  await vi.waitFor(() => expect(service.events).toHaveLength(1));
  expect(ended).toBe(true);
  expect(service.events[0]).toMatchObject({ decision: "refuse", code: "client_gone" });
});
