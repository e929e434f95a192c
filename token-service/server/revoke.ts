import type { Revocation, RevocationSubject, Store } from "../store.ts";
import type { RevocationAnswer } from "./revocation-api.ts";

interface Wanted {
  readonly subject: RevocationSubject;
  readonly reason: string;
  readonly untilEpochSeconds?: number | undefined;
  readonly revokedBy: string;
}

/**
 * Revokes and says how long offboarding takes. The order matters: what is given out after the store acknowledged is
 * refused, so what the store knows of credentials afterwards is all there is.
 *
 * @param now Milliseconds since 1970-01-01.
 */
export async function revoke(
  store: Store,
  now: () => number,
  { subject, reason, untilEpochSeconds, revokedBy }: Wanted,
): Promise<RevocationAnswer> {
  const revocation: Revocation = {
    subject,
    reason,
    revokedBy,
    revokedAtEpochSeconds: Math.floor(now() / 1000),
    untilEpochSeconds,
  };
  await store.revoke(revocation);
  const acknowledgedMs = now();
  const last = await store.lastExpiry(subject);
  const offboardingSeconds =
    last === undefined ? 0 : Math.max(0, Math.ceil(last - acknowledgedMs / 1000));
  return {
    refusedFrom: new Date(acknowledgedMs).toISOString(),
    ...(last === undefined ? {} : { lastCredentialExpiresAtEpochSeconds: last }),
    offboardingSeconds,
  };
}
