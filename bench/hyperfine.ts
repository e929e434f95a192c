import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { medianOf, percentile } from "./measure.ts";

/** A program as it is started. */
export interface Start {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What the starts of one program took. */
export interface StartTimes {
  readonly wallMs: readonly number[];
  /** Mean processor time of each batch. */
  readonly processorMs: readonly number[];
}

const perBatch = 10;

/**
 * Whole processes, by a tool that is not ours: hyperfine starts them without a shell, reads their output from a pipe,
 * and costs a third of what Node takes to start one. Programs take turns, ten starts each after two that warm the
 * caches, so that a busy moment of the machine hits all of them.
 *
 * @param runs Starts of each, rounded up to tens.
 * @throws Error when hyperfine is missing, or a start does not end with 0.
 */
export function startTimes<Name extends string>(
  runs: number,
  forms: Readonly<Record<Name, Start>>,
): Readonly<Record<Name, StartTimes>> {
  const names = Object.keys(forms) as Name[];
  const folder = mkdtempSync(join(tmpdir(), "hyperfine-"));
  const batches = names.map((name) => [name, [] as Batch[]] as const);
  try {
    for (let round = 0; round < Math.ceil(runs / perBatch); round += 1) {
      for (const [name, taken] of batches)
        taken.push(batch(forms[name], join(folder, "times.json")));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const times = batches.map(([name, taken]) => {
    const processorMs = taken.map(({ user, system }) => (user + system) * 1000);
    const wallMs = taken.flatMap((one) => one.times.map((seconds) => seconds * 1000));
    return [name, { wallMs, processorMs }] as const;
  });
  return Object.fromEntries(times) as unknown as Record<Name, StartTimes>;
}

/** As hyperfine writes it, in seconds; https://github.com/sharkdp/hyperfine, read 2026-11-21. */
interface Batch {
  readonly times: readonly number[];
  readonly user: number;
  readonly system: number;
}

function batch({ command, env }: Start, file: string): Batch {
  const line = command.map((part) => `'${part.replaceAll("'", `'\\''`)}'`).join(" ");
  const options = ["--shell=none", "--warmup=2", `--runs=${perBatch}`, "--output=pipe"];
  const args = [...options, "--style=none", `--export-json=${file}`, line];
  const around = { cwd: "/", env: { PATH: process.env.PATH, ...env } };
  try {
    execFileSync("hyperfine", args, { ...around, stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw new Error("hyperfine is not installed: npm run test-tools names what is missing");
    throw error;
  }
  const { results } = JSON.parse(readFileSync(file, "utf8"));
  return results[0];
}

/** `p50, p95, processor time` of one program's starts. */
export function startFigure({ wallMs, processorMs }: StartTimes): string {
  const at = (part: number) => percentile(wallMs, part).toFixed(1);
  const processor = medianOf(processorMs).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, processor time ${processor} ms`;
}
