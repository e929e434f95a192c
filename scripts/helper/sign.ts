import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { isAbsolute } from "node:path";
import { promisify } from "node:util";
import { reasonOf } from "./build-error.ts";
import type { TargetName } from "./targets.ts";

/** A signing service with a queue may take minutes. */
const signTimeoutSeconds = 900;

/** Why a signing command cannot be used; `undefined` when it can. */
export function signCommandProblem(command: string): string | undefined {
  if (!isAbsolute(command)) return `--sign-command ${command}: need an absolute path`;
  try {
    if (!statSync(command).isFile()) return `--sign-command ${command}: is no file`;
    accessSync(command, constants.X_OK);
    return undefined;
  } catch {
    return `--sign-command ${command}: is not there, or cannot be executed`;
  }
}

/**
 * Runs the customer's command as `command TARGET FILE`; it signs the file in place.
 *
 * @throws Error with the last line the command wrote to stderr.
 */
export async function sign(command: string, target: TargetName, file: string): Promise<void> {
  try {
    await promisify(execFile)(command, [target, file], { timeout: signTimeoutSeconds * 1000 });
  } catch (error) {
    throw new Error(`${command} ${target}: ${outcome(error)}`);
  }
}

function outcome(error: unknown): string {
  if (!(error instanceof Error)) return reasonOf(error);
  const said = "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : "";
  const code = "code" in error && typeof error.code === "number" ? error.code : undefined;
  const ended = "killed" in error && error.killed ? `took over ${signTimeoutSeconds} s` : undefined;
  const exit = code === undefined ? (ended ?? error.message.split("\n")[0]) : `ended with ${code}`;
  return said ? `${exit}: ${said}` : `${exit}`;
}
