import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";

import { HelperFailure } from "./failure.ts";
import { errorCode, pause } from "./output.ts";

const largestBytes = 262_144;

/**
 * A file only this user could have written and nobody else can read. Everything else counts as absent: other
 * owners, open modes, links, folders, pipes, further names of it, files too large to be ours.
 */
export function readPrivateFile(path: string): Uint8Array<ArrayBuffer> | undefined {
  let file: number;
  try {
    // A pipe somebody left there must not hold the run up.
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    file = openSync(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
  } catch {
    return undefined;
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile() || found.size > largestBytes) return undefined;
    if (process.getuid !== undefined) {
      const own = found.uid === process.getuid();
      if (!own || (found.mode & 0o077) !== 0 || found.nlink !== 1) return undefined;
    }
    // Not Uint8Array.from: going through the bytes one by one starts the runtime's compiler threads.
    return new Uint8Array(readFileSync(file));
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/**
 * Puts the whole file in place at once, mode 0600; whatever stood there goes.
 *
 * @throws HelperFailure `localStore` when it cannot be written, for example on a full disk.
 */
export function writePrivateFile(path: string, bytes: Uint8Array): void {
  const draft = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}${draftEnding}`;
  try {
    const file = openSync(draft, "wx", 0o600);
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    moveOver(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new HelperFailure(
      "localStore",
      `${path} cannot be written (${errorCode(error) ?? "unknown reason"}): the user has to be able to write there`,
    );
  }
}

const draftEnding = ".draft";

function moveOver(draft: string, path: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(draft, path);
      return;
    } catch (error) {
      const code = errorCode(error);
      const inTheWay = code === "EISDIR" || code === "ENOTEMPTY" || code === "ENOTDIR";
      if (inTheWay) removePrivateFile(path);
      // Windows refuses while somebody reads the old file: a matter of milliseconds.
      else if (code !== "EPERM" && code !== "EACCES" && code !== "EBUSY") throw error;
      if (attempt >= 5) throw error;
      pause(10 * attempt);
    }
  }
}

export function removePrivateFile(path: string): void {
  rmSync(path, { force: true, recursive: true });
}

/** Another text whenever the file was replaced; undefined where there is none. */
export function fileState(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.ino} ${found.mtimeMs} ${found.size}`;
}

/** Anything at all under that name, a broken link too. */
export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Takes away drafts of runs that were killed while writing. */
export function sweepDrafts(folder: string, nowMs: number): void {
  try {
    for (const name of readdirSync(folder)) {
      if (!name.endsWith(draftEnding)) continue;
      const path = `${folder}/${name}`;
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found !== undefined && nowMs - found.mtimeMs > 60_000) removePrivateFile(path);
    }
  } catch {
    // A folder that cannot be listed says so when it is written to.
  }
}
