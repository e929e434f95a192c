/** Whom or what a revocation names. `everything` is the emergency stop of one geography. */
export type RevocationSubject =
  | { readonly by: "user" | "device" | "group" | "key"; readonly value: string }
  | { readonly by: "everything" };

export interface Revocation {
  readonly subject: RevocationSubject;
  /** Said in audit events; no personal data needed. */
  readonly reason: string;
  /** Who revoked, as the administrator's own identity says. */
  readonly revokedBy: string;
  readonly revokedAtEpochSeconds: number;
  /** Absent: until it is lifted. */
  readonly untilEpochSeconds: number | undefined;
}

/** Everything a request has to pass, asked in one round trip. */
export interface Admission {
  /** What may be presented once; absent when nothing has to. */
  readonly once: { readonly key: string; readonly untilEpochSeconds: number } | undefined;
  readonly subjects: readonly RevocationSubject[];
  /** Whom the request counts for. */
  readonly rateKey: string;
  readonly requestsPerMinute: number;
  /**
   * Until when a credential given out for this lives, at most; noted with the rest when the call passes, so that
   * {@link Store.noteIssued} has nothing left to write. Absent when none will be given out.
   */
  readonly credentialUntilEpochSeconds?: number;
}

export interface Admitted {
  readonly replayed: boolean;
  /** The first revocation that applies. */
  readonly revocation: Revocation | undefined;
  /** Seconds until asking again can help; absent while the rate is kept. */
  readonly retryAfterSeconds: number | undefined;
}

/** `silent`: no answer in time. `unsafe`: it answers, but lost data or does not keep what it acknowledges. */
export type StoreFault = "silent" | "unsafe";

/** Why a store cannot vouch for an answer; a request is then refused unless configured otherwise. */
export class StoreUnavailable extends Error {
  readonly fault: StoreFault;
  constructor(message: string, fault: StoreFault = "silent") {
    super(message);
    this.name = "StoreUnavailable";
    this.fault = fault;
  }
}

/**
 * What replicas share: tokens seen, revocations, rates, and until when credentials live that were given out.
 * Every method throws {@link StoreUnavailable} when the store does not answer in time or lost data.
 */
export interface Store {
  /**
   * Atomic for `once`: of any number of simultaneous calls with one key at most one passes. Judged in this order:
   * revoked, replayed, too often; only a call that passes all three is counted and uses its key up.
   */
  admit(admission: Admission): Promise<Admitted>;
  /**
   * Resolves once the revocation survives a crash of the store. Never shortens one of the same subject that holds
   * longer, which then stays as it is: what takes a revocation back is {@link Store.lift}.
   */
  revoke(revocation: Revocation): Promise<void>;
  /** Whether there was one to lift. */
  lift(subject: RevocationSubject): Promise<boolean>;
  revocations(): Promise<readonly Revocation[]>;
  /**
   * Notes how long a credential given out to these subjects lives, and gives the first revocation that applies by
   * now: one that came while the credential was made would not know of it, so it must not be answered then.
   */
  noteIssued(
    subjects: readonly RevocationSubject[],
    credential: { readonly expiresAtEpochSeconds: number },
  ): Promise<Revocation | undefined>;
  /** Until when the last credential given out to the subject lives; absent when none does. */
  lastExpiry(subject: RevocationSubject): Promise<number | undefined>;
  /** Absent when requests can be answered; else the reason why not. */
  unready(): Promise<string | undefined>;
  close(): Promise<void>;
}
