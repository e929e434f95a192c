import { mkdirSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import {
  LocalWorkspace,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { commandProblem } from "./command-problem.ts";
import { EngineError } from "./engine-error.ts";
import type { Engine } from "./find-engine.ts";

/** Which stack, in which project, through which engine. */
export interface OpenStackArgs {
  readonly engine: Pick<Engine, "command" | "binFolder">;
  /** Project name; part of every URN. */
  readonly project: string;
  readonly stackName: string;
  /** The inline program; what it returns are the stack's outputs. */
  readonly program: PulumiFn;
  /**
   * Stack configuration by full key (`cowork:routes`), values as they stand in a stack file, objects included.
   * Never a secret: it is written to disk as it is. Leave out with a `workFolder` that has its own stack files.
   */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Folder for project and stack files: a scratch folder per stack, or the project's own folder. */
  readonly workFolder: string;
  /** Added to this process's environment: `offlineEnvironment()`, `PULUMI_DEBUG_PROVIDERS`. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Makes sure the engine starts, then answers with what opens the stack.
 *
 * @throws EngineError when the engine cannot be started; opening throws what the command said.
 */
export async function stackOpener(args: OpenStackArgs): Promise<() => Promise<Stack>> {
  const pulumiCommand = await commandOf(args.engine);
  return () => openStack(args, pulumiCommand);
}

async function openStack(args: OpenStackArgs, pulumiCommand: PulumiCommand): Promise<Stack> {
  const { project, stackName, program, config, engine, env, workFolder } = args;
  mkdirSync(workFolder, { recursive: true });
  return await LocalWorkspace.createOrSelectStack(
    { projectName: project, stackName, program },
    {
      pulumiCommand,
      workDir: workFolder,
      envVars: { ...env, PATH: pathFor(engine, env.PATH ?? process.env.PATH) },
      ...(config
        ? {
            projectSettings: { name: project, runtime: "nodejs", main: process.cwd() },
            // The file takes any YAML value; the SDK's type knows only texts and secrets.
            stackSettings: { [stackName]: { config: { ...config } as Record<string, string> } },
          }
        : {}),
    },
  );
}

/** Our Node first: a language host or the shim would otherwise start packs with whatever `node` the machine has. */
function pathFor(engine: OpenStackArgs["engine"], path: string | undefined): string {
  const folders = [engine.binFolder, dirname(process.execPath), dirname(engine.command)];
  return [...folders, path ?? ""].join(delimiter);
}

const commands = new Map<string, Promise<PulumiCommand>>();

/** Asked once per process and engine: each question starts the engine. */
function commandOf({ command }: OpenStackArgs["engine"]): Promise<PulumiCommand> {
  const known = commands.get(command);
  if (known) return known;
  // The SDK takes a root with the engine in `bin`; an engine elsewhere can only come from PATH.
  const folder = dirname(command);
  const root = basename(folder) === "bin" ? join(folder, "..") : undefined;
  const asked = PulumiCommand.get(root ? { root } : {}).catch((error: unknown) => {
    commands.delete(command);
    throw new EngineError(`${command}: ${commandProblem(error)}`);
  });
  commands.set(command, asked);
  return asked;
}
