import { setTimeout as sleep } from "node:timers/promises";

import { type ExchangeContext, ExchangeError } from "./exchange.ts";

export interface RetryOptions {
  /** All together. Default 3. */
  readonly attempts?: number;
  /** Longest wait before the second attempt; doubles from then on. Default 200. */
  readonly baseMilliseconds?: number;
  /** Longest wait of all. Default 2000. */
  readonly capMilliseconds?: number;
  /** In [0, 1). Default: `Math.random`. */
  readonly random?: () => number;
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Asks again, a bounded number of times, and only when the provider was unavailable. The waits are drawn
 * between nothing and the bound, so that replicas which failed together do not come back together.
 *
 * The caller's signal ends it at once with the last failure.
 */
export async function withRetry<Result>(
  call: () => Promise<Result>,
  { signal }: Pick<ExchangeContext, "signal">,
  options: RetryOptions = {},
): Promise<Result> {
  const { attempts = 3, baseMilliseconds = 200, capMilliseconds = 2000 } = options;
  const random = options.random ?? Math.random;
  const wait = options.sleep ?? ((milliseconds) => sleep(milliseconds, undefined, { signal }));
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const again = error instanceof ExchangeError && error.kind === "unavailable";
      if (!again || attempt >= attempts) throw error;
      const bound = Math.min(capMilliseconds, baseMilliseconds * 2 ** (attempt - 1));
      await wait(random() * bound, signal).catch(() => undefined);
      if (signal.aborted) throw error;
    }
  }
}
