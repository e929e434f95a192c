import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { offlineFolders } from "./offline-environment.ts";

/** State of offline runs. Holds stand-in values only and may be deleted at any time. */
export interface OfflineState {
  readonly folder: string;
  /** Deletes the folder; safe to call twice. */
  readonly remove: () => void;
}

/**
 * Makes a state folder: a fresh temporary one, or the given one, which is kept between runs and may hold
 * what a killed run left (see `releaseDeadLocks`).
 */
export function openOfflineState(folder?: string): OfflineState {
  const path = folder ?? mkdtempSync(join(tmpdir(), "cowork-offline-"));
  for (const name of Object.values(offlineFolders)) {
    mkdirSync(join(path, name), { recursive: true });
  }
  return { folder: path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * Removes the locks of engines that no longer run, so that the run after a killed one can go on; returns how many.
 * A lock of a living process or of another machine stays: the engine then says who holds it.
 * Everything else a killed `up` leaves is repaired by the next `up`: what was created is in the state, and a
 * creation that was under way is done again (stand-in ids are derived, so nothing is made twice).
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
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && "pid" in value && "hostname" in value) {
      const { pid, hostname: host } = value;
      if (typeof pid === "number" && typeof host === "string") return { pid, hostname: host };
    }
  } catch {
    // Not JSON: cut off.
  }
  return "unreadable";
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
