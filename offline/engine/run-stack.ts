import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import { commandProblem } from "./command-problem.ts";
import { type EngineFacts, FactCollector } from "./engine-facts.ts";
import { unfinished } from "./engine-problems.ts";
import { splitLines } from "./mark-lines.ts";
import { type OpenStackArgs, stackOpener } from "./open-stack.ts";

export type Operation = "preview" | "up" | "destroy" | "refresh";

export interface RunStackArgs extends OpenStackArgs {
  readonly operation: Operation;
  /** Folder of the policy pack; none is run when absent. */
  readonly policyPack?: string;
  /** JSON file with the pack's configuration. */
  readonly policyConfigFile?: string;
  /** Receives the engine's output live, in whole lines, unmarked. */
  readonly onLine?: (line: string) => void;
  /** Interrupts the engine as Ctrl-C does. */
  readonly signal?: AbortSignal;
}

export interface StackRun extends EngineFacts {
  /** The engine succeeded, every rule could run, and no mandatory rule was violated. */
  readonly ok: boolean;
  /** Why not, one line each; empty when ok. */
  readonly problems: readonly string[];
  /** All the engine printed, unmarked. */
  readonly output: string;
}

/**
 * Runs one operation on one stack through the real engine, this process being the language host.
 * A failed run is an answer (`ok: false`), not an exception; only an engine that cannot start throws (EngineError).
 * Several stacks may run side by side from one process, each with its own work folder. One limit: the SDK listens for
 * unhandled rejections process-wide, so an exception inside `apply` in one program fails all that run at that moment
 * (none is ever called good by it). Exceptions thrown by the program itself fail only their own stack.
 */
export async function runStack(args: RunStackArgs): Promise<StackRun> {
  const collector = new FactCollector();
  const lines: string[] = [];
  const { push, end } = splitLines((line) => {
    lines.push(line);
    args.onLine?.(line);
  });
  const failure = await attempt(args, { push, onEvent: (event) => collector.take(event) });
  end();
  const judged = args.operation === "preview" || args.operation === "up";
  const { facts, problems } = collector.collect(judged && args.policyPack !== undefined);
  const all = problemsOf(failure, problems);
  return { ok: all.length === 0, problems: all, output: lines.join("\n"), ...facts };
}

/** A failed command repeats what its events said better; without events, or killed, its own words count. */
function problemsOf(failure: string | undefined, fromEvents: readonly string[]): readonly string[] {
  if (failure === undefined) return fromEvents;
  const silent = fromEvents.length === 0 || fromEvents.includes(unfinished);
  return silent ? [failure, ...fromEvents.filter((text) => text !== unfinished)] : fromEvents;
}

interface Listeners {
  readonly push: (chunk: string) => void;
  readonly onEvent: (event: EngineEvent) => void;
}

/** Undefined when the command succeeded, else why not. */
async function attempt(args: RunStackArgs, listeners: Listeners): Promise<string | undefined> {
  const open = await stackOpener(args);
  try {
    const stack = await open();
    await operate(stack, args, listeners);
    return undefined;
  } catch (error) {
    return commandProblem(error);
  }
}

async function operate(stack: Stack, args: RunStackArgs, listeners: Listeners): Promise<void> {
  const common = {
    color: "never" as const,
    suppressProgress: true,
    onOutput: listeners.push,
    onError: listeners.push,
    onEvent: listeners.onEvent,
    ...(args.signal ? { signal: args.signal } : {}),
  };
  const packs = {
    ...(args.policyPack ? { policyPacks: [args.policyPack] } : {}),
    ...(args.policyConfigFile ? { policyPackConfigs: [args.policyConfigFile] } : {}),
  };
  switch (args.operation) {
    case "preview":
      await stack.preview({ ...common, ...packs });
      return;
    case "up":
      await stack.up({ ...common, ...packs });
      return;
    case "refresh":
      await stack.refresh(common);
      return;
    case "destroy":
      await stack.destroy(common);
      return;
  }
}
