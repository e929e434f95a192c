import { spawn } from "node:child_process";

export interface BoundedRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutSeconds: number;
}

export type BoundedResult =
  | { readonly ok: true; readonly stdout: string }
  | { readonly ok: false; readonly reason: string };

const shownLines = 5;

/** Runs a command and never throws: a missing program, an exit code and a time-out all come back as a reason. */
export function runBounded({
  command,
  args,
  env,
  timeoutSeconds,
}: BoundedRun): Promise<BoundedResult> {
  return new Promise((resolve) => {
    // The same process group: Ctrl-C ends it together with us.
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => {
      stdout += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => {
      stderr += data.toString();
    });
    const settle = (result: BoundedResult) => {
      clearTimeout(timer);
      resolve(result);
    };
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      // What the command started may live on and hold the pipes open: not waited for.
      child.stdout.destroy();
      child.stderr.destroy();
      settle({ ok: false, reason: `${command}: no end after ${timeoutSeconds} seconds` });
    }, timeoutSeconds * 1000);
    child.on("error", (error: NodeJS.ErrnoException) => {
      const what = error.code === "ENOENT" ? "not found" : error.message;
      settle({ ok: false, reason: `${command}: ${what}` });
    });
    child.on("close", (code) => {
      if (code !== 0) {
        const tail = (stderr || stdout).trim().split("\n").slice(-shownLines).join("\n");
        settle({ ok: false, reason: `${command}: exit code ${code}${tail && `: ${tail}`}` });
      } else {
        settle({ ok: true, stdout });
      }
    });
  });
}
