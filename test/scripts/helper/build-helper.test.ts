import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compilerPath } from "../../../scripts/helper/compile.ts";
import { swapIn } from "../../../scripts/helper/output-folder.ts";
import { webkitCommit } from "../../../scripts/helper/runtimes.ts";
import { buildStandIn, inFolder, runIn } from "./built.ts";

describe("buildHelper", () => {
  it("names every reason it cannot start, before anything is fetched", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "thesis.txt"), "mine");
      const source = {
        cacheFolder: folder,
        fetch: () => Promise.reject(new Error("must not be asked")),
      };
      const entry = join(folder, "main.ts");
      const build = buildStandIn(folder, { targets: [], entry, signCommand: "sign.sh", source });
      await expect(build).rejects.toThrow(
        [
          "the helper cannot be built:",
          "  no target is named",
          `  --entry ${entry}: there is no such file`,
          "  --sign-command sign.sh: need an absolute path",
          `  --out ${folder}: holds files, but no earlier build (no install.json): name another folder`,
        ].join("\n"),
      );
      expect(readdirSync(folder)).toEqual(["thesis.txt"]);
    });
  });

  it.each([
    ["/", "is no file"],
    ["/no/such/command", "is not there, or cannot be executed"],
  ])("refuses the signing command %s", async (signCommand, reason) => {
    await inFolder(async (folder) => {
      await expect(buildStandIn(join(folder, "out"), { signCommand })).rejects.toThrow(
        `the helper cannot be built:\n  --sign-command ${signCommand}: ${reason}`,
      );
    });
  });

  it("refuses to take a file for the output folder", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "out"), "");
      await expect(buildStandIn(join(folder, "out"))).rejects.toThrow(
        `the helper cannot be built:\n  --out ${join(folder, "out")}: is no folder`,
      );
    });
  });

  it("says what the compiler says of a program that does not build", async () => {
    await inFolder(async (folder) => {
      const entry = join(folder, "main.ts");
      writeFileSync(entry, 'import { missing } from "./nowhere.ts";\nmissing();\n');
      await expect(buildStandIn(join(folder, "out"), { entry })).rejects.toThrow(
        'linux-x64: main.ts: error: Could not resolve: "./nowhere.ts"',
      );
      expect(readdirSync(folder)).toEqual(["main.ts"]);
    });
  });
});

describe("swapIn", () => {
  it("replaces an earlier build as a whole", async () => {
    await inFolder((folder) => {
      for (const name of ["new", "out"]) mkdirSync(join(folder, name));
      writeFileSync(join(folder, "out", "old-file"), "");
      writeFileSync(join(folder, "new", "new-file"), "");
      swapIn(join(folder, "new"), join(folder, "out"));
      expect(readdirSync(folder)).toEqual(["out"]);
      expect(readdirSync(join(folder, "out"))).toEqual(["new-file"]);
    });
  });

  it("brings the earlier build back when the new one cannot be put in its place", async () => {
    await inFolder((folder) => {
      mkdirSync(join(folder, "out"));
      writeFileSync(join(folder, "out", "old-file"), "");
      expect(() => swapIn(join(folder, "missing"), join(folder, "out"))).toThrow("ENOENT");
      expect(readdirSync(folder)).toEqual(["out"]);
      expect(readdirSync(join(folder, "out"))).toEqual(["old-file"]);
    });
  });
});

it("states the WebKit commit that the runtime itself states", async () => {
  const ended = await runIn("/", compilerPath(), ["-p", "process.versions.webkit"]);
  expect(ended.stdout.trim()).toBe(webkitCommit);
});
