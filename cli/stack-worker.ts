import { runStack } from "../offline/engine/run-stack.ts";
import type { WorkerAnswer, WorkerOrder } from "./run-in-worker.ts";
import { stackProgram } from "./stack-program.ts";

// One process for one operation: the SDK listens for unhandled rejections process-wide, so a program that
// fails inside `apply` would fail every other stack of its process as well.
process.once("message", async (order: WorkerOrder) => {
  const { io, run } = order;
  // Whoever asked may be gone; the operation still ends in order.
  const tell = (answer: WorkerAnswer) => process.connected && process.send?.(answer);
  try {
    const result = await runStack({
      ...run,
      program: stackProgram(io, run.stackName),
      onLine: (line) => tell({ kind: "line", line }),
    });
    tell({ kind: "done", run: result });
  } catch (error) {
    tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
  if (process.connected) process.disconnect();
});
