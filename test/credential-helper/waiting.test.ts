import { describe, expect, it } from "vitest";

import { type Flight, singleFlight } from "../../credential-helper/single-flight.ts";

/** A flight in a world without time of its own: each sleep moves the clock. */
function flight(changes: Partial<Flight<string>> = {}) {
  const seen = { nowMs: 0, held: 0, released: 0, worked: 0, slept: [] as number[] };
  const all: Flight<string> = {
    lock: {
      tryAcquire: () => {
        seen.held++;
        return true;
      },
      release: () => void seen.released++,
    },
    look: async () => undefined,
    work: async () => {
      seen.worked++;
      return "worked";
    },
    waitMs: () => 1000,
    waitedTooLong: () => new Error("waited too long"),
    now: () => seen.nowMs,
    sleep: async (milliseconds) => {
      seen.slept.push(milliseconds);
      seen.nowMs += milliseconds;
    },
    ...changes,
  };
  return { seen, all };
}

const busy = { tryAcquire: () => false, release: () => undefined };

/** Gives nothing so many times, and then what is said. */
function giving(times: number, give: () => string): () => Promise<string | undefined> {
  let asked = 0;
  return async () => (asked++ < times ? undefined : give());
}

describe("one of many that want the same", () => {
  it("takes what is there without asking for the lock", async () => {
    const { seen, all } = flight({ look: async () => "found" });
    expect(await singleFlight(all)).toBe("found");
    expect([seen.held, seen.worked]).toEqual([0, 0]);
  });

  it("works when nobody does, and lets go afterwards", async () => {
    const { seen, all } = flight();
    expect(await singleFlight(all)).toBe("worked");
    expect([seen.worked, seen.released]).toEqual([1, 1]);
  });

  it("does not work when somebody finished between its look and its lock", async () => {
    const { seen, all } = flight({ look: giving(1, () => "theirs") });
    expect(await singleFlight(all)).toBe("theirs");
    expect([seen.held, seen.worked, seen.released]).toEqual([1, 0, 1]);
  });

  it("lets go when its work fails, and when another one's failure is found", async () => {
    const fail = () => {
      throw new Error("refused");
    };
    const working = flight({ work: async () => fail() });
    await expect(singleFlight(working.all)).rejects.toThrow("refused");
    expect(working.seen.released).toBe(1);
    const looking = flight({ look: giving(1, fail) });
    await expect(singleFlight(looking.all)).rejects.toThrow("refused");
    expect([looking.seen.released, looking.seen.worked]).toEqual([1, 0]);
  });

  it("waits while another one works, each time a little longer, and takes what that one left", async () => {
    const { seen, all } = flight({ lock: busy, look: giving(5, () => "theirs") });
    expect(await singleFlight(all)).toBe("theirs");
    expect(seen.slept).toHaveLength(5);
    for (const milliseconds of seen.slept) {
      expect(milliseconds).toBeGreaterThanOrEqual(25);
      expect(milliseconds).toBeLessThanOrEqual(500);
    }
  });

  it("gives up when it has waited as long as it may, which may change", async () => {
    let waitMs = 10_000;
    const { seen, all } = flight({
      lock: busy,
      waitMs: () => waitMs,
      look: async () => {
        if (seen.nowMs > 300) waitMs = 200;
        return undefined;
      },
    });
    await expect(singleFlight(all)).rejects.toThrow("waited too long");
    expect(seen.nowMs).toBeLessThan(1000);
  });
});
