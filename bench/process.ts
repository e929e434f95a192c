import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs one of the checkout's scripts as a user would; gives what it printed. */
export async function runScript(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const code = await new Promise<number | null>((done, failed) => {
    child.on("error", failed).on("close", done);
  });
  if (code === 0) return text;
  throw new Error(`node ${args.join(" ")} ended with ${code}:\n${text}`);
}
