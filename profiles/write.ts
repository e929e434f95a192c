import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

import { lock } from "proper-lockfile";
import { refuseForeignFiles } from "./owned-folder.ts";
import type { ProfileSet } from "./profile-set.ts";
import { writeFailure } from "./write-failure.ts";

/** The file operations that can fail for want of rights or room; replaced in tests. */
export interface ProfileIo {
  readonly mkdir: typeof mkdir;
  readonly rename: typeof rename;
  /** Writes a new file and returns once its content is on the disk. */
  readonly writeNew: (path: string, bytes: Buffer) => Promise<void>;
}

const nodeIo: ProfileIo = { mkdir, rename, writeNew };

/**
 * Writes a profile set to `out/<stack>`, all or nothing: the files are completed in a folder beside it,
 * then the two are swapped. Files of the set before, removed routes included, vanish; on any failure the
 * set before stays as it was. Other stacks in `out` are left alone; writers of one stack take turns.
 *
 * @returns Paths written, below `out`, manifest last.
 * @throws Error with one sentence when `out` cannot be written, is full or is a file, or when
 *   `out/<stack>` holds files this kit did not write.
 */
export async function writeProfileSet(
  out: string,
  set: ProfileSet,
  io: ProfileIo = nodeIo,
): Promise<readonly string[]> {
  try {
    await io.mkdir(out, { recursive: true });
    const release = await lock(out, {
      lockfilePath: join(out, `.${set.stack}.lock`),
      retries: { retries: 100, factor: 1, minTimeout: 50, maxTimeout: 50 },
    });
    try {
      return await replaceFolder(out, set, io);
    } finally {
      await release();
    }
  } catch (error) {
    throw writeFailure(out, set.stack, error);
  }
}

async function replaceFolder(out: string, set: ProfileSet, io: ProfileIo) {
  const target = join(out, set.stack);
  const next = join(out, `.${set.stack}.next`);
  const previous = join(out, `.${set.stack}.previous`);
  await recover(target, next, previous, io);
  await refuseForeignFiles(target);

  const all = [...set.files, set.manifest];
  try {
    for (const { path, bytes } of all) {
      const file = join(next, ...path.split("/").slice(1));
      await io.mkdir(dirname(file), { recursive: true });
      await io.writeNew(file, bytes);
    }
  } catch (error) {
    await rm(next, { recursive: true, force: true });
    throw error;
  }
  await swap(target, next, previous, io);
  return all.map(({ path }) => path);
}

/** A process that died between the two renames left the old set under its other name. */
async function recover(target: string, next: string, previous: string, io: ProfileIo) {
  await rm(next, { recursive: true, force: true });
  if (!(await exists(previous))) return;
  if (await exists(target)) await rm(previous, { recursive: true, force: true });
  else await io.rename(previous, target);
}

async function swap(target: string, next: string, previous: string, io: ProfileIo) {
  const replaces = await exists(target);
  try {
    if (replaces) await io.rename(target, previous);
    await io.rename(next, target);
  } catch (error) {
    if (replaces && !(await exists(target))) await rename(previous, target);
    await rm(next, { recursive: true, force: true });
    throw error;
  }
  await rm(previous, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function writeNew(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, "wx", 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
