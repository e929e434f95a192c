import type { Evidence, Refused } from "../identity.ts";

/** A request after HTTP: what the handlers decide on. */
export interface Asked {
  readonly traceId: string;
  /** What it brought to prove who asks, or why that cannot be judged. */
  readonly evidence: Evidence | Refused;
  /** Absent for methods without one. */
  readonly body: Buffer;
  /** Ends when the caller went away, the time is over or the service stops. */
  readonly signal: AbortSignal;
  /** Whether the caller went away. */
  readonly gone: () => boolean;
}
