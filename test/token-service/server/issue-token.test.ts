import { afterEach, describe, expect, it, vi } from "vitest";

import { tokenRefusal, tokenResponse } from "../../../contract/token-api.ts";
import { memoryStore } from "../../../token-service/store/memory.ts";
import { anyText, newToken, startFake, stopAll } from "./fakes.ts";

afterEach(stopAll);

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
        time: anyText,
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

  it("leaves the thumbprint of the key it showed, where it showed one", async () => {
    const service = await startFake();
    await service.ask(newToken("bound"));
    await service.ask(newToken());
    expect(service.events.map(({ keyThumbprint }) => keyThumbprint)).toEqual([
      "thumbprint-of-a-key",
      undefined,
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
        traceId: anyText,
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
          traceId: anyText,
        },
      ],
      [
        401,
        {
          error: "invalid_token",
          code: "token_signature",
          message: "the signature is wrong",
          traceId: anyText,
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
        { error: "access_denied", code, message, traceId: anyText },
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
        traceId: anyText,
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
      traceId: anyText,
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
        traceId: anyText,
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
      { error: "invalid_request", code: "malformed_request", message, traceId: anyText },
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
