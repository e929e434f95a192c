import { medianOf, type Taken } from "./measure.ts";

/**
 * Measures several forms of one thing, each once a round and every other round backwards, so that a busy moment of
 * the machine hits all of them. One round before is not counted.
 *
 * @param rounds How often each form is measured.
 * @returns What each form took, round by round.
 */
export async function inTurns<Name extends string>(
  rounds: number,
  forms: Readonly<Record<Name, () => Promise<Taken>>>,
): Promise<Readonly<Record<Name, readonly Taken[]>>> {
  const names = Object.keys(forms) as Name[];
  const taken = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Taken[]
  >;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const one = await forms[name]();
      if (round > 0) taken[name].push(one);
    }
  }
  return taken;
}

/** What one form adds to another, round by round: the median, and the least and the most in brackets. */
export function added(more: readonly number[], less: readonly number[]): string {
  const percent = more
    .map((one, round) => (one / (less[round] ?? Number.NaN) - 1) * 100)
    .toSorted((a, b) => a - b);
  const text = (value = Number.NaN) => value.toFixed(0);
  return `${text(medianOf(percent))} % (${text(percent[0])} to ${text(percent.at(-1))} %)`;
}
