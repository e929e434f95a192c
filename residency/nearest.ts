import { closest, distance } from "fastest-levenshtein";

/** The name somebody most likely meant, or `undefined` when none is near enough to suggest. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const best = closest(given, [...names]);
  // Fewer than half the letters may differ: two-letter zones are all near each other, and a
  // suggestion that names the wrong geography is worse than none.
  return distance(given, best) < given.length / 2 ? best : undefined;
}

/** The end of a refusal: `; did you mean "eu"?`, or nothing when no name is near enough. */
export function didYouMean(given: string, names: readonly string[]): string {
  const nearest = nearestName(given, names);
  return nearest === undefined ? "" : `; did you mean "${nearest}"?`;
}
