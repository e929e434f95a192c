import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { versionProblem } from "./engine-version.ts";
import { runBounded } from "./run-bounded.ts";

/** What one way of getting an engine came to. */
export type Attempt =
  | { readonly command: string; readonly version: string }
  | { readonly reason: string };

const suffix = process.platform === "win32" ? ".exe" : "";

/** File name of the engine on this platform. */
export const engineFile = `pulumi${suffix}`;

/** Half-written files are empty or not executable: neither counts. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    const { size } = statSync(path);
    return statSync(path).isFile() && size > 0;
  } catch {
    return false;
  }
}

/** Full path of a program on a PATH, or undefined. */
export function onPath(file: string, path: string | undefined): string | undefined {
  return (path ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, file))
    .find(isProgram);
}

/** Starts `pulumi version`: a file that exists but does not run is no engine. */
export async function askVersion(command: string, env: NodeJS.ProcessEnv): Promise<Attempt> {
  const answer = await runBounded({
    command,
    args: ["version"],
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutSeconds: 30,
  });
  if (!answer.ok) return { reason: answer.reason };
  const problem = versionProblem(answer.stdout);
  return problem
    ? { reason: `${command}: ${problem}` }
    : { command, version: answer.stdout.trim() };
}

/** The official download keeps its language hosts beside the engine; a user may also have one on PATH. */
export function nodeLanguageHost(command: string, env: NodeJS.ProcessEnv): boolean {
  const file = `pulumi-language-nodejs${suffix}`;
  const beside = [dirname(command), dirname(realpathSync(command))];
  return (
    beside.some((folder) => existsSync(join(folder, file))) || onPath(file, env.PATH) !== undefined
  );
}
