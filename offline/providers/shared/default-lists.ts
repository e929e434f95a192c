import { isList, isMap, type Properties, type Value } from "../struct.ts";
import type { Kind } from "./kind.ts";
import type { Fields } from "./schema.ts";

/**
 * Adds the empty `__defaults` that real providers leave in every nested object at Check, so that
 * rules meet it here as they will in life.
 */
export function withDefaultLists(
  properties: Properties,
  fields: Fields,
  types: ReadonlyMap<string, Fields>,
): Properties {
  const marked = (value: Value, kind: Kind | undefined): Value => {
    if (kind?.is === "list" && isList(value)) return value.map((item) => marked(item, kind.of));
    const inner = kind?.is === "object" && isMap(value) ? types.get(kind.type) : undefined;
    return inner !== undefined && isMap(value)
      ? { __defaults: [], ...withDefaultLists(value, inner, types) }
      : value;
  };
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      marked(value, fields.get(name)?.kind),
    ]),
  );
}

/** Outputs hold what the service answers, and no service knows of `__defaults`. */
export function withoutDefaultLists(value: Value): Value {
  if (isList(value)) return value.map(withoutDefaultLists);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "__defaults")
      .map(([name, inner]) => [name, withoutDefaultLists(inner)]),
  );
}
