import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { promisify } from "node:util";
import { reasonOf } from "./build-error.ts";
import { banner } from "./closed-names.ts";
import { runtimeVersion } from "./runtimes.ts";
import type { Target } from "./targets.ts";

/** A target compiles in half a second. */
const compileTimeoutSeconds = 120;

export interface CompileJob {
  /** Absolute path of the program's first module. */
  readonly entry: string;
  readonly target: Target;
  /** Absolute path of the closed runtime. */
  readonly runtime: string;
  /** Absolute path of the executable to write; its file name becomes part of it. */
  readonly outfile: string;
  /** Absolute path of the list of bundled modules to write. */
  readonly metafile: string;
  /** Folder that paths in the list are relative to. */
  readonly root: string;
}

/** Options of `bun build`: docs/decisions/2026-11-21-helper-executable.md says what each is for. */
export function compileArguments(job: CompileJob): readonly string[] {
  return [
    "build",
    "--compile",
    "--minify",
    "--bytecode",
    "--format=esm",
    "--splitting",
    "--sourcemap=none",
    "--env=disable",
    "--reject-unresolved",
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
    "--no-compile-autoload-tsconfig",
    "--no-compile-autoload-package-json",
    "--compile-exec-argv=--use-system-ca",
    `--banner=${banner}`,
    `--target=bun-${job.target.name}`,
    `--compile-executable-path=${job.runtime}`,
    `--metafile=${job.metafile}`,
    `--outfile=${job.outfile}`,
    job.entry,
  ];
}

/** @throws Error with what the compiler said. */
export async function compile(job: CompileJob): Promise<void> {
  // Nothing of the developer's environment may decide what is built.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:BUN|NODE|JSC)_/.test(name)),
  );
  const options = { cwd: job.root, env, timeout: compileTimeoutSeconds * 1000 };
  const run = promisify(execFile);
  try {
    const { stdout } = await run(compilerPath(), ["--version"], options);
    if (stdout.trim() !== runtimeVersion) {
      throw new Error(`the compiler is bun ${stdout.trim()}, the runtimes are ${runtimeVersion}`);
    }
    await run(compilerPath(), [...compileArguments(job)], options);
  } catch (error) {
    throw new Error(saidBy(error, basename(job.entry)));
  }
}

export function compilerPath(): string {
  return createRequire(import.meta.url).resolve("bun/bin/bun.exe");
}

function saidBy(error: unknown, entry: string): string {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
  const lines = said.split("\n").filter((line) => /error:/.test(line));
  return lines.length > 0
    ? `${entry}: ${lines.join("; ")}`
    : (reasonOf(error).split("\n")[0] ?? "");
}
