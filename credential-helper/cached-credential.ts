import { wasJustGiven } from "./asked-again.ts";
import { type Freshness, freshness, isJustIssued, mayHaveBeenRejected } from "./freshness.ts";
import { type CredentialRecord, parseRecord } from "./record.ts";
import { readRecordFile, type StoreSurroundings } from "./secret-store/read-record.ts";

/** A kept credential and how far it serves. */
export interface CachedCredential {
  readonly record: CredentialRecord;
  readonly freshness: Freshness;
}

/**
 * What is kept for this very configuration; undefined: nothing that may be printed.
 *
 * @throws HelperFailure `localStore` when it is sealed and its key is out of reach.
 */
export async function cachedCredential(
  store: StoreSurroundings,
  configSha256: string,
  context: string,
  nowMs: number,
): Promise<CachedCredential | undefined> {
  const text = await readRecordFile(store, "credential");
  const record = text === undefined ? undefined : parseRecord(text);
  // Another configuration may mean another geography.
  if (record === undefined || record.configSha256 !== configSha256) return undefined;
  const doubted =
    mayHaveBeenRejected(record, nowMs, context) ||
    (context === "mid-session-refresh" &&
      !isJustIssued(record, nowMs) &&
      wasJustGiven(store.folder, record, nowMs));
  const state = freshness(record, nowMs, doubted);
  return state === "expired" ? undefined : { record, freshness: state };
}
