import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { BuildError, reasonOf } from "./build-error.ts";
import type { RuntimePackage } from "./runtimes.ts";
import { fileInTar } from "./tar.ts";

/** About 55 MB on a slow line. */
const fetchTimeoutSeconds = 600;

/** Brings a package's file into a folder and gives its path. Throws what the client said when it cannot. */
export type Fetcher = (name: string, version: string, folder: string) => Promise<string>;

export interface RuntimeSource {
  /** The kit's cache folder; package files are kept in `helper-runtimes` inside it. */
  readonly cacheFolder: string;
  readonly fetch?: Fetcher;
}

/**
 * Makes sure that every package is in the cache with the hash this repository holds, so that a build that starts
 * also ends.
 *
 * @throws BuildError naming every package that could not be fetched or has another hash.
 */
export async function ensureRuntimes(
  packages: readonly RuntimePackage[],
  source: RuntimeSource,
): Promise<void> {
  const problems: string[] = [];
  for (const wanted of packages) {
    try {
      await packageFile(wanted, source);
    } catch (error) {
      problems.push(`${wanted.name}@${wanted.version}: ${reasonOf(error)}`);
    }
  }
  if (problems.length > 0) throw new BuildError("runtimes that cannot be used:", problems);
}

/** A runtime's executable, byte for byte as published. */
export async function runtimeExecutable(
  wanted: RuntimePackage,
  source: RuntimeSource,
): Promise<Buffer> {
  const packed = await packageFile(wanted, source);
  const bytes = fileInTar(await promisify(gunzip)(packed), `package/${wanted.executable}`);
  if (bytes !== undefined) return bytes;
  throw new BuildError("a runtime that cannot be used:", [
    `${wanted.name}@${wanted.version}: holds no ${wanted.executable}`,
  ]);
}

/** A package's file with the hash the repository holds: from the cache, else from the registry. */
export async function packageFile(
  wanted: Omit<RuntimePackage, "executable">,
  { cacheFolder, fetch = npmPack }: RuntimeSource,
): Promise<Buffer> {
  const kept = join(cacheFolder, "helper-runtimes", fileName(wanted));
  if (existsSync(kept)) {
    const bytes = readFileSync(kept);
    if (integrityOf(bytes) === wanted.integrity) return bytes;
    // Cut short or tampered with: the registry decides.
    rmSync(kept, { force: true });
  }
  mkdirSync(dirname(kept), { recursive: true });
  const temporary = mkdtempSync(join(dirname(kept), ".incomplete-"));
  try {
    const fetched = await fetch(wanted.name, wanted.version, temporary);
    const bytes = readFileSync(fetched);
    const given = integrityOf(bytes);
    if (given !== wanted.integrity) {
      throw new Error(
        `the registry's file has ${given}; scripts/helper/runtimes.json says ${wanted.integrity}`,
      );
    }
    renameSync(fetched, kept);
    return bytes;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

export function integrityOf(bytes: Buffer): string {
  return `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
}

function fileName({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
}

/** `npm pack`: the registry, proxy and certificates are those npm is configured for. */
async function npmPack(name: string, version: string, folder: string): Promise<string> {
  const args = ["pack", "--silent", "--ignore-scripts", `${name}@${version}`];
  const windows = process.platform === "win32";
  try {
    await promisify(execFile)(windows ? "npm.cmd" : "npm", args, {
      cwd: folder,
      shell: windows,
      timeout: fetchTimeoutSeconds * 1000,
    });
  } catch (error) {
    throw new Error(`npm pack failed: ${lastLine(error)}`);
  }
  const file = join(folder, fileName({ name, version }));
  if (!existsSync(file)) throw new Error("npm pack wrote no file");
  return file;
}

function lastLine(error: unknown): string {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
  const wanted = said
    .split("\n")
    .find((line) => line.startsWith("npm error") && !line.includes("code"));
  return wanted ?? (said.split("\n").at(-1) || reasonOf(error).split("\n")[0] || "no reason given");
}
