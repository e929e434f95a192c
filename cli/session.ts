import { join } from "node:path";
import { type Engine, findEngine } from "../offline/engine/find-engine.ts";
import { offlineEnvironment, offlineWorkFolder } from "../offline/engine/offline-environment.ts";
import { openOfflineState, recover } from "../offline/engine/offline-state.ts";
import type { Operation, StackRun } from "../offline/engine/run-stack.ts";
import { startStandIns } from "../offline/providers/stand-ins.ts";
import { complianceFile } from "./compliance-file.ts";
import type { Io } from "./io.ts";
import { runInWorker } from "./run-in-worker.ts";
import type { StackFile } from "./stack-files.ts";

/** One operation on one stack, and how it went. */
export interface StackReport extends StackRun {
  readonly stack: string;
  readonly operation: Operation;
  readonly seconds: number;
}

/** An engine, and what an offline run needs, opened once for many operations. */
export interface Session {
  readonly engine: Engine;
  readonly run: (
    stack: StackFile,
    operation: Operation,
    onLine?: (line: string) => void,
  ) => Promise<StackReport>;
  /** Outputs of a stack as it was last deployed, without those that hold a secret. */
  readonly outputs: (stack: StackFile) => Promise<Readonly<Record<string, unknown>>>;
  readonly close: () => Promise<void>;
}

export interface SessionArgs {
  readonly io: Io;
  readonly offline: boolean;
  /** Offline only: keeps the state here between sessions. Default: a throw-away folder. */
  readonly stateFolder?: string;
  readonly log: (line: string) => void;
}

/** Finds the engine and, for an offline session, starts the stand-in providers. Always `close()` it. */
export async function openSession({
  io,
  offline,
  stateFolder,
  log,
}: SessionArgs): Promise<Session> {
  const engine = await findEngine({ env: io.env, log });
  const place = offline ? await offlinePlace(stateFolder) : onlinePlace(io);
  const env = { ...place.env, COWORK_COMPLIANCE_FILE: complianceFile(io) };

  const project = "cowork-landing-zone";

  const openArgs = (stack: StackFile) => ({
    engine,
    project,
    stackName: stack.name,
    env,
    ...place.stack(stack),
  });

  return {
    engine,
    close: place.close,
    async run(stack, operation, onLine) {
      const started = performance.now();
      await place.prepare(project, stack.name);
      const { env: own, root, today } = io;
      const run = await runInWorker(
        {
          io: { env: own, root, today },
          run: { ...openArgs(stack), operation, policyPack: join(root, "policy-pack") },
        },
        onLine,
      );
      const seconds = (performance.now() - started) / 1000;
      return { stack: stack.name, operation, seconds, ...run };
    },
    async outputs(stack) {
      // Operations run in a worker; loading the SDKs here as well would cost every one of them a second.
      const [{ readOutputs }, { stackProgram }] = await Promise.all([
        import("../offline/engine/read-outputs.ts"),
        import("./stack-program.ts"),
      ]);
      return readOutputs({ ...openArgs(stack), program: stackProgram(io, stack.name) });
    },
  };
}

interface Place {
  /** Mends what a killed run left behind. */
  readonly prepare: (project: string, stack: string) => Promise<unknown>;
  readonly env: Readonly<Record<string, string>>;
  readonly stack: (stack: StackFile) => {
    readonly workFolder: string;
    readonly config?: Readonly<Record<string, unknown>>;
  };
  readonly close: () => Promise<void>;
}

/** The user's own backend, environment and stack files. */
function onlinePlace({ root, env }: Io): Place {
  return {
    // Nobody else's state is touched: a real backend says itself who holds a lock.
    prepare: async () => {},
    env: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    stack: () => ({ workFolder: root }),
    close: async () => {},
  };
}

async function offlinePlace(stateFolder: string | undefined): Promise<Place> {
  const state = openOfflineState(stateFolder);
  const standIns = await startStandIns();
  return {
    prepare: async (project, stack) => recover(state.folder, project, stack),
    env: { ...offlineEnvironment(state.folder), ...standIns.env },
    stack: ({ name, config }) => ({ workFolder: offlineWorkFolder(state.folder, name), config }),
    async close() {
      standIns.close();
      if (stateFolder === undefined) state.remove();
    },
  };
}
