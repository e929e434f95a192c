import { setTimeout as sleep } from "node:timers/promises";

import { ensureFolder } from "./cache-folder.ts";
import { type CachedCredential, cachedCredential } from "./cached-credential.ts";
import { mayAsk } from "./context.ts";
import { briefWaitSeconds, deadlineMs, leastWorkSeconds, runClock } from "./deadline.ts";
import { HelperFailure } from "./failure.ts";
import { hardenNetwork } from "./harden.ts";
import { holderMayAsk } from "./holder-note.ts";
import { osLock } from "./os-lock.ts";
import { asFailure, guardStandardOutput, type PrintedCredential, tell } from "./output.ts";
import { fileState } from "./private-file.ts";
import type { CredentialRecord } from "./record.ts";
import type { Renewal } from "./renewal.ts";
import { recordPath } from "./secret-store/secret-store.ts";
import { answers, asHelperFailure, readSharedFailure } from "./shared-failure.ts";
import { singleFlight } from "./single-flight.ts";

/**
 * The way when nothing kept is fresh: one of all processes that ask obtains a credential, the others read it.
 * One that is still valid serves where it cannot be renewed just now; never where somebody refused.
 *
 * @throws HelperFailure
 */
export async function renewedCredential(renewal: Renewal): Promise<PrintedCredential> {
  const startedAtMs = performance.timeOrigin;
  const { context, store } = renewal;
  guardStandardOutput();
  hardenNetwork(renewal.environment);
  process.umask(0o077);
  ensureFolder(store.folder);
  const endsAtMs = deadlineMs(context, startedAtMs, renewal.deadlineSeconds);
  return servedCredential(renewal, startedAtMs, endsAtMs);
}

/** The same, in surroundings that are prepared; times by `runClock`. */
export async function servedCredential(
  renewal: Renewal,
  startedAtMs: number,
  endsAtMs: number,
): Promise<PrintedCredential> {
  try {
    return await renewedOnce(renewal, startedAtMs, endsAtMs);
  } catch (error) {
    const failure = asFailure(error);
    const usable = isPassing(failure) ? await keptRecord(renewal) : undefined;
    if (usable === undefined) throw error;
    tell(`${failure.failure}: ${failure.message}; the credential in use is still valid and serves`);
    return usable;
  }
}

async function renewedOnce(
  renewal: Renewal,
  startedAtMs: number,
  endsAtMs: number,
): Promise<PrintedCredential> {
  const { context, configFile, store } = renewal;
  const interactive = mayAsk(context);
  const configSha256 = configFile.sha256;
  const path = recordPath(store.folder, "credential");
  let state: string | undefined;
  let kept: CachedCredential | undefined;
  return singleFlight<PrintedCredential>({
    lock: await osLock(`${store.folder}/lock`),
    async look() {
      // The store may take long to give its key: it is asked again only for another record.
      const now = fileState(path);
      if (now !== state) kept = await cachedCredential(store, configSha256, context, Date.now());
      state = now;
      if (kept?.freshness === "fresh") return kept.record;
      const shared = readSharedFailure(store.folder);
      const asker = { configSha256, nowMs: Date.now(), startedAtMs, interactive };
      if (shared !== undefined && answers(shared, asker)) throw asHelperFailure(shared);
      return undefined;
    },
    async work() {
      // After a long wait there may be too little time left for what must not be cut off.
      const leastMs = Math.min(leastWorkSeconds * 1000, (endsAtMs - startedAtMs) / 2);
      if (endsAtMs - runClock() < leastMs) throw waitedTooLong(false);
      // Only the one that works loads what it takes: fifty that wait cost little.
      const { obtainAndKeep } = await import("./obtain-and-keep.ts");
      return obtainAndKeep(renewal, endsAtMs);
    },
    waitMs() {
      const isOthersTurn = !interactive && holderMayAsk(store.folder);
      if (kept !== undefined || isOthersTurn) return briefWaitSeconds * 1000;
      return endsAtMs - startedAtMs - 1000;
    },
    waitedTooLong: () => waitedTooLong(!interactive && holderMayAsk(store.folder)),
    now: runClock,
    sleep,
  });
}

function waitedTooLong(personIsAsked: boolean): HelperFailure {
  return personIsAsked
    ? new HelperFailure("signInNeeded", "somebody is signing in just now: ask again afterwards")
    : new HelperFailure(
        "unavailable",
        "another run of the helper has not finished in time: ask again",
      );
}

/** Causes that say nothing about the credential in use. */
function isPassing({ failure }: HelperFailure): boolean {
  return failure === "signInNeeded" || failure === "unavailable";
}

async function keptRecord({
  store,
  configFile,
  context,
}: Renewal): Promise<CredentialRecord | undefined> {
  return (await cachedCredential(store, configFile.sha256, context, Date.now()))?.record;
}
