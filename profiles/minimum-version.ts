import { findKey } from "./keys/keys.ts";
import type { Settings } from "./setting-value.ts";

/**
 * First release whose changelog date is known to follow the report that older ones refuse Google's `eu` and
 * `us` (https://github.com/anthropics/claude-code/issues/72709, 2026-07-01): 1.25927.0 of 2026-08-04.
 */
const MULTI_REGION_SINCE = "1.25927.0";

/**
 * The changelog of 1.19367.0 gives the Foundry flow the values `device-code` and `browser` alone; 1.25927.0 is the
 * first whose flows take `broker` (https://claude.com/docs/third-party/claude-desktop/configuration-changelog,
 * 2026-08-04; medium, as it names the flows of gateways and Vertex AI).
 */
const FOUNDRY_BROKER_SINCE = "1.25927.0";

/** First release with the provider: 2026-06-16 (https://claude.com/docs/third-party/claude-desktop/mantle). */
const MANTLE_SINCE = "1.13576.0";

/**
 * Oldest release of Claude Desktop that reads everything in a profile. Older ones ignore keys they do not
 * know without a word, restrictions among them.
 */
export function minimumAppVersion(settings: Settings): string {
  const versions = Object.keys(settings).flatMap((key) => findKey(key)?.since ?? []);
  const { inferenceVertexRegion: location, inferenceFoundryAuthFlow: flow } = settings;
  if (location === "eu" || location === "us") versions.push(MULTI_REGION_SINCE);
  if (flow === "broker") versions.push(FOUNDRY_BROKER_SINCE);
  if (settings.inferenceProvider === "mantle") versions.push(MANTLE_SINCE);
  return versions.reduce((newest, version) => (isNewer(version, newest) ? version : newest));
}

/** Whether one release came after another; both are dotted numbers. */
export function isNewer(version: string, than: string): boolean {
  const right = partsOf(than);
  for (const [position, part] of partsOf(version).entries()) {
    const other = right[position] ?? 0;
    if (part !== other) return part > other;
  }
  return false;
}

/** A profile compares the same few releases for every key and file. */
const parts = new Map<string, readonly number[]>();

function partsOf(version: string): readonly number[] {
  const known = parts.get(version) ?? version.split(".").map(Number);
  parts.set(version, known);
  return known;
}
