import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { type Attempt, askVersion, engineFile, isProgram } from "./engine-file.ts";
import { runBounded } from "./run-bounded.ts";

/** The official release fetched when `PULUMI_VERSION` does not name another. */
const downloadVersion = "3.265.0";

/** The script answers in well under a second; a proxy that swallows packets must not cost more than this. */
const scriptTimeoutSeconds = 15;

/** About 200 MB on a slow line. */
const installTimeoutSeconds = 600;

/** Where the engine of the official npm launcher (package `pulumi`, lib/cache.js) lives: both share one copy. */
export function downloadFolder(env: NodeJS.ProcessEnv): string {
  const home = env.PULUMI_HOME || join(homedir(), ".pulumi");
  return join(home, "versions", env.PULUMI_VERSION || downloadVersion);
}

/** Whether the download, ours or the npm launcher's, is here already. */
export function isDownloaded(env: NodeJS.ProcessEnv): boolean {
  return isProgram(join(downloadFolder(env), "bin", engineFile));
}

/** Runs the official install script into a folder. Returns the reason it failed, if it did. */
export type Installer = (root: string, version: string) => Promise<string | undefined>;

/**
 * Second way: what the npm launcher does on first use, by its rules (same script, same folder), but bounded in time
 * and installed beside the final place first, so that an interrupted download is never taken for an engine.
 */
export async function downloadedEngine(
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
  install: Installer = officialInstaller(env),
): Promise<Attempt> {
  const folder = downloadFolder(env);
  const command = join(folder, "bin", engineFile);
  if (isProgram(command)) return await askVersion(command, env);
  const version = env.PULUMI_VERSION || downloadVersion;
  const versions = dirname(folder);
  let temporary: string | undefined;
  try {
    mkdirSync(versions, { recursive: true });
    temporary = mkdtempSync(join(versions, ".incomplete-"));
    log(`engine: trying the official download of pulumi ${version}`);
    const problem = await install(temporary, version);
    if (problem) return { reason: problem };
    const complete = await askVersion(join(temporary, "bin", engineFile), env);
    if ("reason" in complete) return complete;
    moveIntoPlace(temporary, folder, command);
    return { command, version: complete.version };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  } finally {
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  }
}

function moveIntoPlace(temporary: string, folder: string, command: string): void {
  // Somebody else may have finished first; theirs is as good.
  if (isProgram(command)) return;
  rmSync(folder, { recursive: true, force: true });
  renameSync(temporary, folder);
}

function officialInstaller(env: NodeJS.ProcessEnv): Installer {
  return async (root, version) => {
    const windows = process.platform === "win32";
    const url = `https://get.pulumi.com/install.${windows ? "ps1" : "sh"}`;
    const script = join(root, windows ? "install.ps1" : "install.sh");
    const text = await fetchText(url);
    if ("reason" in text) return text.reason;
    writeFileSync(script, text.body, { mode: 0o700 });
    const result = await runBounded({
      command: windows ? "powershell.exe" : "/bin/sh",
      args: windows
        ? [
            ...[
              "-NoProfile",
              "-InputFormat",
              "None",
              "-ExecutionPolicy",
              "Bypass",
              "-File",
              script,
            ],
            ...["-NoEditPath", "-InstallRoot", root, "-Version", version],
          ]
        : [script, "--no-edit-path", "--install-root", root, "--version", version],
      env,
      timeoutSeconds: installTimeoutSeconds,
    });
    return result.ok ? undefined : result.reason;
  };
}

async function fetchText(url: string): Promise<{ body: string } | { reason: string }> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(scriptTimeoutSeconds * 1000) });
    return answer.ok ? { body: await answer.text() } : { reason: `${url}: HTTP ${answer.status}` };
  } catch (error) {
    // fetch says only "fetch failed"; the cause says what failed.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { reason: `${url}: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}
