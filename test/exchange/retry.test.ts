import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ExchangeError } from "../../exchange/exchange.ts";
import { withRetry } from "../../exchange/retry.ts";

const down = new ExchangeError("unavailable", "a.example.com", "a.example.com is down");
const no = new ExchangeError("refused", "a.example.com", "a.example.com refused");
const context = { signal: new AbortController().signal };

/** Fails with each error in turn, then gives "fine"; `waits` are what was slept. */
function failing(...errors: readonly Error[]) {
  const waits: number[] = [];
  let calls = 0;
  const call = async () => {
    const error = errors[calls];
    calls += 1;
    if (error !== undefined) throw error;
    return "fine";
  };
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  return { call, waits, sleep, calls: () => calls };
}

describe("asking again", () => {
  test("helps when a provider was unavailable twice", async () => {
    const { call, sleep, calls, waits } = failing(down, down);
    expect(await withRetry(call, context, { sleep, random: () => 0.5 })).toBe("fine");
    expect(calls()).toBe(3);
    expect(waits).toEqual([100, 200]);
  });

  test("ends after three attempts with the last failure", async () => {
    const last = new ExchangeError("unavailable", "a.example.com", "the last one");
    const { call, sleep, calls } = failing(down, down, last, down);
    await expect(withRetry(call, context, { sleep })).rejects.toBe(last);
    expect(calls()).toBe(3);
  });

  test.each([no, new Error("a bug"), new TypeError("another")])(
    "is not tried after %s",
    async (error) => {
      const { call, sleep, calls } = failing(error);
      await expect(withRetry(call, context, { sleep })).rejects.toBe(error);
      expect(calls()).toBe(1);
    },
  );

  test("stops at a refusal in between", async () => {
    const { call, sleep, calls } = failing(down, no, down);
    await expect(withRetry(call, context, { sleep })).rejects.toBe(no);
    expect(calls()).toBe(2);
  });

  test("is not tried once the caller has gone", async () => {
    const { call, sleep, calls } = failing(down);
    await expect(withRetry(call, { signal: AbortSignal.abort() }, { sleep })).rejects.toBe(down);
    expect(calls()).toBe(1);
  });

  test("ends at once when the caller goes during a wait", async () => {
    const caller = new AbortController();
    const { call, calls } = failing(down, down);
    const result = withRetry(call, caller, { baseMilliseconds: 600_000, random: () => 0.999 });
    setTimeout(() => caller.abort(), 10);
    await expect(result).rejects.toBe(down);
    expect(calls()).toBe(1);
  });

  test("waits a random time below a bound that doubles up to its cap", async () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(random, fc.integer({ min: 1, max: 8 }), async (drawn, attempts) => {
        const { call, sleep, waits } = failing(...Array.from({ length: 10 }, () => down));
        const options = { attempts, capMilliseconds: 1000, sleep, random: () => drawn };
        await expect(withRetry(call, context, options)).rejects.toBe(down);
        const bounds = [200, 400, 800, 1000, 1000, 1000, 1000].slice(0, attempts - 1);
        expect(waits).toEqual(bounds.map((bound) => bound * drawn));
      }),
    );
  });
});
