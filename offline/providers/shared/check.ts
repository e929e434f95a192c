import type { CheckResult } from "../provider-model.ts";
import { isList, isMap, type Properties, type Value } from "../struct.ts";
import { checkShape } from "./check-shape.ts";
import type { Asked, Cloud } from "./cloud.ts";
import { withDefaultLists } from "./default-lists.ts";
import { nameIt } from "./naming.ts";
import { checkRules } from "./rules.ts";

/**
 * Does what the real provider does in Check: refuses what the SDK's types do not have, completes the
 * inputs the cloud's own way, fills defaults, makes names, and refuses what the service would.
 */
export function checkInputs<Settings>(cloud: Cloud<Settings>, asked: Asked<Settings>): CheckResult {
  const { type, settings } = asked;
  const { types } = cloud.schema;
  const { __defaults: _, ...given } = asked.news;
  const shape = {
    fields: type.schema.inputs,
    types,
    owner: type.token,
    at: "",
    strangers: cloud.strangers,
  };
  const failures = checkShape(given, shape);
  const inputs: Record<string, Value> = { ...given };
  failures.push(...cloud.complete(inputs, asked));
  for (const [path, value] of Object.entries(type.defaults ?? {}))
    Object.assign(inputs, withDefault(inputs, path.split("."), value));
  nameIt(inputs, asked, cloud.placeOf(inputs, settings));
  failures.push(...cloud.refusals(inputs, type));
  failures.push(...checkRules(inputs, type.rules ?? []));
  const checked = cloud.isNative ? inputs : withDefaultLists(inputs, type.schema.inputs, types);
  return { inputs: checked, failures };
}

/** A default inside an object is filled in where the object is given, and in each of a list of them. */
function withDefault(
  properties: Properties,
  [name = "", ...rest]: readonly string[],
  value: Value,
): Properties {
  const given = properties[name];
  if (rest.length === 0) return given === undefined ? { ...properties, [name]: value } : properties;
  const inside = (one: Value): Value => (isMap(one) ? withDefault(one, rest, value) : one);
  if (given === undefined) return properties;
  return { ...properties, [name]: isList(given) ? given.map(inside) : inside(given) };
}
