import type { Problem } from "../../residency/problem.ts";
import type { KeySettings } from "./vertex-route.ts";

/** What is to be judged about the keys of a route. */
export interface KeyQuestion {
  readonly keys: KeySettings;
  /** Whether BigQuery needs a key as well. */
  readonly dataset: boolean;
  /** Region of the log bucket and the dataset. */
  readonly dataRegion: string;
}

/**
 * Problems of a route's keys. A key must rest in the very region of what it encrypts: neither `global` nor a
 * wider area will do, and a key elsewhere would be asked there each time.
 *
 * @see https://docs.cloud.google.com/logging/docs/routing/managed-encryption-storage (read 2026-11-21)
 * @see https://docs.cloud.google.com/bigquery/docs/customer-managed-encryption (read 2026-11-21)
 */
export function checkKeys({ keys, dataset, dataRegion }: KeyQuestion): Problem[] {
  if (keys.kind === "create") return rotationProblems(keys.rotationDays);
  const spare: Problem[] =
    keys.dataset !== undefined && !dataset
      ? [
          {
            path: "keys.dataset",
            reason: "a key, but logs.content asks for no dataset; leave it out, or ask for one",
          },
        ]
      : [];
  const given = [
    { path: "keys.logs", name: keys.logs },
    ...(keys.dataset === undefined ? [] : [{ path: "keys.dataset", name: keys.dataset }]),
  ].map((key) => ({ ...key, place: placeOfKey(key.name) }));

  const unreadable = given.filter(({ place }) => place === undefined);
  if (unreadable.length > 0) {
    const reasons = unreadable.map(({ path, name }) => ({
      path,
      reason: `"${name}" is no key; write it as projects/p/locations/${dataRegion}/keyRings/r/cryptoKeys/k`,
    }));
    return [...spare, ...reasons];
  }
  const [logs, data] = given;
  if (logs !== undefined && data !== undefined && logs.place !== data.place) {
    const reason =
      `two keys in different places: ${logs.name} in ${logs.place}, ${data.name} in ${data.place}; ` +
      `logs and dataset rest in ${dataRegion}, so both keys must`;
    return [...spare, { path: "keys", reason }];
  }
  const elsewhere = given.filter(({ place }) => place !== dataRegion);
  return [
    ...spare,
    ...elsewhere.map(({ path, name, place }) => ({
      path,
      reason: `${name} rests in ${place}, but what it encrypts rests in ${dataRegion}; use a key of ${dataRegion}`,
    })),
  ];
}

/** Location in a key's full name. A version at its end is no key. */
function placeOfKey(name: string): string | undefined {
  return /^projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/.exec(
    name,
  )?.[1];
}

/** Google's least is a day; a year is the longest the kit sets. */
function rotationProblems(days: number): Problem[] {
  if (Number.isInteger(days) && days >= 1 && days <= 365) return [];
  const reason = `${days} days; need a whole number from 1 to 365`;
  return [{ path: "keys.rotationDays", reason }];
}
