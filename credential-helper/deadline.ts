import { type HelperContext, mayAsk } from "./context.ts";

/**
 * Seconds a run may take altogether. Claude Desktop waits 60 s by default (`inferenceCredentialHelperTimeoutSec`,
 * 1 to 600) and 20 s at most in the middle of a session; the rest is left for starting and answering
 * (https://claude.com/docs/third-party/claude-desktop/credential-helper, read 2026-11-20).
 */
export const deadlineSeconds = { interactive: 55, others: 18 };

/** Seconds a run waits for another one that may be waiting for a person, or that it does not depend on. */
export const briefWaitSeconds = 5;

/**
 * Seconds a run has to have left to start renewing, or half of all it had: one that is cut off after the issuer rotated
 * its refresh token, and before the new one is kept, signs the person out.
 */
export const leastWorkSeconds = 6;

/** Milliseconds the operating system's secret store may take: with a person there, it may ask for a password. */
export function storeLimitMs(context: HelperContext): number {
  return mayAsk(context) ? 30_000 : 5_000;
}

/**
 * Milliseconds since 1970-01-01 by a clock that nobody sets while the run lasts: a computer's own clock that is set
 * back by an hour must not make a run last an hour longer.
 */
export function runClock(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * When the run has to be over, by `runClock`.
 *
 * @param named seconds of `--deadline`; nobody but a person is waited for longer than usual.
 */
export function deadlineMs(
  context: HelperContext,
  startedAtMs: number,
  named: number | undefined,
): number {
  const { interactive, others } = deadlineSeconds;
  const seconds = mayAsk(context) ? (named ?? interactive) : Math.min(named ?? others, others);
  return startedAtMs + seconds * 1000;
}
