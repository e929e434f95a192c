import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../offline/engine/cache-folder.ts";
import { buildHelper } from "../scripts/helper/build-helper.ts";
import { targetNames } from "../scripts/helper/targets.ts";
import type { Bench } from "./bench.ts";
import { startFigure, startTimes } from "./hyperfine.ts";
import { root } from "./process.ts";

/** Reads two files, hashes one, prints the other's token: what a helper with a cached token does at least. */
const program = fileURLToPath(
  new URL("../test/scripts/helper/fixtures/stand-in.ts", import.meta.url),
);

/**
 * The price of a process: the helper's kind of executable against Node on the same program.
 *
 * @param runs How often each is started; 100 at least for a p95 that means something.
 */
export function helperStartBench(runs: number): Bench {
  return {
    name: "helper-start",
    what: "start, read two files, print a token: whole process, executable and Node in turns",
    target: "p95 < 15 ms (the executable)",
    peer: "a Python helper 67.7 ms; a Go one claims < 20 ms",
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "helper-start-"));
      try {
        const executable = await builtIn(folder);
        const args = ["token", join(folder, "config.json"), join(folder, "token.json")];
        writeFileSync(join(folder, "config.json"), '{"geography":"eu"}');
        writeFileSync(join(folder, "token.json"), '{"token":"a-token"}');
        const taken = startTimes(runs, {
          executable: { command: [executable, ...args], env: {} },
          "node main.ts": { command: [process.execPath, program, ...args], env: {} },
        });
        return Object.entries(taken).map(([form, times]) => ({
          figure: startFigure(times),
          note: `${form}, ${runs} runs`,
        }));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

async function builtIn(folder: string): Promise<string> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const targets = targetNames.filter((name) => name === `${system}-${process.arch}`);
  const out = join(folder, "out");
  const source = { cacheFolder: cacheFolder(process.env) };
  const job = { root, entry: program, targets, out, source, compressionLevel: 0 };
  const [built] = await buildHelper({ ...job, log: () => undefined });
  if (built === undefined) throw new Error(`no helper is built for ${system}-${process.arch}`);
  return join(out, built.executable.path);
}
