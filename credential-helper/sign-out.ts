import { setTimeout as sleep } from "node:timers/promises";

import { forgetGiven } from "./asked-again.ts";
import { cacheFolder, ensureFolder } from "./cache-folder.ts";
import { storeLimitMs } from "./deadline.ts";
import { HelperFailure } from "./failure.ts";
import { forgetHolder } from "./holder-note.ts";
import { osLock } from "./os-lock.ts";
import { exists, removePrivateFile, sweepDrafts } from "./private-file.ts";
import { systemVault } from "./secret-store/key-vault.ts";
import { markerPath, recordNames, recordPath } from "./secret-store/secret-store.ts";
import { forgetFailure } from "./shared-failure.ts";

const waitSeconds = 5;

/**
 * Removes the credential, the session and their key from this computer. The issuer is not told: whoever copied
 * them before is stopped by a revocation there or at the token service.
 *
 * @throws HelperFailure `localStore` when a sign-in is under way, or the key could not be removed.
 */
export async function signOut(environment: Readonly<Record<string, string | undefined>>) {
  const folder = cacheFolder(process.platform, environment);
  ensureFolder(folder);
  const lock = await osLock(`${folder}/lock`);
  const endsAtMs = Date.now() + waitSeconds * 1000;
  // Otherwise a run under way would put back what is removed here.
  while (!lock.tryAcquire()) {
    if (Date.now() >= endsAtMs)
      throw new HelperFailure("localStore", "a sign-in is under way: end it, then sign out");
    await sleep(50);
  }
  for (const record of recordNames) removePrivateFile(recordPath(folder, record));
  // A run that was killed while it wrote left what it wrote.
  sweepDrafts(folder, Number.POSITIVE_INFINITY);
  forgetFailure(folder);
  forgetHolder(folder);
  forgetGiven(folder);
  const vault = systemVault(storeLimitMs("interactive"));
  if (vault === undefined && exists(markerPath(folder)))
    throw new HelperFailure(
      "localStore",
      "credential and session are removed; their key is in a secret store that is out of reach here: sign out once more within the user's own desktop session",
    );
  await vault?.remove();
  // Last: only without a key may the next run choose its store anew.
  removePrivateFile(markerPath(folder));
}
