import { closest, distance } from "fastest-levenshtein";

/** The name somebody most likely meant, or `undefined` when none is near enough to suggest. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const best = closest(given, [...names]);
  // Half the length is far enough for a swapped or forgotten part, and near enough to be meant.
  return distance(given, best) <= Math.max(2, Math.ceil(best.length / 2)) ? best : undefined;
}
