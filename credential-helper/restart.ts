import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs this program again under another environment and ends as that run does. Some variables are read by the
 * runtime before the program's first line, so that taking them out afterwards changes nothing.
 *
 * @returns the exit code.
 */
export function restart(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  // In the executable the program's own path is one inside of it.
  const script = process.argv[1] ?? "";
  const isExecutable = /^(\/\$bunfs\/|[A-Z]:[\\/]~BUN[\\/])/.test(script);
  const all = isExecutable ? args : [script, ...args];
  const env = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined),
  );
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, all, { env, stdio: "inherit", windowsHide: true });
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
      process.on(signal, () => child.kill(signal));
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
