/**
 * `npm run test-tools`: everything the tests need beyond npm packages. Installs moto into the user's cache folder,
 * and names the Debian packages that are missing; those it leaves to the user, for they need root.
 */
import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { lock } from "proper-lockfile";
import writeFileAtomic from "write-file-atomic";
import { cacheFolder } from "../offline/engine/cache-folder.ts";

const run = promisify(execFile);

/** Pinned: what moto accepts and refuses is part of what the tests say. https://pypi.org/project/moto/, 2026-11-21. */
export const motoVersion = "5.2.5";

export type Tool = {
  /** Any one of these on the PATH will do. */
  programs: [string, ...string[]];
  debianPackage: string;
};

export const tools: Tool[] = [
  { programs: ["redis-server"], debianPackage: "redis-server" },
  { programs: ["openssl"], debianPackage: "openssl" },
  { programs: ["plistutil"], debianPackage: "libplist-utils" },
  { programs: ["hivexregedit"], debianPackage: "libwin-hivex-perl" },
  { programs: ["python3"], debianPackage: "python3" },
  { programs: ["dbus-run-session"], debianPackage: "dbus-daemon" },
  { programs: ["gnome-keyring-daemon"], debianPackage: "gnome-keyring" },
  { programs: ["hyperfine"], debianPackage: "hyperfine" },
  { programs: ["secret-tool"], debianPackage: "libsecret-tools" },
  { programs: ["chromium", "chromium-browser", "google-chrome"], debianPackage: "chromium" },
];

/** The moto_server that the tests start: `COWORK_MOTO_SERVER`, else the one this script installs. */
export function motoServer(env: NodeJS.ProcessEnv): string {
  return env.COWORK_MOTO_SERVER || join(motoFolder(env), "bin", "moto_server");
}

function motoFolder(env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), "test-tools", `moto-${motoVersion}`);
}

/** Written last, so that a folder without it is an installation that was cut short. */
const marker = (folder: string) => join(folder, "complete");

/** Its Python is looked at too: an upgrade of the system's leaves a virtual environment that points nowhere. */
function isInstalled(folder: string): boolean {
  const programs = ["moto_server", "python"].map((name) => join(folder, "bin", name));
  return existsSync(marker(folder)) && programs.every(isProgram);
}

/** The tools of which no program is on the PATH, in the order of the list. */
export function missingTools(list: Tool[], env: NodeJS.ProcessEnv): Tool[] {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return list.filter(({ programs }) => !programs.some((name) => isOnPath(name, folders)));
}

function isOnPath(program: string, folders: string[]): boolean {
  return folders.some((folder) => isProgram(join(folder, program)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** One message for everything that is missing, with the one line that installs it. */
export function missingToolsMessage(missing: Tool[]): string {
  const programs = missing.map((tool) => tool.programs.join(" or ")).join(", ");
  const packages = missing.map((tool) => tool.debianPackage).join(" ");
  return `The tests need programs that are not installed: ${programs}.\nInstall them: apt-get install ${packages}`;
}

/**
 * Installs moto unless it is there. Two at once: one installs, the other waits for up to five minutes.
 *
 * @returns the path of moto_server.
 * @throws Error that says what to do when a user's own moto_server is not there, Python lacks venv, or pip fails.
 */
export async function installMoto(env: NodeJS.ProcessEnv): Promise<string> {
  const program = motoServer(env);
  if (env.COWORK_MOTO_SERVER) {
    if (isProgram(program)) return program;
    throw new Error(
      `COWORK_MOTO_SERVER names ${program}, which is not a program. Correct it, or unset it to have moto ${motoVersion} installed`,
    );
  }
  const folder = motoFolder(env);
  if (isInstalled(folder)) return program;
  mkdirSync(folder, { recursive: true });
  const release = await lock(folder, {
    lockfilePath: `${folder}.lock`,
    retries: { retries: 300, factor: 1, minTimeout: 1000 },
  });
  try {
    if (!isInstalled(folder)) await buildMoto(folder, env);
  } finally {
    await release();
  }
  return program;
}

async function buildMoto(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await step("python3", ["-m", "venv", folder], env, "apt-get install python3-venv");
  const requirement = `moto[server]==${motoVersion}`;
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement];
  const fix = `make PyPI reachable (pip's own settings are honoured), or set COWORK_MOTO_SERVER to a moto_server ${motoVersion} of your own`;
  await step(join(folder, "bin", "python"), pip, env, fix);
  writeFileAtomic.sync(marker(folder), `${requirement}\n`);
}

async function step(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  fix: string,
): Promise<void> {
  try {
    await run(program, args, { env, maxBuffer: 10_000_000 });
  } catch (error) {
    const { stderr, stdout } = error as { stderr?: string; stdout?: string };
    const said = (stderr || stdout || String(error)).trim().split("\n").slice(-3).join(" ");
    throw new Error(
      `moto ${motoVersion} could not be installed: "${program} ${args.join(" ")}" failed (${said}). Fix: ${fix}`,
    );
  }
}

/** All problems, each with its fix; none when the tests have what they need. */
export async function prepareTestTools(
  env: NodeJS.ProcessEnv,
  list: Tool[] = tools,
): Promise<string[]> {
  const missing = missingTools(list, env);
  const problems = missing.length > 0 ? [missingToolsMessage(missing)] : [];
  // Without Python there is nothing to say about moto yet.
  if (missing.some(({ debianPackage }) => debianPackage === "python3")) return problems;
  try {
    await installMoto(env);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  return problems;
}

if (import.meta.main) {
  // For continuous integration, which may install what it lacks: apt-get install -y $(... --missing-packages)
  if (process.argv.includes("--missing-packages")) {
    const missing = missingTools(tools, process.env);
    for (const { debianPackage } of missing) process.stdout.write(`${debianPackage}\n`);
  } else {
    const problems = await prepareTestTools(process.env);
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    if (problems.length > 0) process.exitCode = 1;
    else
      process.stdout.write(
        `The tests have what they need: ${tools.length} programs, and moto at ${motoServer(process.env)}\n`,
      );
  }
}
