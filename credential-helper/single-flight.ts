import type { OsLock } from "./os-lock.ts";

/** One piece of work that many processes want done, and only one at a time should do. */
export interface Flight<T> {
  readonly lock: OsLock;
  /** What somebody else left in the meantime; throws what somebody else failed with. */
  readonly look: () => Promise<T | undefined>;
  readonly work: () => Promise<T>;
  /** Milliseconds this process waits for another one's work, asked anew each time. */
  readonly waitMs: () => number;
  /** What it throws after that. */
  readonly waitedTooLong: () => Error;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Between two looks: short at first, so that a person does not notice, then long enough for many to wait. */
const pauseMs = { least: 25, most: 250 };

/**
 * Gives what is there, or does the work, or waits for whoever does it. A worker that dies loses the lock at once,
 * and one of the waiting takes over.
 */
export async function singleFlight<T>(flight: Flight<T>): Promise<T> {
  const startedAtMs = flight.now();
  for (;;) {
    const found = await flight.look();
    if (found !== undefined) return found;
    if (flight.lock.tryAcquire()) {
      try {
        // Whoever held it before may just have finished.
        return (await flight.look()) ?? (await flight.work());
      } finally {
        flight.lock.release();
      }
    }
    const waitedMs = flight.now() - startedAtMs;
    if (waitedMs >= flight.waitMs()) throw flight.waitedTooLong();
    const pause = Math.min(pauseMs.most, pauseMs.least + waitedMs / 20);
    await flight.sleep(pause * (1 + Math.random()));
  }
}
