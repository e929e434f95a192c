import type { Bench, Figure } from "./bench.ts";
import { secondsOf, watchStolen } from "./measure.ts";
import { runScript } from "./process.ts";

const three = ["eu", "us", "jp"];

export const quickstart: Bench = {
  name: "quickstart",
  what: "geographies up offline, up again, profiles on disk (whole process)",
  target: "< 60 s for three, the second up changes nothing",
  peer: "2 to 3 hours of cloud steps",
  run: async () => [await quickly(three, three.join(", ")), await quickly([], "all that ship")],
};

async function quickly(stacks: readonly string[], which: string): Promise<Figure> {
  let text = "";
  const stolen = watchStolen();
  const seconds = await secondsOf(async () => {
    // Ends with 1 when a stack is refused or the second up changes anything.
    text = await runScript("scripts/quickstart.ts", ...stacks);
  });
  const files = /(\d+) profile files/.exec(text)?.[1];
  if (files === undefined) throw new Error(`quickstart wrote no profiles:\n${text}`);
  return {
    figure: `${seconds.toFixed(1)} s`,
    note: `${which}: ${files} files, the second up changed nothing; ${stolen()}`,
  };
}
