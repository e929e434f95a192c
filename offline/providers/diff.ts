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
 * inside by a dotted path. `aligned` names lists whose items are told apart by their type and name, not
 * by their place, in the same spelling.
 */
export function changesBetween(
  olds: Properties,
  news: Properties,
  replaceOn: ReadonlySet<string>,
  aligned: ReadonlySet<string> = new Set(),
): Change[] {
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  names.delete("__defaults");
  return [...names].sort().flatMap((name) =>
    changesAt(name, olds[name], news[name], aligned).map((change) => ({
      ...change,
      replaces: replaceOn.has(name) || replaceOn.has(withoutPlaces(change.path)),
    })),
  );
}

function withoutPlaces(path: string): string {
  return path.replaceAll(/\[\d+\]/g, "");
}

function changesAt(
  path: string,
  old: Value | undefined,
  now: Value | undefined,
  aligned: ReadonlySet<string>,
): Omit<Change, "replaces">[] {
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return [{ path, kind: "add" }];
  if (now === undefined) return [{ path, kind: "delete" }];
  if (isMap(old) && isMap(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    return keys.flatMap((key) => changesAt(`${path}${step(key)}`, old[key], now[key], aligned));
  }
  if (isList(old) && isList(now)) {
    const places = aligned.has(withoutPlaces(path)) ? alignedPlaces(old, now) : undefined;
    if (places !== undefined)
      return places.flatMap(({ at, before, after }) =>
        changesAt(`${path}[${at}]`, before, after, aligned),
      );
    return Array.from({ length: Math.max(old.length, now.length) }).flatMap((_, index) =>
      changesAt(`${path}[${index}]`, old[index], now[index], aligned),
    );
  }
  return sameText(old, now) ? [] : [{ path, kind: "update" }];
}

interface Place {
  readonly at: number;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/**
 * Pairs items by type and name, so that one more at the front is one addition and not a change of all.
 * Undefined where that would mislead: items without a name, two of one name, or an item that both moved
 * and changed, which no single place can show.
 */
function alignedPlaces(old: readonly Value[], now: readonly Value[]): Place[] | undefined {
  const before = namedItems(old);
  const after = namedItems(now);
  if (before === undefined || after === undefined) return undefined;
  const places: Place[] = [];
  for (const [name, { at, item }] of after) {
    const known = before.get(name);
    if (known !== undefined && known.at !== at && !isSame(known.item, item)) return undefined;
    if (known === undefined || known.at === at)
      places.push({ at, before: known?.item, after: item });
  }
  for (const [name, { at, item }] of before)
    if (!after.has(name)) places.push({ at, before: item, after: undefined });
  // One place cannot show both an item that goes and another that comes.
  return new Set(places.map(({ at }) => at)).size === places.length ? places : undefined;
}

function namedItems(
  items: readonly Value[],
): Map<string, { readonly at: number; readonly item: Value }> | undefined {
  const named = new Map<string, { at: number; item: Value }>();
  for (const [at, item] of items.entries()) {
    if (!isMap(item) || typeof item.name !== "string") return undefined;
    const name = JSON.stringify([item.type ?? null, item.name]);
    if (named.has(name)) return undefined;
    named.set(name, { at, item });
  }
  return named;
}

function isSame(old: Value, now: Value): boolean {
  return JSON.stringify(sorted(old)) === JSON.stringify(sorted(now));
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
