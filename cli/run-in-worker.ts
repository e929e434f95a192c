import { fork } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../offline/engine/cache-folder.ts";
import { EngineError } from "../offline/engine/engine-error.ts";
import type { RunStackArgs, StackRun } from "../offline/engine/run-stack.ts";
import type { Io } from "./io.ts";

/** What a worker is asked: everything but the program, which cannot be sent. */
export interface WorkerOrder {
  readonly io: Pick<Io, "env" | "root" | "today">;
  readonly run: Omit<RunStackArgs, "program" | "onLine" | "signal">;
}

export type WorkerAnswer =
  | { readonly kind: "line"; readonly line: string }
  | { readonly kind: "done"; readonly run: StackRun }
  | { readonly kind: "failed"; readonly message: string };

const worker = fileURLToPath(new URL("./stack-worker.ts", import.meta.url));

/**
 * Runs one operation in a process of its own and hands over its lines as they come.
 *
 * @throws EngineError when the engine cannot be started or the process ends without an answer.
 */
export function runInWorker(
  order: WorkerOrder,
  onLine: (line: string) => void = () => {},
): Promise<StackRun> {
  const child = fork(worker, {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: [],
    // Loading the SDKs is most of a small preview; their compiled code is kept in the user's own folder.
    env: { ...process.env, NODE_COMPILE_CACHE: join(cacheFolder(order.io.env), "compiled") },
  });
  return new Promise((resolve, reject) => {
    child.on("message", (answer: WorkerAnswer) => {
      if (answer.kind === "line") onLine(answer.line);
      else if (answer.kind === "done") resolve(answer.run);
      else reject(new EngineError(answer.message));
    });
    child.on("error", reject);
    child.on("exit", (code, signal) =>
      reject(
        new EngineError(`${order.run.stackName}: its process ended early (${signal ?? code})`),
      ),
    );
    child.send(order);
  });
}
