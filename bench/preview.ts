import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { readStackFiles } from "../cli/stack-files.ts";
import { stackProgram } from "../cli/stack-program.ts";
import { findEngine } from "../offline/engine/find-engine.ts";
import { openOfflineState } from "../offline/engine/offline-state.ts";
import { runOffline } from "../offline/engine/run-offline.ts";
import { startStandIns } from "../offline/providers/stand-ins.ts";
import type { Bench, Figure } from "./bench.ts";
import { foreignProgram } from "./foreign-program.ts";
import { benchIo } from "./house.ts";
import { added, inTurns } from "./in-turns.ts";
import { secondsOf, spread, type Taken, takenBy } from "./measure.ts";
import { writeOneRulePack } from "./one-rule-pack.ts";
import { root, runScript } from "./process.ts";

const stackName = "eu";

/**
 * @param rounds How often each form is measured.
 * @param size Resources of the foreign program.
 */
export function previewBench(rounds: number, size: number): Bench {
  return {
    name: "preview",
    what: `preview of one geography (${stackName}) and of ${size.toLocaleString("en")} foreign resources, offline`,
    target: "< 8 s for the geography, pack on; the pack adds < 50 % to the foreign program",
    peer: "a one-rule pack adds 39 % (9.6 s -> 13.3 s for 1,000 resources)",
    async run() {
      const whole: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        whole.push(
          await secondsOf(() => runScript("cli/main.ts", "preview", stackName, "--offline")),
        );
      }
      const io = benchIo(root);
      const [stack] = readStackFiles(io, [stackName]);
      if (stack === undefined) throw new Error(`no stack ${stackName}`);
      const geography = { program: stackProgram(io, stackName), config: stack.config };
      const foreign = {
        program: foreignProgram(size),
        config: { "aws:region": "eu-central-1" },
      };
      return [
        { figure: spread(whole), note: `geography, whole process of \`lz preview\`, pack on` },
        ...(await compare("geography, engine run alone", geography, rounds)),
        ...(await compare("foreign program, engine run alone", foreign, rounds)),
      ];
    },
  };
}

interface Previewed {
  readonly program: PulumiFn;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Our pack, a pack that does nothing and no pack: the same call otherwise, in this process. */
async function compare(
  what: string,
  previewed: Previewed,
  rounds: number,
): Promise<readonly Figure[]> {
  const state = openOfflineState();
  const standIns = await startStandIns();
  try {
    const engine = await findEngine({ env: process.env, log: () => undefined });
    const preview = (pack: { readonly policyPack?: string }) => () =>
      takenBy(async () => {
        const { ok, problems } = await runOffline({
          ...previewed,
          ...pack,
          engine,
          operation: "preview",
          project: "cowork-landing-zone",
          stackName,
          stateFolder: state.folder,
          env: standIns.env,
        });
        if (!ok) throw new Error(["the preview failed:", ...problems].join("\n  "));
      });
    const { ours, oneRule, none } = await inTurns(rounds, {
      ours: preview({ policyPack: join(root, "policy-pack") }),
      oneRule: preview({ policyPack: writeOneRulePack(state.folder) }),
      none: preview({}),
    });
    return [
      ...figuresOf("no pack", none),
      ...figuresOf("a pack of one rule that does nothing", oneRule, none),
      ...figuresOf("our pack", ours, none),
    ].map(({ figure, note }) => ({ figure, note: `${what}: ${note}` }));
  } finally {
    standIns.close();
    state.remove();
  }
}

function figuresOf(form: string, taken: readonly Taken[], without?: readonly Taken[]) {
  const wall = (of: readonly Taken[]) => of.map((one) => one.wall);
  const processor = (of: readonly Taken[]) => of.flatMap((one) => one.processor ?? []);
  const figures = [
    { figure: spread(wall(taken)), note: form },
    { figure: spread(processor(taken)), note: `${form}, processor time of all processes` },
  ];
  if (without === undefined) return figures;
  return [
    ...figures,
    { figure: added(wall(taken), wall(without)), note: `added by ${form}` },
    {
      figure: added(processor(taken), processor(without)),
      note: `added by ${form}, processor time`,
    },
  ];
}
