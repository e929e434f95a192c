import type { Identity } from "../identity.ts";
import { rateKeyOf, subjectsOf } from "../store/subjects.ts";
import {
  type Admission,
  type Revocation,
  type RevocationSubject,
  StoreUnavailable,
} from "../store.ts";
import type { Dependencies } from "./dependencies.ts";
import type { Refusal } from "./refusals.ts";

/** `unchecked`: the store did not answer, and the configuration accepts that. */
export type Admittance = { readonly checked: boolean } | Refusal;

interface Asked {
  /** Whether what may be presented once is used up by this. */
  readonly claimOnce: boolean;
  /** Life of the credential that will be given out; absent when none will. */
  readonly sessionSeconds?: number | undefined;
  /** Default: everything the identity could be revoked by. */
  readonly subjects?: readonly RevocationSubject[];
  readonly onStoreFailure: Dependencies["onStoreFailure"];
}

/**
 * A credential lives from when it is made, a little after its request was admitted: noting it that much longer spares
 * the second write, and with it a second wait for the store's disk.
 */
const exchangeSeconds = 2;

/** Asks the store, in one round trip, whether an identity that was verified may go on. */
export async function admitIdentity(
  { store, requestsPerMinute, now }: Pick<Dependencies, "store" | "requestsPerMinute" | "now">,
  identity: Identity,
  { claimOnce, sessionSeconds, subjects = subjectsOf(identity), onStoreFailure }: Asked,
): Promise<Admittance> {
  const admission: Admission = {
    once: claimOnce ? identity.once : undefined,
    subjects,
    rateKey: rateKeyOf(identity),
    requestsPerMinute,
    ...(sessionSeconds === undefined
      ? {}
      : {
          credentialUntilEpochSeconds: Math.ceil(now() / 1000) + sessionSeconds + exchangeSeconds,
        }),
  };
  try {
    const { replayed, revocation, retryAfterSeconds } = await store.admit(admission);
    if (revocation) return revokedRefusal(revocation);
    if (replayed) return replayRefusal(identity);
    if (retryAfterSeconds !== undefined) {
      return {
        code: "rate_limited",
        message: `more than ${requestsPerMinute} requests in a minute`,
        retryAfterSeconds,
      };
    }
    return { checked: true };
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    if (acceptsSilence(error, onStoreFailure)) return { checked: false };
    return { code: "store_unavailable", message: error.message };
  }
}

/** Only a store that says nothing may be done without; one that lost data says so, and that is an answer. */
export function acceptsSilence(
  { fault }: StoreUnavailable,
  onStoreFailure: Dependencies["onStoreFailure"],
): boolean {
  return onStoreFailure === "allow-unchecked" && fault === "silent";
}

export function revokedRefusal({ subject }: Revocation): Refusal {
  const whom = subject.by === "everything" ? "everything in this geography" : `this ${subject.by}`;
  return { code: "revoked", message: `an administrator revoked ${whom}` };
}

/** What DPoP presents once is the proof; the token may come again. */
function replayRefusal({ once }: Identity): Refusal {
  return once?.key.startsWith("proof:")
    ? {
        code: "proof_replayed",
        message: "this proof was presented before; each request needs its own",
      }
    : { code: "token_replayed", message: "this token was presented before; get a new one" };
}
