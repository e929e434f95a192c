import type { Problem } from "../residency/problem.ts";
import type { Settings } from "./setting-value.ts";

/** A problem for each key that is not there. */
export function missing(settings: Settings, keys: readonly string[], why: string): Problem[] {
  return keys
    .filter((path) => !(path in settings))
    .map((path) => ({ path, reason: `missing: ${why}` }));
}
