import { chmodSync, lstatSync, mkdirSync } from "node:fs";

import { HelperFailure } from "./failure.ts";
import { errorCode } from "./output.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The user's folder for what outlives a run. Caches are left out of backups on macOS and of roaming on Windows.
 *
 * @throws HelperFailure `localStore` when the account has no home.
 */
export function cacheFolder(platform: NodeJS.Platform, environment: Environment): string {
  const { HOME: home, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  if (platform === "win32" && local !== undefined && /^[A-Za-z]:\\/.test(local))
    return `${local}\\Cowork\\credential-helper`;
  if (platform !== "win32" && platform !== "darwin" && xdg?.startsWith("/"))
    return `${xdg}/cowork-credential-helper`;
  if (platform !== "win32" && home?.startsWith("/")) {
    const caches = platform === "darwin" ? "Library/Caches" : ".cache";
    return `${home}/${caches}/cowork-credential-helper`;
  }
  const variable = platform === "win32" ? "LOCALAPPDATA" : "HOME";
  throw new HelperFailure(
    "localStore",
    `${variable} names no absolute folder: start the helper under a user's own account`,
  );
}

/**
 * Makes the folder, or makes sure of it: a real folder, the user's own, closed to everybody else.
 *
 * @throws HelperFailure `localStore` when it cannot be made so.
 */
export function ensureFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    const own = process.getuid === undefined || found.uid === process.getuid();
    if (!found.isDirectory() || !own)
      throw new HelperFailure(
        "localStore",
        `${folder} is not a folder of this user: remove it and start again`,
      );
    if (process.platform !== "win32" && (found.mode & 0o077) !== 0) chmodSync(folder, 0o700);
  } catch (error) {
    if (error instanceof HelperFailure) throw error;
    throw new HelperFailure(
      "localStore",
      `${folder} cannot be made (${errorCode(error) ?? "unknown reason"}): the user has to be able to write there`,
    );
  }
}
