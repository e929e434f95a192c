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
    // Its own process group, so that a time-out also ends what the command started (curl, the Go compiler).
    const ownGroup = process.platform !== "win32";
    const child = spawn(command, args, {
      env,
      detached: ownGroup,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    let timedOut = false;
    child.stdout.on("data", (data: Buffer) => {
      stdout += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => {
      stderr += data.toString();
    });
    const end = () => endTree(child.pid, ownGroup);
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, timeoutSeconds * 1000);
    // Its own group also means Ctrl-C does not reach it: without this a cancelled build would go on for minutes.
    process.once("exit", end);
    const settle = (result: BoundedResult) => {
      clearTimeout(timer);
      process.off("exit", end);
      resolve(result);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      const what = error.code === "ENOENT" ? "not found" : error.message;
      settle({ ok: false, reason: `${command}: ${what}` });
    });
    child.on("close", (code) => {
      if (timedOut) {
        settle({ ok: false, reason: `${command}: no end after ${timeoutSeconds} seconds` });
      } else if (code !== 0) {
        const tail = (stderr || stdout).trim().split("\n").slice(-shownLines).join("\n");
        settle({ ok: false, reason: `${command}: exit code ${code}${tail && `: ${tail}`}` });
      } else {
        settle({ ok: true, stdout });
      }
    });
  });
}

function endTree(pid: number | undefined, ownGroup: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(ownGroup ? -pid : pid, "SIGKILL");
  } catch {
    // Already gone.
  }
}
