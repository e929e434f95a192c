import { renderProfileSet } from "../profiles/profile-set.ts";
import { example } from "../test/profiles/support/examples.ts";
import type { Bench } from "./bench.ts";
import { secondsOf } from "./measure.ts";

/** @param runs Sets rendered; every one is compared with the first. */
export function profileSetsBench(runs: number): Bench {
  return {
    name: "profile-sets",
    what: "profile sets (all channels of one route, with manifest)",
    target: ">= 1,500 a second, 100 % identical bytes over 500 runs",
    peer: "1,110 a second, 0 of 500 identical",
    async run() {
      const outputs = example("eu");
      const render = () => {
        const { files, manifest } = renderProfileSet(outputs);
        return [...files, manifest];
      };
      const first = render();
      for (let run = 0; run < runs; run += 1) render(); // Warms the compiler up.
      const sets: ReturnType<typeof render>[] = [];
      const seconds = await secondsOf(() => {
        for (let run = 0; run < runs; run += 1) sets.push(render());
      });
      const differing = sets.filter(
        (set) =>
          set.length !== first.length ||
          set.some(({ path, bytes }, index) => {
            const other = first[index];
            return other === undefined || path !== other.path || !bytes.equals(other.bytes);
          }),
      ).length;
      if (differing > 0) throw new Error(`${differing} of ${runs} sets differ from the first`);
      const rate = Math.round(runs / seconds).toLocaleString("en");
      return [{ figure: `${rate} a second`, note: `${runs} of ${runs} identical` }];
    },
  };
}
