import { type ChildProcess, spawn } from "node:child_process";

export type Program = {
  /** What the ready line matched. */
  ready: RegExpExecArray;
  /** Sends the signal and waits until the process is gone. Gone already: does nothing. */
  stop(signal: NodeJS.Signals): Promise<void>;
};

export type ProgramOptions = {
  args: string[];
  cwd: string;
  /** Added to this process's environment. */
  env?: Record<string, string>;
  /** Found in the output once the program serves. */
  ready: RegExp;
  /** Default 30. */
  timeoutSeconds?: number;
  /** The whole message when there is no such program: what to install, and how. */
  missing: string;
};

/**
 * Starts a server program and waits until it says that it serves. It dies with this process.
 *
 * @throws Error with `missing` when the program is not there, or with the end of its output when it does not serve.
 */
export function startProgram(command: string, options: ProgramOptions): Promise<Program> {
  const { args, cwd, env, ready, missing, timeoutSeconds = 30 } = options;
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const killWithParent = () => child.kill("SIGKILL");
  process.once("exit", killWithParent);
  child.once("close", () => process.removeListener("exit", killWithParent));

  let output = "";
  return new Promise((resolve, reject) => {
    const fail = (message: string) => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(new Error(message));
    };
    const timer = setTimeout(() => {
      fail(`${command} did not serve within ${timeoutSeconds} s: ${output.slice(-1000)}`);
    }, timeoutSeconds * 1000);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const match = ready.exec(output);
      if (!match) return;
      clearTimeout(timer);
      // Kept flowing: a full pipe would block the program.
      for (const stream of [child.stdout, child.stderr]) stream.off("data", read).resume();
      resolve({ ready: match, stop: (signal) => stop(child, signal) });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", (error: NodeJS.ErrnoException) =>
      fail(error.code === "ENOENT" ? missing : error.message),
    );
    child.once("close", (code) =>
      fail(`${command} ended with ${code} before it served: ${output.slice(-1000)}`),
    );
  });
}

function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("close", () => resolve());
    child.kill(signal);
  });
}
