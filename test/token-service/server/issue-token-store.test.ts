import { afterEach, describe, expect, it } from "vitest";

import { memoryStore } from "../../../token-service/store/memory.ts";
import { type Store, StoreUnavailable } from "../../../token-service/store.ts";
import { anyText, credential, newToken, startFake, stopAll } from "./fakes.ts";

afterEach(stopAll);

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
      traceId: anyText,
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
      traceId: anyText,
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
