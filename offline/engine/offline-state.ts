import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { offlineFolders } from "./offline-environment.ts";

/** State of offline runs. Holds stand-in values only and may be deleted at any time. */
export interface OfflineState {
  readonly folder: string;
  /** Deletes the folder; safe to call twice. */
  readonly remove: () => void;
}

/**
 * Makes a state folder: a fresh temporary one, or the given one, which is kept between runs and may hold
 * what a killed run left (see `recover`).
 */
export function openOfflineState(folder?: string): OfflineState {
  const path = folder ?? mkdtempSync(join(tmpdir(), "cowork-offline-"));
  for (const name of Object.values(offlineFolders)) {
    mkdirSync(join(path, name), { recursive: true });
  }
  return { folder: path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const pending = z.looseObject({
  checkpoint: z.looseObject({
    latest: z.looseObject({ pending_operations: z.array(z.unknown()) }),
  }),
});

/**
 * Takes up what a killed engine left for one stack, so that the next run can go on: frees dead locks and forgets
 * operations that were under way. What was finished is in the state; what was not is simply done again, because a
 * stand-in keeps nothing outside the state. (With a real cloud only `pulumi refresh` can tell: never do this there.)
 */
export async function recover(stateFolder: string, project: string, stack: string): Promise<void> {
  releaseDeadLocks(stateFolder);
  const backend = join(stateFolder, offlineFolders.backend, ".pulumi");
  const locks = join(backend, "locks", "organization", project, stack);
  // Somebody works on this stack: the operations under way are theirs.
  if (existsSync(locks) && readdirSync(locks).some((name) => name.endsWith(".json"))) return;
  const path = join(backend, "stacks", project, `${stack}.json`);
  if (!existsSync(path)) return;
  // The engine replaces this file in one step, so it is whole; what it alone understands is left to it.
  const state = pending.safeParse(parsedJson(readFileSync(path, "utf8")));
  if (!state.success || state.data.checkpoint.latest.pending_operations.length === 0) return;
  state.data.checkpoint.latest.pending_operations = [];
  await writeFileAtomic(path, JSON.stringify(state.data));
}

/**
 * Removes the locks of engines that no longer run, so that the run after a killed one can go on; returns how many.
 * A lock of a living process or of another machine stays: the engine then says who holds it.
 */
export function releaseDeadLocks(stateFolder: string): number {
  const locks = join(stateFolder, offlineFolders.backend, ".pulumi", "locks");
  if (!existsSync(locks)) return 0;
  const files = readdirSync(locks, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".json"),
  );
  let released = 0;
  for (const file of files) {
    const path = join(locks, file);
    if (isDead(path)) {
      rmSync(path, { force: true });
      released += 1;
    }
  }
  return released;
}

function isDead(path: string): boolean {
  const lock = readLock(path);
  // The engine writes a lock in one step; one that cannot be read was cut off with its writer.
  if (lock === "unreadable") return true;
  return lock !== "gone" && lock.hostname === hostname() && !isAlive(lock.pid);
}

function readLock(path: string): { pid: number; hostname: string } | "unreadable" | "gone" {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return "gone";
  }
  const lock = lockFile.safeParse(parsedJson(text));
  return lock.success ? lock.data : "unreadable";
}

const lockFile = z.looseObject({ pid: z.number(), hostname: z.string() });

/** Undefined when the text is not JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
