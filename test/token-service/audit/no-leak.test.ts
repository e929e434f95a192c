import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type FakeService, newToken, startFake, stopAll } from "../server/fakes.ts";

let service: FakeService;
beforeAll(async () => {
  service = await startFake({ requestsPerMinute: 6000 });
});
afterAll(stopAll);

const secret = "eyJzZWNyZXQiOiJhIn0-Zm9yZ290dGVu";

/** A secret pasted wherever a caller can paste one. */
const request = fc.record({
  path: fc.constantFrom("/v1/token", "/v1/revocations", `/v1/token?token=${secret}`, `/${secret}`),
  method: fc.constantFrom("POST", "DELETE", "PUT"),
  token: fc.constantFrom(undefined, secret, `alice.${secret}`, "alice", "root"),
  headers: fc.dictionary(
    fc.constantFrom(
      "dpop",
      "traceparent",
      "x-client-cert",
      "cookie",
      "user-agent",
      "x-forwarded-for",
    ),
    fc.constantFrom(secret, `00-${secret}-01`),
  ),
  body: fc.oneof(
    fc.constant(secret),
    fc.json().map((text) => `{"${secret}":${text}}`),
    fc.record(
      {
        geography: fc.constantFrom("eu", secret, "us"),
        route: fc.constantFrom("gateway", secret, "other"),
        context: fc.constantFrom("interactive", secret),
        subject: fc.constant({ by: secret, value: secret }),
        [secret]: fc.constant(secret),
      },
      { requiredKeys: [] },
    ),
  ),
});

it("no event, answer or metric ever holds what a caller sent as a secret", async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ path, method, token, headers, body }) => {
      service.events.length = 0;
      const given = token === "alice" || token === "root" ? newToken(token) : token;
      const answer = await service.ask(given, { path, method, headers, body });
      const told = JSON.stringify([service.events, answer.body, [...answer.headers]]);
      expect(told).not.toContain(secret);
      if (given !== undefined) expect(told).not.toContain(given);
      expect(service.events.length).toBeLessThanOrEqual(1);
      const paths = ["/v1/token", "/v1/revocations"];
      const decided = paths.includes(path) && answer.status !== 405;
      expect(service.events.length).toBe(decided ? 1 : 0);
    }),
    { numRuns: 300 },
  );
  expect(await service.dependencies.metrics.render()).not.toContain(secret);
});
