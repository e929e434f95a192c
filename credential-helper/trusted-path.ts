import { lstatSync, readlinkSync, type Stats } from "node:fs";
import { posix } from "node:path";

/** A path that only trusted accounts can change, or why it is not. */
export interface PathTrust {
  /** One sentence each; empty when nobody else can write it. */
  readonly problems: readonly string[];
  /** With all links followed. */
  readonly realPath: string;
}

const mostLinks = 40;

/**
 * Follows a POSIX path from the root and looks at everything on the way: each folder, each link and the file.
 * All have to belong to a trusted account and not be writable by group or others; a folder with the sticky bit,
 * like /tmp, may be, because what others own in it is refused anyway. Access lists beyond the mode are not read.
 *
 * @param trustedOwners numeric user ids.
 * @throws the system's error when something on the way does not exist or cannot be read.
 */
export function pathTrust(path: string, trustedOwners: readonly number[]): PathTrust {
  const problems: string[] = [];
  const pending = segments(path);
  let current = "/";
  let links = 0;
  judge(current, lstatSync(current));
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    const next = posix.join(current, name);
    const found = lstatSync(next);
    if (found.isSymbolicLink()) {
      if (++links > mostLinks) return { problems: [`${path} has too many links`], realPath: path };
      judgeOwner(next, found);
      const target = posix.resolve(current, readlinkSync(next));
      pending.unshift(...segments(target));
      current = "/";
    } else {
      judge(next, found);
      current = next;
    }
  }
  return { problems: [...new Set(problems)], realPath: current };

  function judge(place: string, found: Stats): void {
    judgeOwner(place, found);
    const sticky = found.isDirectory() && (found.mode & 0o1000) !== 0;
    if ((found.mode & 0o022) !== 0 && !sticky)
      problems.push(`${place} can be written by its group or by everybody`);
  }

  function judgeOwner(place: string, found: Stats): void {
    if (!trustedOwners.includes(found.uid))
      problems.push(`${place} belongs to user ${found.uid}, not to root`);
  }
}

function segments(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "" && segment !== ".");
}
