import { lz } from "../cli/lz.ts";
import type { Bench } from "./bench.ts";
import { openHouse } from "./house.ts";
import { secondsOf, watchMemory } from "./measure.ts";

/** @param count Stacks previewed side by side. */
export function sideBySideBench(count: number): Bench {
  return {
    name: "side-by-side",
    what: `${count} geographies previewed side by side, pack on`,
    target: "< 60 s on 2 cores, < 4 GiB",
    async run() {
      const house = openHouse(Array.from({ length: count }, (_, index) => `eu-${index + 1}`));
      const memory = watchMemory();
      try {
        const seconds = await secondsOf(async () => {
          const code = await lz(["preview", "--offline"], house.io);
          if (code !== 0) throw new Error(["a preview failed:", ...house.lines].join("\n"));
        });
        const peak = memory.stop();
        return [
          { figure: `${seconds.toFixed(1)} s`, note: "4 at once, as `lz preview` does it" },
          {
            figure: peak === undefined ? "not measured here" : `${(peak / 2 ** 30).toFixed(2)} GiB`,
            note: "peak of all processes together, shared pages counted in each",
          },
        ];
      } finally {
        memory.stop();
        house.remove();
      }
    },
  };
}
