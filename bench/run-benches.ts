import { didYouMean } from "../residency/nearest.ts";
import type { Bench } from "./bench.ts";

/** Runs the named benches, all when none is named. 0 fine, 1 a run failed, 2 an unknown name. */
export async function runBenches(
  benches: readonly Bench[],
  named: readonly string[],
  say: (line: string) => void,
): Promise<0 | 1 | 2> {
  const names = benches.map(({ name }) => name);
  const unknown = named.filter((name) => !names.includes(name));
  for (const name of unknown) {
    const meant = didYouMean(name, names);
    say(`${name}: no such bench: there is ${names.join(", ")}${meant}`);
  }
  if (unknown.length > 0) return 2;

  let failed = false;
  for (const bench of benches.filter(({ name }) => named.length === 0 || named.includes(name))) {
    say(`${bench.name}: ${bench.what}`);
    say(`  target  ${bench.target}`);
    if (bench.peer !== undefined) say(`  peer    ${bench.peer}`);
    try {
      for (const { figure, note } of await bench.run()) {
        say(`  here    ${figure}${note === undefined ? "" : `  (${note})`}`);
      }
    } catch (error) {
      failed = true;
      say(`  FAILED  ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return failed ? 1 : 0;
}
