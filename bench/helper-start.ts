import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../offline/engine/cache-folder.ts";
import { buildHelper } from "../scripts/helper/build-helper.ts";
import { targetNames } from "../scripts/helper/targets.ts";
import type { Bench } from "./bench.ts";
import { inTurns } from "./in-turns.ts";
import { takenBy } from "./measure.ts";
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
        const start = (command: string, first: readonly string[]) => () =>
          takenBy(() => execFileSync(command, [...first, ...args], { cwd: "/", env: {} }));
        const taken = await inTurns(runs, {
          executable: start(executable, []),
          node: start(process.execPath, [program]),
        });
        const milliseconds = (name: keyof typeof taken) =>
          taken[name].map(({ wall }) => wall * 1000);
        return [
          { figure: percentiles(milliseconds("executable")), note: `executable, ${runs} runs` },
          { figure: percentiles(milliseconds("node")), note: "node main.ts" },
        ];
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

function percentiles(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}
