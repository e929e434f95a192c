import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  ensureRuntimes,
  integrityOf,
  packageFile,
  runtimeExecutable,
} from "../../../scripts/helper/fetch-runtime.ts";
import { runtimePackage, runtimeVersion } from "../../../scripts/helper/runtimes.ts";
import { tarOf } from "../../../scripts/helper/tar.ts";
import { targetNames } from "../../../scripts/helper/targets.ts";
import { inFolder } from "./built.ts";

const packed = gzipSync(tarOf([{ path: "package/bin/bun", bytes: Buffer.from("a runtime") }]));
const wanted = {
  name: "@oven/bun-test-x64",
  version: "1.4.5",
  executable: "bin/bun",
  integrity: integrityOf(packed),
};
const kept = (cache: string) => join(cache, "helper-runtimes", "oven-bun-test-x64-1.4.5.tgz");

/** A registry that serves some bytes and counts how often it was asked. */
function registry(bytes: Buffer) {
  const asked: string[] = [];
  const fetch = async (name: string, version: string, folder: string) => {
    asked.push(`${name}@${version}`);
    writeFileSync(join(folder, "file.tgz"), bytes);
    return join(folder, "file.tgz");
  };
  return { asked, fetch };
}

describe("a runtime's package", () => {
  it("is fetched once, checked, and then comes from the cache", async () => {
    await inFolder(async (cacheFolder) => {
      const { asked, fetch } = registry(packed);
      expect((await runtimeExecutable(wanted, { cacheFolder, fetch })).toString()).toBe(
        "a runtime",
      );
      expect(await packageFile(wanted, { cacheFolder, fetch })).toEqual(packed);
      expect(asked).toEqual(["@oven/bun-test-x64@1.4.5"]);
      expect(readdirSync(join(cacheFolder, "helper-runtimes"))).toEqual([
        "oven-bun-test-x64-1.4.5.tgz",
      ]);
    });
  });

  it.each([
    ["cut short", packed.subarray(0, 10)],
    ["empty", Buffer.alloc(0)],
    ["changed", Buffer.concat([packed, Buffer.from("x")])],
  ])("is fetched again when the one in the cache is %s", async (_, bytes) => {
    await inFolder(async (cacheFolder) => {
      mkdirSync(join(cacheFolder, "helper-runtimes"));
      writeFileSync(kept(cacheFolder), bytes);
      const { asked, fetch } = registry(packed);
      await ensureRuntimes([wanted], { cacheFolder, fetch });
      expect(asked).toHaveLength(1);
      expect(readFileSync(kept(cacheFolder))).toEqual(packed);
    });
  });

  it("is refused with another hash or without an answer, in one error, and nothing is kept", async () => {
    await inFolder(async (cacheFolder) => {
      const other = Buffer.from("somebody else's");
      const fetch = async (name: string, version: string, folder: string) => {
        if (name.includes("silent")) throw new Error("npm pack failed: npm error 404 Not Found");
        return await registry(other).fetch(name, version, folder);
      };
      const silent = { ...wanted, name: "@oven/bun-silent" };
      await expect(ensureRuntimes([wanted, silent], { cacheFolder, fetch })).rejects.toThrow(
        [
          "runtimes that cannot be used:",
          `  @oven/bun-test-x64@1.4.5: the registry's file has ${integrityOf(other)}; scripts/helper/runtimes.json says ${wanted.integrity}`,
          "  @oven/bun-silent@1.4.5: npm pack failed: npm error 404 Not Found",
        ].join("\n"),
      );
      expect(readdirSync(join(cacheFolder, "helper-runtimes"))).toEqual([]);
    });
  });

  it("is refused when it holds no executable", async () => {
    await inFolder(async (cacheFolder) => {
      const elsewhere = { ...wanted, executable: "bin/bun.exe" };
      const { fetch } = registry(packed);
      await expect(runtimeExecutable(elsewhere, { cacheFolder, fetch })).rejects.toThrow(
        "a runtime that cannot be used:\n  @oven/bun-test-x64@1.4.5: holds no bin/bun.exe",
      );
    });
  });
});

describe("the runtimes this repository names", () => {
  const lock = JSON.parse(
    readFileSync(new URL("../../../package-lock.json", import.meta.url), "utf8"),
  );

  it("are of the version of the compiler in the lock file", () => {
    expect(runtimeVersion).toBe("1.4.5");
    expect(lock.packages["node_modules/bun"].version).toBe("1.4.5");
  });

  it.each(targetNames)("%s has the hash that the lock file has", (target) => {
    const { name, version, integrity } = runtimePackage(target);
    expect(lock.packages[`node_modules/${name}`]).toMatchObject({ version, integrity });
  });
});
