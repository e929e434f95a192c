import {
  type Admission,
  type Admitted,
  type Revocation,
  type RevocationSubject,
  type Store,
  StoreUnavailable,
} from "../store.ts";
import { newOnceKeys } from "./once-keys.ts";
import { askRate } from "./rate.ts";
import { holds, outlasts, subjectKey } from "./subjects.ts";

export interface MemoryStoreOptions {
  /** Milliseconds since 1970-01-01. */
  readonly now: () => number;
  /** Tokens remembered at once; beyond that requests are refused, never forgotten. Default 500,000 (about 100 MB). */
  readonly maxOnceKeys?: number;
}

const nothing: Admitted = {
  replayed: false,
  revocation: undefined,
  retryAfterSeconds: undefined,
};

/**
 * A store inside one process: for one replica on one machine. A restart forgets tokens seen and revocations, which
 * is why more than one replica, and anything revocations have to survive in, needs Redis.
 */
export function memoryStore({ now, maxOnceKeys = 500_000 }: MemoryStoreOptions): Store {
  const once = newOnceKeys();
  const rates = new Map<string, number>();
  const revoked = new Map<string, Revocation>();
  const issued = new Map<string, number>();
  let lastSweepMs = now();

  const revocationOf = (subjects: readonly RevocationSubject[]) =>
    subjects
      .map((subject) => revoked.get(subjectKey(subject)))
      .find((revocation) => revocation !== undefined && holds(revocation, now() / 1000));

  const note = (subjects: readonly RevocationSubject[], untilEpochSeconds: number) => {
    for (const key of subjects.map(subjectKey)) {
      issued.set(key, Math.max(issued.get(key) ?? 0, untilEpochSeconds));
    }
  };

  const sweep = () => {
    const nowMs = now();
    if (nowMs - lastSweepMs < 10_000) return;
    lastSweepMs = nowMs;
    once.forget(nowMs / 1000);
    for (const [key, atMs] of rates) if (atMs <= nowMs) rates.delete(key);
    for (const [key, seconds] of issued) if (seconds < nowMs / 1000) issued.delete(key);
    for (const [key, one] of revoked) if (!holds(one, nowMs / 1000)) revoked.delete(key);
  };

  // No method waits between its first look and its last write: that is what makes each of them atomic.
  const admit = (admission: Admission): Admitted => {
    sweep();
    const revocation = revocationOf(admission.subjects);
    if (revocation) return { ...nothing, revocation };
    if (admission.once && once.has(admission.once.key)) return { ...nothing, replayed: true };
    if (admission.once && once.size() >= maxOnceKeys) {
      const message = "the store in memory is full; use Redis for this many requests";
      throw new StoreUnavailable(message, "unsafe");
    }
    const rate = askRate(rates.get(admission.rateKey), now(), admission.requestsPerMinute);
    if ("retryAfterSeconds" in rate) {
      return { ...nothing, retryAfterSeconds: rate.retryAfterSeconds };
    }
    rates.set(admission.rateKey, rate.nextMs);
    if (admission.credentialUntilEpochSeconds !== undefined) {
      note(admission.subjects, admission.credentialUntilEpochSeconds);
    }
    if (admission.once) once.add(admission.once.key, admission.once.untilEpochSeconds);
    return nothing;
  };

  return {
    admit: async (admission) => admit(admission),
    async revoke(revocation) {
      const key = subjectKey(revocation.subject);
      const before = revoked.get(key);
      if (before === undefined || !outlasts(before, revocation)) revoked.set(key, revocation);
    },
    lift: async (subject) => revoked.delete(subjectKey(subject)),
    revocations: async () =>
      [...revoked.values()].filter((revocation) => holds(revocation, now() / 1000)),
    async noteIssued(subjects, { expiresAtEpochSeconds }) {
      note(subjects, expiresAtEpochSeconds);
      return revocationOf(subjects);
    },
    async lastExpiry(subject) {
      const seconds = issued.get(subjectKey(subject));
      return seconds === undefined || seconds <= now() / 1000 ? undefined : seconds;
    },
    unready: async () => undefined,
    close: async () => undefined,
  };
}
