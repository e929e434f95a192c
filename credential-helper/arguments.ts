import { HelperFailure } from "./failure.ts";

/** What one run is to do. */
export interface HelperArguments {
  readonly command: "print" | "doctor" | "sign-out" | "version" | "help";
  /** In place of the machine-wide configuration: absolute. */
  readonly configPath: string | undefined;
  /** `doctor` alone: machine-readable. */
  readonly json: boolean;
  /** Stack traces on standard error. */
  readonly debug: boolean;
  /** Seconds a run may take altogether; absent: the context's own. */
  readonly deadlineSeconds: number | undefined;
}

export const usageText = `cowork-credential-helper [--config FILE] [--deadline SECONDS] [--debug]
    prints the credential Claude Desktop asks for, and nothing else
cowork-credential-helper doctor [--json] [--config FILE] [--debug]
    explains each step, signs nobody in
cowork-credential-helper sign-out [--debug]
    removes the credential and the session from this computer
cowork-credential-helper --version
`;

/**
 * Reads the command line. No argument at all is the usual case: Claude Desktop passes none.
 *
 * @throws HelperFailure `usage`, naming every argument that does not fit.
 */
export function parseArguments(args: readonly string[]): HelperArguments {
  const problems: string[] = [];
  const commands: HelperArguments["command"][] = [];
  let configPath: string | undefined;
  let deadlineSeconds: number | undefined;
  let json = false;
  let debug = false;

  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "doctor" || arg === "sign-out") commands.push(arg);
    else if (arg === "--version") commands.push("version");
    else if (arg === "--help") commands.push("help");
    else if (arg === "--json") json = true;
    else if (arg === "--debug") debug = true;
    else if (arg === "--config") {
      configPath = args[++at];
      if (configPath === undefined || !isAbsolutePath(configPath))
        problems.push("--config needs an absolute path");
    } else if (arg === "--deadline") {
      deadlineSeconds = wholeSeconds(args[++at]);
      if (deadlineSeconds === undefined)
        problems.push("--deadline needs whole seconds from 1 to 600");
    } else problems.push(`unknown argument ${JSON.stringify(arg)}`);
  }

  const command = commands[0] ?? "print";
  if (commands.length > 1) problems.push(`${commands.join(" and ")} do not go together`);
  if (json && command !== "doctor") problems.push("--json goes with doctor only");
  if (deadlineSeconds !== undefined && command !== "print")
    problems.push(`--deadline does not go with ${command}`);
  if (configPath !== undefined && command !== "print" && command !== "doctor")
    problems.push(`--config does not go with ${command}`);
  if (problems.length > 0)
    throw new HelperFailure("usage", `${problems.join("; ")}: --help shows what there is`);
  return { command, configPath, json, debug, deadlineSeconds };
}

/** Without node:path, which the usual run never needs. */
function isAbsolutePath(path: string): boolean {
  return process.platform === "win32" ? /^[A-Za-z]:[\\/]/.test(path) : path.startsWith("/");
}

function wholeSeconds(text: string | undefined): number | undefined {
  if (text === undefined || !/^[1-9]\d{0,2}$/.test(text)) return undefined;
  const seconds = Number(text);
  return seconds <= 600 ? seconds : undefined;
}
