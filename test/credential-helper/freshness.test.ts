import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  chooseJitterSeconds,
  freshness,
  type Lifetime,
  mayHaveBeenRejected,
} from "../../credential-helper/freshness.ts";

const nowMs = Date.UTC(2026, 10, 21, 12);
const nowSeconds = nowMs / 1000;

/** An hour's credential, obtained just now, whose reader keeps it for a quarter of an hour. */
const hour: Lifetime = {
  issuedAtMs: nowMs,
  expiresAtEpochSeconds: nowSeconds + 3600,
  ttlSeconds: 900,
  jitterSeconds: 0,
};

const at = (seconds: number) => nowMs + seconds * 1000;

const lifetimes = fc.record({
  issuedAtMs: fc.integer({ min: nowMs - 100_000_000, max: nowMs + 100_000_000 }),
  expiresAtEpochSeconds: fc.integer({ min: nowSeconds - 100_000, max: nowSeconds + 100_000 }),
  ttlSeconds: fc.integer({ min: 121, max: 43_200 }),
  jitterSeconds: fc.integer({ min: 0, max: 300 }),
});

describe("how long a credential serves", () => {
  it("is fresh until what is left is the kept time and thirty seconds", () => {
    expect(freshness(hour, at(0))).toBe("fresh");
    expect(freshness(hour, at(2670))).toBe("fresh");
    expect(freshness(hour, at(2671))).toBe("usable");
  });

  it("is usable until thirty seconds before its end", () => {
    expect(freshness(hour, at(3569))).toBe("usable");
    expect(freshness(hour, at(3570))).toBe("expired");
  });

  it("renews earlier by the jitter", () => {
    expect(freshness({ ...hour, jitterSeconds: 100 }, at(2570))).toBe("fresh");
    expect(freshness({ ...hour, jitterSeconds: 100 }, at(2571))).toBe("usable");
  });

  it("does not trust one obtained in the future: the clock was set back", () => {
    expect(freshness(hour, at(-30))).toBe("fresh");
    expect(freshness(hour, at(-31))).toBe("expired");
  });

  it("does not trust numbers that are none", () => {
    for (const name of ["issuedAtMs", "expiresAtEpochSeconds", "ttlSeconds", "jitterSeconds"])
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1])
        expect(freshness({ ...hour, [name]: value }, nowMs)).toBe("expired");
  });

  it("never calls an expired one fresh or usable", () => {
    fc.assert(
      fc.property(lifetimes, fc.boolean(), (lifetime, doubted) => {
        if (lifetime.expiresAtEpochSeconds <= nowSeconds)
          expect(freshness(lifetime, nowMs, doubted)).toBe("expired");
      }),
    );
  });

  it("calls fresh only what outlives the time its reader keeps it", () => {
    fc.assert(
      fc.property(lifetimes, (lifetime) => {
        if (freshness(lifetime, nowMs) === "fresh")
          expect(lifetime.expiresAtEpochSeconds - nowSeconds).toBeGreaterThanOrEqual(
            lifetime.ttlSeconds + 30,
          );
      }),
    );
  });

  it("only gets worse as time passes", () => {
    const order = ["fresh", "usable", "expired"];
    fc.assert(
      fc.property(lifetimes, fc.nat(100_000), (lifetime, laterSeconds) => {
        fc.pre(lifetime.issuedAtMs <= nowMs);
        const before = order.indexOf(freshness(lifetime, nowMs));
        expect(order.indexOf(freshness(lifetime, at(laterSeconds)))).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

describe("the jitter of a renewal", () => {
  it("leaves what was just obtained fresh", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 121, max: 43_200 }),
        fc.integer({ min: 30, max: 50_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (ttlSeconds, beyondSeconds, random) => {
          const lifetimeSeconds = ttlSeconds + beyondSeconds;
          const jitterSeconds = chooseJitterSeconds(lifetimeSeconds, ttlSeconds, random);
          expect(jitterSeconds).toBeLessThanOrEqual(300);
          const expiresAtEpochSeconds = nowSeconds + lifetimeSeconds;
          const lifetime = { issuedAtMs: nowMs, expiresAtEpochSeconds, ttlSeconds, jitterSeconds };
          expect(freshness(lifetime, nowMs)).toBe("fresh");
        },
      ),
    );
  });

  it("spreads the renewals of a fleet over five minutes when there is time", () => {
    expect(chooseJitterSeconds(3600, 900, 0)).toBe(0);
    expect(chooseJitterSeconds(3600, 900, 0.5)).toBe(150);
    expect(chooseJitterSeconds(3600, 900, 0.999)).toBe(299);
    expect(chooseJitterSeconds(1000, 900, 0.999)).toBe(17);
    expect(chooseJitterSeconds(900, 900, 0.999)).toBe(0);
  });
});

describe("a refresh in the middle of a session", () => {
  it("may mean a refusal when its credential is too young to have been kept out", () => {
    const asked = (seconds: number) =>
      mayHaveBeenRejected(hour, at(seconds), "mid-session-refresh");
    expect([0, 59, 60, 449, 450].map(asked)).toEqual([false, false, true, true, false]);
  });

  it("means nothing of the kind in other contexts", () => {
    for (const context of ["interactive", "background", "scheduled-task", "setup-test", ""])
      expect(mayHaveBeenRejected(hour, at(100), context)).toBe(false);
  });

  it("makes a fresh credential one to renew, and an expired one nothing better", () => {
    expect(freshness(hour, at(100), true)).toBe("usable");
    expect(freshness(hour, at(3570), true)).toBe("expired");
  });
});
