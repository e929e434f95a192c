import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cacheFolder } from "../../../offline/engine/cache-folder.ts";
import { type BuildOptions, buildHelper } from "../../../scripts/helper/build-helper.ts";
import { compilerPath } from "../../../scripts/helper/compile.ts";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const entry = fileURLToPath(new URL("fixtures/stand-in.ts", import.meta.url));
export const source = { cacheFolder: cacheFolder(process.env) };

/** Runs `work` with a folder that is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "helper-build-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds the stand-in; archives not compressed, for speed. */
export async function buildStandIn(out: string, more: Partial<BuildOptions> = {}) {
  return await buildHelper({
    ...{ root, entry, out, source, compressionLevel: 0, log: () => undefined },
    ...{ targets: ["linux-x64"] as const },
    ...more,
  });
}

/** The stand-in as `bun build --compile` makes it when nothing is switched off: what the build protects from. */
export async function buildOpen(outfile: string): Promise<void> {
  await promisify(execFile)(compilerPath(), ["build", "--compile", `--outfile=${outfile}`, entry]);
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an executable in a folder, with exactly the given environment. */
export async function runIn(
  cwd: string,
  executable: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  return await new Promise((done) => {
    execFile(executable, [...args], { cwd, env, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      done({ code, stdout, stderr });
    });
  });
}
