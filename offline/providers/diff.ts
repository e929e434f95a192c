import { isList, isMap, type Properties, type Value } from "./struct.ts";

/** How one place of a resource's inputs changed. */
export interface Change {
  /** Place in the inputs, for example `rules[0].status`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** True when the service can only make the change by replacing the resource. */
  readonly replaces: boolean;
}

/**
 * Changes between two sets of inputs; `replaceOn` names inputs that force replacement: at the top, or
 * inside by a dotted path.
 */
export function changesBetween(
  olds: Properties,
  news: Properties,
  replaceOn: ReadonlySet<string>,
): Change[] {
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  names.delete("__defaults");
  return [...names].sort().flatMap((name) =>
    changesAt(name, olds[name], news[name]).map((change) => ({
      ...change,
      replaces: replaceOn.has(name) || replaceOn.has(change.path.replaceAll(/\[\d+\]/g, "")),
    })),
  );
}

function changesAt(
  path: string,
  old: Value | undefined,
  now: Value | undefined,
): Omit<Change, "replaces">[] {
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return [{ path, kind: "add" }];
  if (now === undefined) return [{ path, kind: "delete" }];
  if (isMap(old) && isMap(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    return keys.flatMap((key) => changesAt(`${path}${step(key)}`, old[key], now[key]));
  }
  if (isList(old) && isList(now))
    return Array.from({ length: Math.max(old.length, now.length) }).flatMap((_, index) =>
      changesAt(`${path}[${index}]`, old[index], now[index]),
    );
  return sameText(old, now) ? [] : [{ path, kind: "update" }];
}

/** A key that is no plain word goes into quotes, as the engine's paths do. */
function step(key: string): string {
  return /^\w+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** JSON documents that differ only in spacing or in the order of keys are no change. */
function sameText(old: Value, now: Value): boolean {
  if (old === now) return true;
  if (typeof old !== "string" || typeof now !== "string") return false;
  const before = canonicalJson(old);
  return before !== undefined && before === canonicalJson(now);
}

function canonicalJson(text: string): string | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    const parsed: Value = JSON.parse(text);
    return JSON.stringify(sorted(parsed));
  } catch {
    return undefined;
  }
}

function sorted(value: Value): Value {
  if (isList(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}
