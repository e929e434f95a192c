import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

import { maxFileBytes, readBounded } from "../../../token-service/config/read-bounded.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cowork-read-bounded-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("reads a file of exactly the limit, and none that is longer", async () => {
  const path = join(folder, "file");
  for (const text of ["", "a", "a".repeat(200_000)]) {
    await writeFile(path, text);
    expect((await readBounded(path, 200_000)).toString()).toBe(text);
  }
  await writeFile(path, "a".repeat(200_001));
  await expect(readBounded(path, 200_000)).rejects.toMatchObject({
    code: "EFBIG",
    message: "is larger than 200000 bytes",
  });
});

it("does not read on for ever from what has no end", async () => {
  expect(maxFileBytes).toBe(16_777_216);
  await expect(readBounded("/dev/zero")).rejects.toMatchObject({ code: "EFBIG" });
});

it("says why there is nothing to read", async () => {
  await expect(readBounded(join(folder, "none"))).rejects.toMatchObject({ code: "ENOENT" });
  await expect(readBounded(folder)).rejects.toMatchObject({ code: "EISDIR" });
});
