import { afterEach, describe, expect, it, vi } from "vitest";

import { tokenRefusal, tokenResponse } from "../../../contract/token-api.ts";
import { ExchangeError } from "../../../exchange/exchange.ts";
import { memoryStore } from "../../../token-service/store/memory.ts";
import { type Store, StoreUnavailable } from "../../../token-service/store.ts";
import { newToken, nowSeconds, startFake, stopAll } from "./fakes.ts";

afterEach(stopAll);

const credential = (seconds = 900) => ({
  token: "provider-credential",
  kind: "gateway-jwt" as const,
  expiresAtEpochSeconds: nowSeconds() + seconds,
});

const text = expect.any(String);

describe("a request that is allowed", () => {
  it("is answered with the credential, after its one event was written", async () => {
    const service = await startFake();
    const { status, headers, body } = await service.ask(newToken(), {
      body: { geography: "eu", route: "gateway", context: "interactive" },
      headers: { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
    });
    expect(status).toBe(200);
    expect(tokenResponse.parse(body)).toEqual({
      token: "provider-credential",
      kind: "gateway-jwt",
      expiresAtEpochSeconds: expect.any(Number),
      geography: "eu",
      route: "gateway",
      traceId: "0af7651916cd43dd8448eb211c80319c",
    });
    expect(headers.get("traceparent")).toMatch(
      /^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/,
    );
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("server")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(service.events).toEqual([
      {
        event: "token.decision",
        time: text,
        traceId: "0af7651916cd43dd8448eb211c80319c",
        geography: "eu",
        route: "gateway",
        provider: "gateway",
        context: "interactive",
        decision: "allow",
        policy: "staff",
        from: "example",
        user: "alice",
        tokenHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        expiresAtEpochSeconds: expect.any(Number),
        durationMilliseconds: expect.any(Number),
      },
    ]);
  });

  it("gets nothing when its event cannot be written", async () => {
    const service = await startFake({
      audit: {
        record: () => Promise.reject(new Error("full")),
        lost: () => ({ output: 0, collector: 0 }),
        close: async () => undefined,
      },
    });
    const { status, body } = await service.ask(newToken());
    expect([status, body]).toEqual([
      500,
      {
        error: "server_error",
        code: "internal",
        message: "the decision could not be recorded, so nothing is given out",
        traceId: text,
      },
    ]);
  });
});

describe("whom nobody vouches for", () => {
  it.each([
    { when: "a right request", body: { geography: "eu", route: "gateway" } },
    { when: "another geography", body: { geography: "us", route: "gateway" } },
    { when: "an unknown route", body: { geography: "eu", route: "nowhere" } },
  ])("hears the same about $when, and reaches neither policies nor store", async ({ body }) => {
    const decide = vi.fn();
    const store = memoryStore({ now: Date.now });
    const admit = vi.spyOn(store, "admit");
    const service = await startFake({ decide, store });
    const answers = [await service.ask(undefined, { body }), await service.ask("forged", { body })];
    expect(answers.map(({ status, body: answer }) => [status, answer])).toEqual([
      [
        401,
        {
          error: "invalid_token",
          code: "identity_missing",
          message: "the request brought no identity",
          traceId: text,
        },
      ],
      [
        401,
        {
          error: "invalid_token",
          code: "token_signature",
          message: "the signature is wrong",
          traceId: text,
        },
      ],
    ]);
    expect(decide).not.toHaveBeenCalled();
    expect(admit).not.toHaveBeenCalled();
    expect(service.events.map(({ decision, code }) => [decision, code])).toEqual([
      ["refuse", "identity_missing"],
      ["refuse", "token_signature"],
    ]);
  });
});

describe("a request that is refused", () => {
  it.each([
    {
      body: { geography: "us", route: "gateway" },
      code: "geography_mismatch",
      message: "this service gives credentials of eu only; ask the service of your geography",
    },
    {
      body: { geography: "eu", route: "nowhere" },
      code: "route_unknown",
      message: "this service serves gateway only",
    },
  ])(
    "says $code to whom somebody vouched for, and uses no token up",
    async ({ body, code, message }) => {
      const service = await startFake();
      const token = newToken();
      const { status, body: answer } = await service.ask(token, { body });
      expect([status, answer]).toEqual([
        403,
        { error: "access_denied", code, message, traceId: text },
      ]);
      expect((await service.ask(token)).status).toBe(200);
    },
  );

  it("by the policies names the audit-only ones in its event only", async () => {
    const service = await startFake();
    const { status, body } = await service.ask(newToken("stranger"));
    expect([status, body]).toEqual([
      403,
      {
        error: "access_denied",
        code: "policy_none",
        message: "no enforcing policy from example allows this identity the route gateway",
        traceId: text,
      },
    ]);
    expect(service.events[0]).toMatchObject({
      decision: "refuse",
      code: "policy_none",
      wouldAllow: ["trial"],
      user: "stranger",
    });
  });

  it("because its token came a second time, even at the same moment", async () => {
    const service = await startFake();
    const token = newToken();
    const answers = await Promise.all(Array.from({ length: 20 }, () => service.ask(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(401)]);
    const { body } = await service.ask(token);
    expect(body).toEqual({
      error: "invalid_token",
      code: "token_replayed",
      message: "this token was presented before; get a new one",
      traceId: text,
    });
  });

  it("for its rate says when to come back", async () => {
    const service = await startFake({ requestsPerMinute: 2 });
    await service.ask(newToken());
    await service.ask(newToken("stranger"));
    await service.ask(newToken());
    const { status, headers, body } = await service.ask(newToken());
    expect([status, headers.get("retry-after"), body]).toEqual([
      429,
      "30",
      {
        error: "temporarily_unavailable",
        code: "rate_limited",
        message: "more than 2 requests in a minute",
        traceId: text,
        retryAfterSeconds: 30,
      },
    ]);
  });

  it.each([
    {
      body: "",
      message: "the body has to be a JSON object with the fields geography, route, context",
    },
    {
      body: "[]",
      message: "the body has to be a JSON object with the fields geography, route, context",
    },
    {
      body: "{}",
      message: "the body has the fields geography, route, context; wrong: geography, route",
    },
    {
      body: '{"geography":"eu","route":"gateway","eyJhbGciOi":1}',
      message:
        "the body has the fields geography, route, context; wrong: a field that is none of these",
    },
    {
      body: '{"geography":"eu","route":"gateway","context":"other"}',
      message: "the body has the fields geography, route, context; wrong: context",
    },
    {
      body: '{"geography":"eu","route":"gateway"}\u0000',
      message: "the body has to be a JSON object with the fields geography, route, context",
    },
  ])("for its body: $body", async ({ body, message }) => {
    const service = await startFake();
    const answer = await service.ask(newToken(), { body: body === "" ? " " : body });
    expect([answer.status, answer.body]).toEqual([
      400,
      { error: "invalid_request", code: "malformed_request", message, traceId: text },
    ]);
  });

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
      { error, code, message, traceId: text, ...extra },
    ]);
  });

  it("because the service failed says nothing of the failure, nor does the event", async () => {
    const service = await startFake({
      exchange: () => Promise.reject(new Error("secret-of-the-process")),
    });
    const { status, body } = await service.ask(newToken());
    expect([status, body]).toEqual([
      500,
      { error: "server_error", code: "internal", message: "the service failed", traceId: text },
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

  it("in the shape of the contract, always", async () => {
    const service = await startFake();
    for (const { body } of [
      await service.ask(undefined),
      await service.ask("x"),
      await service.ask(newToken("stranger")),
    ]) {
      expect(tokenRefusal.parse(body)).toEqual(body);
    }
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

it("a revocation that comes while the provider answers is not overtaken by the credential", async () => {
  const store = memoryStore({ now: Date.now });
  const service = await startFake({
    store,
    exchange: async () => {
      await store.revoke({
        subject: { by: "user", value: "alice" },
        reason: "left",
        revokedBy: "root",
        revokedAtEpochSeconds: 1,
        untilEpochSeconds: undefined,
      });
      return credential();
    },
  });
  const { status, body } = await service.ask(newToken());
  expect([status, body]).toEqual([
    403,
    {
      error: "access_denied",
      code: "revoked",
      message: "an administrator revoked this user",
      traceId: text,
    },
  ]);
});

describe("a store that cannot vouch", () => {
  const silent = new StoreUnavailable("the store does not answer");
  const unsafe = new StoreUnavailable("the store lost data", "unsafe");
  const broken = (error: Error, from: "admit" | "noteIssued"): Store => ({
    ...memoryStore({ now: Date.now }),
    ...(from === "admit" ? { admit: () => Promise.reject(error) } : {}),
    noteIssued: () => Promise.reject(error),
  });
  const unavailable = (message: string) => [
    503,
    {
      error: "temporarily_unavailable",
      code: "store_unavailable",
      message,
      traceId: text,
      retryAfterSeconds: 5,
    },
  ];

  it.each([
    { from: "admit" as const, error: silent },
    { from: "admit" as const, error: unsafe },
    { from: "noteIssued" as const, error: silent },
    { from: "noteIssued" as const, error: unsafe },
  ])("refuses everything by default ($from, $error.fault)", async ({ from, error }) => {
    const service = await startFake({ store: broken(error, from) });
    const { status, body } = await service.ask(newToken());
    expect([status, body]).toEqual(unavailable(error.message));
  });

  it("is done without when it is silent and the configuration says so, and every event tells", async () => {
    for (const from of ["admit", "noteIssued"] as const) {
      const service = await startFake({
        store: broken(silent, from),
        onStoreFailure: "allow-unchecked",
      });
      expect((await service.ask(newToken())).status).toBe(200);
      expect(service.events[0]).toMatchObject({
        decision: "allow",
        reason: "the store did not answer: replay and revocation unchecked",
      });
      expect(await service.dependencies.metrics.render()).toContain(
        "cowork_token_unchecked_total 1",
      );
    }
  });

  it("is never done without when it lost data", async () => {
    const service = await startFake({
      store: broken(unsafe, "admit"),
      onStoreFailure: "allow-unchecked",
    });
    const { status, body } = await service.ask(newToken());
    expect([status, body]).toEqual(unavailable("the store lost data"));
  });
});
