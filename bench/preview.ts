import { join } from "node:path";
import { openSession } from "../cli/session.ts";
import { readStackFiles } from "../cli/stack-files.ts";
import { stackProgram } from "../cli/stack-program.ts";
import { offlineEnvironment } from "../offline/engine/offline-environment.ts";
import { openOfflineState } from "../offline/engine/offline-state.ts";
import { runStack } from "../offline/engine/run-stack.ts";
import { startAwsProvider } from "../offline/providers/aws.ts";
import type { Bench } from "./bench.ts";
import { benchIo } from "./house.ts";
import { medianOf, secondsOf, spread } from "./measure.ts";
import { root, runScript } from "./process.ts";

const stackName = "eu";

/** @param runs How often each form is measured. */
export function previewBench(runs: number): Bench {
  return {
    name: "preview",
    what: `preview of one geography (${stackName}) offline, pack on`,
    target: "< 8 s; the pack adds < 50 %",
    peer: "a one-rule pack adds 39 % (9.6 s -> 13.3 s for 1,000 resources)",
    async run() {
      const whole: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        whole.push(
          await secondsOf(() => runScript("cli/main.ts", "preview", stackName, "--offline")),
        );
      }
      const { packed, bare } = await inProcess(runs);
      const added = (medianOf(packed) / medianOf(bare) - 1) * 100;
      return [
        { figure: spread(whole), note: `whole process, ${runs} runs` },
        { figure: spread(packed), note: "in one process, pack on" },
        { figure: spread(bare), note: "in one process, pack off" },
        { figure: `${added.toFixed(0)} % added by the pack`, note: "of the medians" },
      ];
    },
  };
}

/** The two forms take turns, so that a busy moment of the machine hits both. */
async function inProcess(runs: number) {
  const packed: number[] = [];
  const bare: number[] = [];
  const io = benchIo(root);
  const [stack] = readStackFiles(io, [stackName]);
  if (stack === undefined) throw new Error(`no stack ${stackName}`);
  const state = openOfflineState();
  const session = await openSession({ io, offline: true, log: () => undefined });
  const aws = await startAwsProvider();
  try {
    const project = "cowork-landing-zone";
    for (let run = 0; run < runs; run += 1) {
      const on = await session.run(stack, "preview");
      requireOk(on);
      packed.push(on.seconds);
      const off = secondsOf(async () =>
        requireOk(
          await runStack({
            engine: session.engine,
            operation: "preview",
            project,
            stackName,
            program: stackProgram(io, stackName),
            env: { ...offlineEnvironment(state.folder), PULUMI_DEBUG_PROVIDERS: `aws:${aws.port}` },
            workFolder: join(state.folder, "work"),
            config: stack.config,
          }),
        ),
      );
      bare.push(await off);
    }
  } finally {
    await aws.close();
    await session.close();
    state.remove();
  }
  return { packed, bare };
}

function requireOk({
  ok,
  problems,
}: {
  readonly ok: boolean;
  readonly problems: readonly string[];
}) {
  if (!ok) throw new Error(["the preview failed:", ...problems].join("\n  "));
}
