/** A value as JSON has it. Channels decide how it is spelled on their platform. */
export type SettingValue =
  | boolean
  | number
  | string
  | readonly SettingValue[]
  | { readonly [member: string]: SettingValue };

/** Key -> value, sorted by key. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** Why a key has the value it has: what the reader of a profile wants to know first. */
export interface ReasonedSetting {
  readonly key: string;
  readonly value: SettingValue;
  readonly reason: string;
}

/** Orders by code point, never by locale: the same bytes on any machine. Key names and paths are ASCII. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The same settings, sorted by key. */
export function sortedSettings(entries: Iterable<readonly [string, SettingValue]>): Settings {
  return Object.fromEntries([...entries].sort(([a], [b]) => byCodePoint(a, b)));
}

/**
 * Property lists and the registry hold text only: `true`/`false`, decimal numbers, and whole JSON
 * documents. The reference promises nothing about native booleans, so none is ever written.
 */
export function policyText(value: SettingValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}
