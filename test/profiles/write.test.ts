import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { renderProfileSet } from "../../profiles/profile-set.ts";
import { type ProfileIo, writeProfileSet } from "../../profiles/write.ts";
import { example } from "./support/examples.ts";

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), "profiles-write-"));
});
afterEach(() => rm(out, { recursive: true }));

const eu = renderProfileSet(example("eu"));
const us = renderProfileSet(example("us"));

async function tree(folder = out): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name).slice(folder.length + 1))
    .sort();
}

function failing(code: string, afterWrites: number): ProfileIo {
  let writes = 0;
  return {
    mkdir,
    rename,
    async writeNew(path, bytes) {
      if (writes === afterWrites) throw Object.assign(new Error(code), { code });
      writes += 1;
      await writeFile(path, bytes);
    },
  };
}

const euFiles = [
  "eu/frankfurt/bootstrap.json",
  "eu/frankfurt/claude-desktop.mobileconfig",
  "eu/frankfurt/claude-desktop.reg",
  "eu/frankfurt/managed-settings.json",
  "eu/manifest.json",
];

describe("writeProfileSet", () => {
  test("writes two stacks into one folder and leaves nothing else behind", async () => {
    expect(await writeProfileSet(out, eu)).toEqual(euFiles);
    await writeProfileSet(out, us);
    const files = await tree();
    expect(files.filter((f) => f.startsWith("eu/"))).toEqual(euFiles);
    expect(files).toHaveLength(10);
    expect((await readdir(out)).sort()).toEqual(["eu", "us"]);
  });

  test("removes the files of a route that is gone", async () => {
    const outputs = example("eu");
    outputs.routes.push({ ...outputs.routes[0]!, name: "second" });
    await writeProfileSet(out, renderProfileSet(outputs));
    expect(await tree()).toHaveLength(9);
    await writeProfileSet(out, eu);
    expect(await tree()).toEqual(euFiles);
  });

  test.each([
    ["ENOSPC", "the disk is full; free some space or choose another --out"],
    ["EROFS", "the file system is read-only; choose another --out"],
    ["EACCES", "the folder may not be written; give it write access or choose another --out"],
  ])("on %s in the middle keeps the set before and no half of the new one", async (code, why) => {
    await writeProfileSet(out, eu);
    const changed = example("eu");
    changed.routes[0]!.models.reverse();
    const next = renderProfileSet(changed);
    await expect(writeProfileSet(out, next, failing(code, 3))).rejects.toThrow(
      `profiles of eu were not written to ${out}: ${why}`,
    );
    expect(await tree()).toEqual(euFiles);
    for (const { path, bytes } of eu.files) {
      expect((await readFile(join(out, path))).equals(bytes)).toBe(true);
    }
    expect(await readdir(out)).toEqual(["eu"]);
  });

  test("puts the set before back when the swap fails", async () => {
    await writeProfileSet(out, eu);
    let renames = 0;
    const io: ProfileIo = {
      ...failing("none", -1),
      async rename(from, to) {
        renames += 1;
        if (renames === 2) throw Object.assign(new Error("EPERM"), { code: "EPERM" });
        await rename(from, to);
      },
    };
    await expect(writeProfileSet(out, eu, io)).rejects.toThrow("the folder may not be written");
    expect(await tree()).toEqual(euFiles);
    expect(await readdir(out)).toEqual(["eu"]);
  });

  test("recovers a set whose writer died between the two renames", async () => {
    await writeProfileSet(out, eu);
    await rename(join(out, "eu"), join(out, ".eu.previous"));
    await mkdir(join(out, ".eu.next"));
    await writeProfileSet(out, eu);
    expect(await tree()).toEqual(euFiles);
    expect(await readdir(out)).toEqual(["eu"]);
  });

  test("refuses an output path that is a file, and one below a file", async () => {
    const path = join(out, "file");
    await writeFile(path, "");
    const why = "a part of the path is a file; choose another --out";
    for (const target of [path, join(path, "below")]) {
      await expect(writeProfileSet(target, eu)).rejects.toThrow(
        `profiles of eu were not written to ${target}: ${why}`,
      );
    }
  });

  test("refuses to replace a folder that holds somebody else's file", async () => {
    await mkdir(join(out, "eu"));
    await writeFile(join(out, "eu", "notes.txt"), "mine");
    await expect(writeProfileSet(out, eu)).rejects.toThrow(
      `profiles of eu were not written to ${out}: ${join(out, "eu")} holds notes.txt, which is not part of a profile set; move it away or choose another --out`,
    );
    expect(await tree()).toEqual(["eu/notes.txt"]);
  });

  test("lets ten writers of one stack take turns", async () => {
    await Promise.all(Array.from({ length: 10 }, () => writeProfileSet(out, eu)));
    expect(await tree()).toEqual(euFiles);
  });
});
