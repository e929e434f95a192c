import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lock } from "proper-lockfile";
import { cacheFolder } from "./cache-folder.ts";
import { type Attempt, askVersion, engineFile, isProgram } from "./engine-file.ts";
import { runBounded } from "./run-bounded.ts";

const toolsFolder = fileURLToPath(new URL("./tools", import.meta.url));

/** Without the version stamped in, the Automation API refuses the engine ("Failed to parse Pulumi CLI version"). */
const stampFor = (version: string) =>
  `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;

/** Three minutes on two cores; a busy single core takes several times that. */
const buildTimeoutSeconds = 1800;

/** A builder touches its lock every few seconds; one that has not for this long is dead. */
const staleLockSeconds = 30;

/** Writes the engine to the given file. Returns the reason it failed, if it did. */
export type Builder = (output: string) => Promise<string | undefined>;

/** Where the engine of these Go modules is kept: a changed module list, flag or platform is another folder. */
export function buildFolder(env: NodeJS.ProcessEnv): string {
  const hash = createHash("sha256")
    .update(readFileSync(join(toolsFolder, "go.mod")))
    .update(readFileSync(join(toolsFolder, "go.sum")))
    .update(stampFor(moduleVersion()))
    .update(`${process.platform}-${process.arch}`)
    .digest("hex")
    .slice(0, 16);
  return join(cacheFolder(env), "engine", hash);
}

/** Whether a finished build is here already. */
export function isBuilt(env: NodeJS.ProcessEnv): boolean {
  return isProgram(join(buildFolder(env), "bin", engineFile));
}

/**
 * Third way: the CLI from its Go modules, built once. Concurrent callers wait for one build; a build is made in a
 * temporary folder and renamed, so an interrupted one is never used and is removed by the next builder.
 */
export async function builtEngine(
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
  build: Builder = goBuilder(env),
): Promise<Attempt> {
  const folder = buildFolder(env);
  const command = join(folder, "bin", engineFile);
  if (isProgram(command)) return await askVersion(command, env);
  try {
    mkdirSync(join(folder, ".."), { recursive: true });
    const release = await takeLock(folder, log);
    try {
      // Another process may have finished while this one waited.
      if (isProgram(command)) return await askVersion(command, env);
      return await buildInto(folder, env, log, build);
    } finally {
      // A lock somebody took over is not ours to release; the finished build is good either way.
      await release().catch(() => undefined);
    }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

async function buildInto(
  folder: string,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
  build: Builder,
): Promise<Attempt> {
  removeHalfFinished(folder);
  const temporary = `${folder}.building-${process.pid}`;
  mkdirSync(join(temporary, "bin"), { recursive: true });
  try {
    log("engine: building pulumi from its Go modules (once, about three minutes on two cores)");
    const output = join(temporary, "bin", engineFile);
    const problem = await build(output);
    if (problem) return { reason: problem };
    const built = await askVersion(output, env);
    if ("reason" in built) return built;
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
    return { command: join(folder, "bin", engineFile), version: built.version };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function removeHalfFinished(folder: string): void {
  const parent = join(folder, "..");
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    if (path.startsWith(`${folder}.building-`)) rmSync(path, { recursive: true, force: true });
  }
}

async function takeLock(folder: string, log: (line: string) => void): Promise<() => Promise<void>> {
  if (existsSync(`${folder}.lock`)) log("engine: waiting for another process that builds it");
  return await lock(folder, {
    realpath: false,
    stale: staleLockSeconds * 1000,
    update: (staleLockSeconds * 1000) / 6,
    retries: { retries: buildTimeoutSeconds * 2, factor: 1, minTimeout: 500, maxTimeout: 500 },
    // Two builds at once (a laptop that slept) only cost time: each has its own folder and the rename is atomic.
    onCompromised: () => undefined,
  });
}

function moduleVersion(): string {
  const line = /github\.com\/pulumi\/pulumi\/pkg\/v3 (v\S+)/.exec(
    readFileSync(join(toolsFolder, "go.mod"), "utf8"),
  );
  if (!line?.[1]) throw new Error(`${toolsFolder}/go.mod: no version of pulumi/pkg/v3`);
  return line[1];
}

function goBuilder(env: NodeJS.ProcessEnv): Builder {
  return async (output) => {
    const result = await runBounded({
      command: "go",
      args: [
        ...["build", "-C", toolsFolder, "-mod=readonly", "-ldflags", stampFor(moduleVersion())],
        ...["-o", output, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
      ],
      env,
      timeoutSeconds: buildTimeoutSeconds,
    });
    return result.ok ? undefined : result.reason;
  };
}
