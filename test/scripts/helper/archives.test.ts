import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fileInTar, tarOf } from "../../../scripts/helper/tar.ts";
import { zipOf } from "../../../scripts/helper/zip.ts";
import { inFolder } from "./built.ts";

const bytes = Buffer.from("\u0000executable ".repeat(1000));
const files = [
  { path: "opt/cowork/bin/credential-helper", bytes },
  { path: "Program Files/Cowork/credential-helper.exe", bytes: Buffer.from("x") },
];

/** Reads an archive with Python, which is not ours. */
async function asPythonReads(archive: Buffer, script: string): Promise<unknown> {
  return await inFolder((folder) => {
    const file = join(folder, "archive");
    writeFileSync(file, archive);
    return JSON.parse(execFileSync("python3", ["-c", script, file], { encoding: "utf8" }));
  });
}

describe("tarOf", () => {
  const script = `
import json, sys, tarfile
with tarfile.open(sys.argv[1]) as archive:
    print(json.dumps([[m.name, m.size, oct(m.mode), m.mtime, m.uid, m.gid, m.uname, m.gname,
                       archive.extractfile(m).read().decode("latin1") if m.isfile() else "folder" if m.isdir() else "?"]
                      for m in archive]))`;

  it("packs executables of root, and the kit's own folders, with mode 0755 and one fixed time", async () => {
    const facts = ["0o755", 946_684_800, 0, 0, "root", "root"];
    // Not `opt`, which others use too.
    expect(await asPythonReads(gzipSync(tarOf(files)), script)).toEqual([
      ["opt/cowork", 0, ...facts, "folder"],
      ["opt/cowork/bin", 0, ...facts, "folder"],
      ["Program Files/Cowork", 0, ...facts, "folder"],
      [files[0]!.path, 12_000, ...facts, bytes.toString("latin1")],
      [files[1]!.path, 1, ...facts, "x"],
    ]);
  });

  it("is read back by fileInTar, which knows no other name", () => {
    const archive = gunzipSync(gzipSync(tarOf(files)));
    expect(fileInTar(archive, files[1]!.path)?.toString()).toBe("x");
    expect(fileInTar(archive, "credential-helper.exe")).toBeUndefined();
    expect(fileInTar(archive.subarray(0, 600), files[0]!.path)).toBeUndefined();
    expect(fileInTar(Buffer.alloc(0), files[0]!.path)).toBeUndefined();
  });

  it("refuses a path that a ustar entry cannot hold", () => {
    expect(() => tarOf([{ path: "a".repeat(101), bytes }])).toThrow(
      `${"a".repeat(101)}: longer than a tar entry's 100 bytes`,
    );
  });
});

describe("zipOf", () => {
  const script = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    print(json.dumps([archive.testzip(), [[i.filename, i.file_size, list(i.date_time), oct(i.external_attr >> 16),
                       archive.read(i).decode("latin1")] for i in archive.infolist()]]))`;

  it.each([0, 6])(
    "packs executables with mode 0755 and one fixed time, level %i",
    async (level) => {
      const facts = [[2000, 1, 1, 0, 0, 0], "0o100755"];
      expect(await asPythonReads(await zipOf(files, level), script)).toEqual([
        null,
        [
          [files[0]!.path, 12_000, ...facts, bytes.toString("latin1")],
          [files[1]!.path, 1, ...facts, "x"],
        ],
      ]);
    },
  );

  it("gives the same bytes each time", async () => {
    expect((await zipOf(files, 6)).equals(await zipOf(files, 6))).toBe(true);
  });
});
