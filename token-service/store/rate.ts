/** Either the new state to keep, or how long to wait. */
export type RateAnswer = { readonly nextMs: number } | { readonly retryAfterSeconds: number };

/**
 * Generic cell rate algorithm (ITU-T I.371): a whole minute's requests may come at once, after that one each
 * `60 / requestsPerMinute` seconds. `store/scripts.ts` says the same in Lua; one test runs over both.
 *
 * @param stateMs What was kept: when the allowance is full again, in milliseconds since 1970-01-01.
 */
export function askRate(
  stateMs: number | undefined,
  nowMs: number,
  requestsPerMinute: number,
): RateAnswer {
  const intervalMs = 60_000 / requestsPerMinute;
  const startMs = Math.max(stateMs ?? nowMs, nowMs);
  const waitMs = startMs - nowMs - (60_000 - intervalMs);
  // Sums of fractions: a microsecond is no reason to wait a second.
  if (waitMs > 0.001) return { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };
  return { nextMs: startMs + intervalMs };
}
