import { describe, expect, test } from "vitest";

import { circuits } from "../../exchange/circuit.ts";
import { ExchangeError } from "../../exchange/exchange.ts";

const host = "a.example.com";
const down = new ExchangeError("unavailable", host, "down");
const no = new ExchangeError("refused", host, "no");
const open = new ExchangeError(
  "unavailable",
  host,
  "a.example.com failed 3 times in a row and is left alone for now",
);

function breaker() {
  let milliseconds = 0;
  const breakers = circuits({ now: () => milliseconds }, { failuresToOpen: 3, openSeconds: 10 });
  let calls = 0;
  return {
    breakers,
    calls: () => calls,
    pass: (seconds: number) => {
      milliseconds += seconds * 1000;
    },
    ask: (outcome: Error | "fine", of = host) =>
      breakers.run(of, async () => {
        calls += 1;
        if (outcome === "fine") return outcome;
        throw outcome;
      }),
    async fail(times: number, error: Error = down) {
      for (let n = 0; n < times; n += 1) await expect(this.ask(error)).rejects.toBe(error);
    },
  };
}

describe("a host that is down", () => {
  test("is left alone after that many failures in a row", async () => {
    const it = breaker();
    await it.fail(3);
    await expect(it.ask("fine")).rejects.toEqual(open);
    expect(it.calls()).toBe(3);
  });

  test("does not keep others from being asked", async () => {
    const it = breaker();
    await it.fail(3);
    expect(await it.ask("fine", "b.example.com")).toBe("fine");
  });

  test.each([["a success", "fine"] as const, ["a refusal", no] as const])(
    "is counted from the start after %s: the host is there",
    async (_, outcome) => {
      const it = breaker();
      await it.fail(2);
      await it.ask(outcome).catch(() => undefined);
      await it.fail(2);
      expect(await it.ask("fine")).toBe("fine");
    },
  );

  test("a bug of ours neither counts nor clears", async () => {
    const it = breaker();
    await it.fail(2);
    await it.fail(5, new Error("a bug"));
    await it.fail(1);
    await expect(it.ask("fine")).rejects.toEqual(open);
  });

  test("is probed by one call once the time is over, and asked by all when that succeeds", async () => {
    const it = breaker();
    await it.fail(3);
    it.pass(9.999);
    await expect(it.ask("fine")).rejects.toEqual(open);
    it.pass(0.001);
    let answer = (_: string): void => undefined;
    const probe = it.breakers.run(host, () => new Promise<string>((resolve) => (answer = resolve)));
    await expect(it.ask("fine")).rejects.toEqual(open);
    answer("fine");
    expect(await probe).toBe("fine");
    expect(await it.ask("fine")).toBe("fine");
  });

  test("is left alone again when the probe fails", async () => {
    const it = breaker();
    await it.fail(3);
    it.pass(10);
    await it.fail(1);
    const again = new ExchangeError("unavailable", host, open.message.replace("3", "4"));
    await expect(it.ask("fine")).rejects.toEqual(again);
    it.pass(10);
    expect(await it.ask("fine")).toBe("fine");
  });

  test("a probe that ended in a bug lets the next one through", async () => {
    const it = breaker();
    await it.fail(3);
    it.pass(10);
    await it.fail(1, new Error("a bug"));
    expect(await it.ask("fine")).toBe("fine");
  });

  test("after five failures and for ten seconds when nothing else is said", async () => {
    let milliseconds = 0;
    const breakers = circuits({ now: () => milliseconds });
    const ask = (error?: Error) =>
      breakers.run(host, async () => {
        if (error !== undefined) throw error;
        return "fine";
      });
    for (let n = 0; n < 4; n += 1) await expect(ask(down)).rejects.toBe(down);
    await expect(ask(down)).rejects.toBe(down);
    milliseconds = 9999;
    await expect(ask()).rejects.toThrow("failed 5 times in a row");
    milliseconds = 10_000;
    expect(await ask()).toBe("fine");
  });
});
