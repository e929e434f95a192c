import { accessSync, chmodSync, constants, lstatSync, truncateSync } from "node:fs";

import { HelperFailure } from "./failure.ts";
import { removePrivateFile } from "./private-file.ts";

/** A lock the operating system takes back from a process that ended, however it ended. */
export interface OsLock {
  /** Whether this process holds it now; never waits. */
  tryAcquire(): boolean;
  release(): void;
}

/** SQLite's result codes (https://sqlite.org/rescode.html, read 2026-11-21). */
const busyCodes: readonly number[] = [5, 6];
const corruptCodes: readonly number[] = [11, 26];

/**
 * Through SQLite, which both runtimes bring: it locks with fcntl on POSIX and LockFileEx on Windows. Those locks
 * end with their process, so nothing is ever stale and no process id has to be believed. Nothing is written.
 *
 * @throws HelperFailure `localStore` when the file cannot be opened.
 */
export async function osLock(path: string): Promise<OsLock> {
  const { DatabaseSync } = await import("node:sqlite");
  const database = opened();
  let held = false;
  return {
    tryAcquire() {
      if (held) return true;
      for (let attempt = 1; ; attempt++) {
        try {
          database.exec("BEGIN EXCLUSIVE");
          held = true;
          return true;
        } catch (error) {
          const code = resultCode(error);
          if (busyCodes.includes(code)) return false;
          if (!corruptCodes.includes(code) || attempt > 1) throw unusable(path);
          emptied(path);
        }
      }
    },
    release() {
      if (held) database.exec("ROLLBACK");
      held = false;
    },
  };

  function opened(): InstanceType<typeof DatabaseSync> {
    try {
      prepare(path);
      const fresh = new DatabaseSync(path);
      fresh.exec("PRAGMA busy_timeout = 0");
      return fresh;
    } catch {
      throw unusable(path);
    }
  }
}

/**
 * Leaves a file of this user's alone under that name, or none: through a link another file would be emptied, and on a
 * file that cannot be written SQLite takes a shared lock for an exclusive one, which any number of runs then hold.
 */
function prepare(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isFile() || found.nlink !== 1) {
    removePrivateFile(path);
    return;
  }
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch {
    chmodSync(path, 0o600);
  }
}

/** The same file, emptied: a new one in its place would be locked beside the old one. */
function emptied(path: string): void {
  try {
    truncateSync(path);
  } catch {
    throw unusable(path);
  }
}

function resultCode(error: unknown): number {
  if (typeof error !== "object" || error === null || !("errcode" in error)) return -1;
  return typeof error.errcode === "number" ? error.errcode & 0xff : -1;
}

function unusable(path: string): HelperFailure {
  return new HelperFailure(
    "localStore",
    `${path} cannot be locked: the user has to be able to write there, on a local disk that is not full`,
  );
}
