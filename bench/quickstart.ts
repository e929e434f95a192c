import type { Bench } from "./bench.ts";
import { secondsOf } from "./measure.ts";
import { runScript } from "./process.ts";

export const quickstart: Bench = {
  name: "quickstart",
  what: "three geographies up offline, up again, profiles on disk (whole process)",
  target: "< 60 s, the second up changes nothing",
  peer: "2 to 3 hours of cloud steps",
  async run() {
    let text = "";
    const seconds = await secondsOf(async () => {
      // Ends with 1 when a stack is refused or the second up changes anything.
      text = await runScript("scripts/quickstart.ts");
    });
    const files = /(\d+) profile files/.exec(text)?.[1];
    if (files === undefined) throw new Error(`quickstart wrote no profiles:\n${text}`);
    return [
      {
        figure: `${seconds.toFixed(1)} s`,
        note: `${files} files, the second up changed nothing`,
      },
    ];
  },
};
