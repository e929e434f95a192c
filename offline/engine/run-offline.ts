import { markLines, offlineMark } from "./mark-lines.ts";
import { offlineEnvironment, offlineWorkFolder } from "./offline-environment.ts";
import { recover } from "./offline-state.ts";
import { type RunStackArgs, runStack, type StackRun } from "./run-stack.ts";

export interface RunOfflineArgs extends Omit<RunStackArgs, "workFolder" | "env"> {
  readonly config: Readonly<Record<string, unknown>>;
  /** Folder from `openOfflineState`. A state left there by a killed engine is taken up again. */
  readonly stateFolder: string;
  /** Added to the offline settings: `PULUMI_DEBUG_PROVIDERS`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** `runStack` against a throw-away state: every line it hands out, live and in `output`, is marked as offline. */
export async function runOffline({ stateFolder, env, ...args }: RunOfflineArgs): Promise<StackRun> {
  await recover(stateFolder, args.project, args.stackName);
  const { onLine } = args;
  const run = await runStack({
    ...args,
    workFolder: offlineWorkFolder(stateFolder, args.stackName),
    env: { ...offlineEnvironment(stateFolder), ...env },
    ...(onLine ? { onLine: (line: string) => onLine(offlineMark + line) } : {}),
  });
  return { ...run, output: markLines(run.output) };
}
