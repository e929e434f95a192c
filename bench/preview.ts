import { join } from "node:path";
import { readStackFiles } from "../cli/stack-files.ts";
import { stackProgram } from "../cli/stack-program.ts";
import type { Bench, Figure } from "./bench.ts";
import { foreignProgram } from "./foreign-program.ts";
import { benchIo } from "./house.ts";
import { added, inTurns } from "./in-turns.ts";
import { secondsOf, spread, type Taken } from "./measure.ts";
import { type Previewed, withPreviews } from "./offline-preview.ts";
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

/** Our pack, a pack that does nothing and no pack: the same call otherwise, in this process. */
async function compare(
  what: string,
  previewed: Pick<Previewed, "program" | "config">,
  rounds: number,
): Promise<readonly Figure[]> {
  const { ours, oneRule, none } = await withPreviews(stackName, (preview, stateFolder) =>
    inTurns(rounds, {
      ours: preview({ ...previewed, policyPack: join(root, "policy-pack") }),
      oneRule: preview({ ...previewed, policyPack: writeOneRulePack(stateFolder) }),
      none: preview(previewed),
    }),
  );
  return [
    ...figuresOf("no pack", none),
    ...figuresOf("a pack of one rule that does nothing", oneRule, none),
    ...figuresOf("our pack", ours, none),
  ].map(({ figure, note }) => ({ figure, note: `${what}: ${note}` }));
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
