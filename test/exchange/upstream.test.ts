import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { assumeRoleWithWebIdentity } from "../../exchange/aws-web-identity.ts";
import { federatedToken } from "../../exchange/entra-federated.ts";
import { onBehalfOfToken } from "../../exchange/entra-on-behalf-of.ts";
import { type ExchangeContext, ExchangeError } from "../../exchange/exchange.ts";
import { impersonate } from "../../exchange/google-impersonation.ts";
import { workforceToken } from "../../exchange/google-workforce.ts";
import { askUpstream } from "../../exchange/upstream.ts";
import { type HttpDouble, startHttpDouble } from "../services/http-double.ts";
import { failureOf } from "./failure-of.ts";
import { nowSeconds } from "./recording.ts";
import { awsRole } from "./sts-answers.ts";

const context: ExchangeContext = {
  fetch,
  now: () => nowSeconds * 1000,
  signal: new AbortController().signal,
};

describe("one request of a provider", () => {
  let double: HttpDouble;
  beforeEach(async () => {
    double = await startHttpDouble({ answer: [{ body: "text" }] });
  });
  afterEach(() => double.close());
  const ask = (change = {}) => askUpstream({ url: `${double.url}/path`, ...change }, context);

  test("a body makes it a POST", async () => {
    expect((await ask({ body: "x", headers: { a: "b" } })).text).toBe("text");
    expect(double.requests[0]).toMatchObject({ method: "POST", path: "/path", body: "x" });
    await ask();
    expect(double.requests[1]).toMatchObject({ method: "GET", body: "" });
  });

  test.each([301, 302, 303, 307, 308])(
    "a redirect (%i) is refused, not followed",
    async (status) => {
      const elsewhere = await startHttpDouble({ answer: [{ body: "{}" }] });
      try {
        double.answerWith([{ status, headers: { location: elsewhere.url } }]);
        const failure = await failureOf(ask({ body: "secret" }));
        expect(failure.message).toBe(`127.0.0.1:${double.port} redirects, which is not followed`);
        expect(failure.kind).toBe("refused");
        expect(elsewhere.requests).toEqual([]);
      } finally {
        await elsewhere.close();
      }
    },
  );

  test("64 KiB are read, one byte more is refused", async () => {
    double.answerWith([{ body: "x".repeat(65_536) }]);
    expect((await ask()).text).toHaveLength(65_536);
    double.answerWith([{ body: "x".repeat(65_537) }]);
    const failure = await failureOf(ask());
    expect(failure.message).toBe(`127.0.0.1:${double.port} answered with more than 64 KiB`);
    expect(failure.kind).toBe("refused");
  });

  test("an answer without end is refused as soon as it is too long", async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(10_000)),
      cancel: () => {
        cancelled = true;
      },
    });
    const failure = await failureOf(
      askUpstream(
        { url: "https://a.example.com/" },
        { ...context, fetch: async () => new Response(endless) },
      ),
    );
    expect(failure.message).toBe("a.example.com answered with more than 64 KiB");
    expect(cancelled).toBe(true);
  });

  test("one that does not answer in time is unavailable", async () => {
    double.answerWith([{ delayMs: 60_000 }]);
    const failure = await failureOf(ask({ timeoutSeconds: 0.05 }));
    expect(failure.message).toBe(`127.0.0.1:${double.port} did not answer within 0.05 s`);
    expect(failure.kind).toBe("unavailable");
  });

  test("an answer that stalls halfway is unavailable", async () => {
    const stalling: typeof fetch = async (_, init) =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new Uint8Array(10));
            init?.signal?.addEventListener("abort", () => controller.error(init.signal?.reason));
          },
        }),
      );
    const failure = await failureOf(
      askUpstream(
        { url: "https://a.example.com/", timeoutSeconds: 0.05 },
        { ...context, fetch: stalling },
      ),
    );
    expect(failure.message).toBe("a.example.com did not answer within 0.05 s");
  });

  test("one that is not there is unavailable, with the system's own word for it", async () => {
    const failure = await failureOf(ask({ url: "http://127.0.0.1:2" }));
    expect(failure.message).toBe("127.0.0.1:2 cannot be reached (ECONNREFUSED)");
    expect(failure.kind).toBe("unavailable");
  });

  test("a code no list has is not repeated", async () => {
    const error = Object.assign(new Error("secret"), { code: "SECRET", cause: "secret" });
    const failing = { ...context, fetch: () => Promise.reject(error) };
    const failure = await failureOf(askUpstream({ url: "https://a.example.com" }, failing));
    expect(failure.message).toBe("a.example.com cannot be reached");
  });
});

test("a hostile provider that echoes the token anywhere gets no part of it into an error", async () => {
  const alphabet = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."];
  const token = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 12, maxLength: 60 });
  const status = fc.constantFrom(200, 200, 301, 400, 401, 403, 429, 500, 503, 599);
  const bodies: readonly ((secret: string) => string)[] = [
    (secret) => secret,
    (secret) => `{"${secret}`,
    (secret) => JSON.stringify({ error: secret, error_codes: [secret], error_description: secret }),
    (secret) => JSON.stringify({ error: { status: secret, code: secret, message: secret } }),
    (secret) => JSON.stringify({ [secret]: secret, expires_in: secret, token_type: secret }),
    (secret) =>
      JSON.stringify({
        access_token: secret,
        accessToken: secret,
        token_type: "Bearer",
        expires_in: 1e9,
        expireTime: secret,
      }),
    (secret) =>
      `<ErrorResponse><Error><Code>${secret}</Code><Message>${secret}</Message></Error></ErrorResponse>`,
    (secret) => `<${secret.replace(/^[^A-Za-z]+/, "a")}>`,
    (secret) => `${secret}`.repeat(6000),
  ];
  const managed = async () => ({ token: "own", expiresAtEpochSeconds: nowSeconds + 3600 });
  const azure = {
    tenantId: "11111111-1111-4111-8111-111111111111",
    clientId: "22222222-2222-4222-8222-222222222222",
    scope: "https://ai.azure.com/.default",
    sessionSeconds: 3600,
  } as const;
  const exchanges: readonly ((secret: string, hostile: ExchangeContext) => Promise<unknown>)[] = [
    (secret, hostile) =>
      assumeRoleWithWebIdentity(
        { ...awsRole, token: secret, sessionOf: "anna", sessionSeconds: 900 },
        hostile,
      ),
    (secret, hostile) =>
      workforceToken(
        { audience: "a", userProject: "p", token: secret, sessionSeconds: 900 },
        hostile,
      ),
    (_, hostile) =>
      impersonate({ serviceAccount: "a@b.example.com", sessionSeconds: 900 }, hostile, managed),
    (secret, hostile) => onBehalfOfToken({ ...azure, token: secret }, hostile, managed),
    (_, hostile) => federatedToken(azure, hostile, managed),
  ];
  await fc.assert(
    fc.asyncProperty(
      token,
      status,
      fc.constantFrom(...bodies),
      fc.constantFrom(...exchanges),
      fc.boolean(),
      async (secret, code, body, exchange, throws) => {
        const hostile: ExchangeContext = {
          ...context,
          fetch: async () => {
            if (throws) throw Object.assign(new TypeError(secret), { code: secret });
            const headers = {
              location: `https://${secret}.example.com/`,
              "x-amzn-errortype": secret,
            };
            return new Response(body(secret), { status: code, headers });
          },
        };
        const failure = await exchange(secret, hostile).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(failure).toBeInstanceOf(ExchangeError);
        const { message, host, providerCode, stack } = failure as ExchangeError;
        const said = `${message}\n${host}\n${providerCode}\n${stack?.split("\n    at ")[0]}`;
        for (let start = 0; start + 8 <= secret.length; start += 1)
          expect(said).not.toContain(secret.slice(start, start + 8));
        expect((failure as ExchangeError).cause).toBeUndefined();
      },
    ),
    { numRuns: 600 },
  );
});
