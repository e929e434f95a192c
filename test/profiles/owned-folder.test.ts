import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ForeignFolderError, refuseForeignFiles } from "../../profiles/owned-folder.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "profiles-owned-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, text = ""): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

const manifest = (...paths: string[]) =>
  JSON.stringify({ manifestVersion: 1, files: paths.map((path) => ({ path })) });

const refusal = (path: string) =>
  new ForeignFolderError(
    `${folder} holds ${path}, which is not part of a profile set; move it away or choose another --out`,
  );

describe("refuseForeignFiles", () => {
  test("lets a folder be made that does not exist, and an empty one be replaced", async () => {
    await expect(refuseForeignFiles(join(folder, "absent"))).resolves.toBeUndefined();
    await expect(refuseForeignFiles(folder)).resolves.toBeUndefined();
    await mkdir(join(folder, "empty", "below"), { recursive: true });
    await expect(refuseForeignFiles(folder)).resolves.toBeUndefined();
  });

  test("lets a folder be replaced that holds what its manifest lists, or less", async () => {
    await put("manifest.json", manifest("a/x.json", "a/gone.json"));
    await put("a/x.json");
    await expect(refuseForeignFiles(folder)).resolves.toBeUndefined();
  });

  test.each([".DS_Store", "a/Thumbs.db", "a/desktop.ini"])(
    "overlooks %s, which a file manager leaves behind",
    async (litter) => {
      await put("manifest.json", manifest("a/x.json"));
      await put("a/x.json");
      await put(litter);
      await expect(refuseForeignFiles(folder)).resolves.toBeUndefined();
    },
  );

  test.each(["notes.txt", "a/notes.txt", "a/.hidden", "a/x.json.bak", "b/manifest.json"])(
    "refuses a folder that also holds %s",
    async (stranger) => {
      await put("manifest.json", manifest("a/x.json"));
      await put("a/x.json");
      await put(stranger);
      await expect(refuseForeignFiles(folder)).rejects.toThrow(refusal(stranger));
    },
  );

  test("names the first of several strangers, in the order of their code points", async () => {
    for (const path of ["b.txt", "a.txt", "Z.txt"]) await put(path);
    await expect(refuseForeignFiles(folder)).rejects.toThrow(refusal("Z.txt"));
    await put("A/deep.txt");
    await expect(refuseForeignFiles(folder)).rejects.toThrow(refusal("A/deep.txt"));
  });

  test("refuses a link it did not write", async () => {
    await symlink(tmpdir(), join(folder, "link"));
    await expect(refuseForeignFiles(folder)).rejects.toThrow(refusal("link"));
  });

  test.each([
    ["is not JSON", "{"],
    ["is empty", ""],
    ["is of another version", JSON.stringify({ manifestVersion: 2, files: [{ path: "x.json" }] })],
    ["has no version", JSON.stringify({ files: [{ path: "x.json" }] })],
    ["lists nothing", JSON.stringify({ manifestVersion: 1 })],
    ["lists no texts", JSON.stringify({ manifestVersion: 1, files: [{ path: 1 }] })],
    ["is null", "null"],
  ])("believes no manifest that %s", async (_what, text) => {
    await put("manifest.json", text);
    await put("x.json");
    await expect(refuseForeignFiles(folder)).rejects.toThrow(refusal("x.json"));
  });

  test("refuses a folder without a manifest, and passes on what it cannot read", async () => {
    await put("x.json");
    await expect(refuseForeignFiles(folder)).rejects.toThrow(refusal("x.json"));
    await expect(refuseForeignFiles(join(folder, "x.json"))).rejects.toMatchObject({
      code: "ENOTDIR",
    });
  });
});
