/** What decides how long a credential is used. */
export interface Lifetime {
  /** When it was obtained, milliseconds since 1970-01-01. */
  readonly issuedAtMs: number;
  /** Seconds since 1970-01-01. */
  readonly expiresAtEpochSeconds: number;
  /** `inferenceCredentialHelperTtlSec`: how long the reader keeps what is printed without asking again. */
  readonly ttlSeconds: number;
  /** How much earlier than necessary this computer renews, so that a fleet does not at once. */
  readonly jitterSeconds: number;
}

/**
 * `fresh`: outlives the time its reader keeps it: printed. `usable`: valid, but for a shorter time: renewed,
 * and printed only if nobody could renew it. `expired`: never printed.
 */
export type Freshness = "fresh" | "usable" | "expired";

/** How far this computer's clock and the issuer's may be apart, in seconds. */
export const skewSeconds = 30;

/** Most a renewal is brought forward, in seconds. */
export const longestJitterSeconds = 300;

/**
 * How long a credential still serves.
 *
 * @param doubted the reader may have been refused with it: see `mayHaveBeenRejected`.
 */
export function freshness(lifetime: Lifetime, nowMs: number, doubted = false): Freshness {
  const { issuedAtMs, expiresAtEpochSeconds, ttlSeconds, jitterSeconds } = lifetime;
  const known = [issuedAtMs, expiresAtEpochSeconds, ttlSeconds, jitterSeconds, nowMs];
  if (!known.every((value) => Number.isFinite(value) && value >= 0)) return "expired";
  // A clock that was set back makes every remaining time too long.
  if (issuedAtMs > nowMs + skewSeconds * 1000) return "expired";
  const remainingSeconds = expiresAtEpochSeconds - nowMs / 1000;
  if (remainingSeconds <= skewSeconds) return "expired";
  if (doubted) return "usable";
  return remainingSeconds >= ttlSeconds + skewSeconds + jitterSeconds ? "fresh" : "usable";
}

/** Seconds within which a credential that was just obtained is not doubted again. */
export const trustedAfterIssueSeconds = 60;

export function isJustIssued({ issuedAtMs }: Pick<Lifetime, "issuedAtMs">, nowMs: number): boolean {
  return nowMs - issuedAtMs < trustedAfterIssueSeconds * 1000;
}

/**
 * Whether a `mid-session-refresh` may mean that the provider refused the credential (401). The context does not
 * tell a refusal from a kept time that ran out; but that cannot run out on a credential younger than half of it,
 * unless another session renewed in between, which costs one exchange.
 */
export function mayHaveBeenRejected(
  { issuedAtMs, ttlSeconds }: Lifetime,
  nowMs: number,
  context: string,
): boolean {
  const ageSeconds = (nowMs - issuedAtMs) / 1000;
  return (
    context === "mid-session-refresh" &&
    ageSeconds >= trustedAfterIssueSeconds &&
    ageSeconds < ttlSeconds / 2
  );
}

/**
 * Seconds by which this computer renews early: a part of what the credential lives longer than needed, never
 * so much that a credential just obtained is not fresh.
 *
 * @param random at least 0 and below 1.
 */
export function chooseJitterSeconds(
  lifetimeSeconds: number,
  ttlSeconds: number,
  random: number,
): number {
  const slackSeconds = lifetimeSeconds - ttlSeconds - skewSeconds;
  if (!(slackSeconds > 0)) return 0;
  return Math.floor(random * Math.min(longestJitterSeconds, slackSeconds / 4));
}
