import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { cacheFolder, ensureFolder } from "../../credential-helper/cache-folder.ts";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "cowork-cache-folder-"));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe("the folder of what is kept", () => {
  it("is made for the user alone", () => {
    const folder = join(base, "a/b");
    ensureFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("is closed when somebody opened it to others", () => {
    const folder = join(base, "open");
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    ensureFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("is refused when it is somebody else's", () => {
    // Root gives one away; everybody else finds one of root's.
    const folder = process.getuid?.() === 0 ? join(base, "theirs") : "/";
    if (folder !== "/") {
      mkdirSync(folder);
      chownSync(folder, 65_534, 65_534);
    }
    expect(() => ensureFolder(folder)).toThrow(
      `${folder} is not a folder of this user: remove it and start again`,
    );
  });

  it("is refused when it is a link to a folder", () => {
    const link = join(base, "link");
    mkdirSync(join(base, "target"));
    symlinkSync(join(base, "target"), link);
    expect(() => ensureFolder(link)).toThrow(
      `${link} is not a folder of this user: remove it and start again`,
    );
  });

  it.each([
    ["linux", { HOME: "/home/a" }, "/home/a/.cache/cowork-credential-helper"],
    ["linux", { HOME: "/home/a", XDG_CACHE_HOME: "/c" }, "/c/cowork-credential-helper"],
    ["linux", { HOME: "/home/a", XDG_CACHE_HOME: "c" }, "/home/a/.cache/cowork-credential-helper"],
    [
      "darwin",
      { HOME: "/Users/a", XDG_CACHE_HOME: "/c" },
      "/Users/a/Library/Caches/cowork-credential-helper",
    ],
    [
      "win32",
      { LOCALAPPDATA: "C:\\Users\\a\\AppData\\Local" },
      "C:\\Users\\a\\AppData\\Local\\Cowork\\credential-helper",
    ],
  ] as const)("is the account's own on %s with %j", (platform, environment, folder) => {
    expect(cacheFolder(platform, environment)).toBe(folder);
  });

  it.each([
    ["linux", {}, "HOME"],
    ["darwin", { HOME: "" }, "HOME"],
    ["win32", { HOME: "/home/a", LOCALAPPDATA: "\\\\server\\share" }, "LOCALAPPDATA"],
  ] as const)("is nowhere on %s with %j", (platform, environment, variable) => {
    expect(() => cacheFolder(platform, environment)).toThrow(
      `${variable} names no absolute folder: start the helper under a user's own account`,
    );
  });
});
