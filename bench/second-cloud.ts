import { join } from "node:path";
import { readStackFiles } from "../cli/stack-files.ts";
import { stackProgram } from "../cli/stack-program.ts";
import type { Bench } from "./bench.ts";
import { benchIo } from "./house.ts";
import { added, inTurns } from "./in-turns.ts";
import { spread, type Taken } from "./measure.ts";
import { withPreviews } from "./offline-preview.ts";
import { root } from "./process.ts";

const stackName = "eu";
const routesKey = "cowork:routes";

/** @param rounds How often each form is measured. */
export function secondCloudBench(rounds: number): Bench {
  return {
    name: "second-cloud",
    what: `preview of ${stackName} with its Bedrock route, its Vertex route and both, offline, pack on`,
    target: "what a second cloud costs in preview time",
    async run() {
      const io = benchIo(root);
      const [stack] = readStackFiles(io, [stackName]);
      const routes = stack?.config[routesKey];
      if (stack === undefined || !Array.isArray(routes)) throw new Error(`no stack ${stackName}`);
      const program = stackProgram(io, stackName);
      const policyPack = join(root, "policy-pack");
      const taken = await withPreviews(stackName, (preview) => {
        const of = (providers: readonly string[]) => {
          const kept = routes.filter(({ provider }) => providers.includes(provider));
          return preview({ program, policyPack, config: { ...stack.config, [routesKey]: kept } });
        };
        return inTurns(rounds, {
          bedrock: of(["bedrock"]),
          vertex: of(["vertex"]),
          both: of(["bedrock", "vertex"]),
        });
      });
      const wall = (all: readonly Taken[]) => all.map((one) => one.wall);
      const processor = (all: readonly Taken[]) => all.flatMap((one) => one.processor ?? []);
      const forms = (["bedrock", "vertex", "both"] as const).flatMap((form) => [
        { figure: spread(wall(taken[form])), note: form },
        {
          figure: spread(processor(taken[form])),
          note: `${form}, processor time of all processes`,
        },
      ]);
      return [
        ...forms,
        {
          figure: added(wall(taken.both), wall(taken.bedrock)),
          note: "added by the second cloud",
        },
        {
          figure: added(processor(taken.both), processor(taken.bedrock)),
          note: "added by the second cloud, processor time",
        },
      ];
    },
  };
}
