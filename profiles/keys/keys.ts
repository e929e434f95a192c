import data from "./claude-desktop-keys.json" with { type: "json" };
import { type DesktopKey, keyListSchema } from "./schema.ts";

export type { DesktopKey } from "./schema.ts";

const list = keyListSchema.parse(data);

/** Day the key list was compiled (`YYYY-MM-DD`). */
export const keyListDate: string = list.date;

/** Every key the list knows, retired ones included, in the order of the public reference. */
export const desktopKeys: readonly DesktopKey[] = list.keys;

/** Names that may be written to a profile today. */
export const currentKeyNames: readonly string[] = list.keys
  .filter(({ status }) => status === "current")
  .map(({ key }) => key);

const byName: ReadonlyMap<string, DesktopKey> = new Map(list.keys.map((key) => [key.key, key]));

/** The list's entry of a key, or `undefined` when the list does not know the name. */
export function findKey(name: string): DesktopKey | undefined {
  return byName.get(name);
}
