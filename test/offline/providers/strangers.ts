import type { Modelled } from "../../../offline/providers/shared/modelled.ts";
import type { Rule } from "../../../offline/providers/shared/rules.ts";
import type { Fields, Schema } from "../../../offline/providers/shared/schema.ts";

/** Inputs and outputs that descriptions of types name and the SDK does not have. */
export function strangersOf(
  resourceTypes: ReadonlyMap<string, Modelled>,
  { types }: Schema,
): readonly string[] {
  return [...resourceTypes.values()].flatMap(({ token, schema, ...type }) => {
    const paths = [
      ...Object.keys(type.defaults ?? {}),
      ...(type.json ?? []),
      ...type.replaceOn,
      ...(type.rules ?? []).flatMap(pathsOf),
    ].filter((path) => !exists(path, schema.inputs, types));
    const outputs = Object.keys({ ...type.computed, ...type.inside }).filter(
      (name) => !schema.outputs.has(name),
    );
    return [...paths, ...outputs].map((name) => `${token} ${name}`);
  });
}

function pathsOf(rule: Rule): readonly string[] {
  if ("of" in rule) return rule.of;
  return "needs" in rule ? [rule.at, rule.needs] : [rule.at];
}

function exists(path: string, fields: Fields, types: ReadonlyMap<string, Fields>): boolean {
  const [name = "", ...rest] = path.replace("[]", "").split(".");
  let kind = fields.get(name)?.kind;
  if (kind?.is === "list") kind = kind.of;
  if (rest.length === 0) return kind !== undefined;
  const inner = kind?.is === "object" ? types.get(kind.type) : undefined;
  return inner !== undefined && exists(rest.join("."), inner, types);
}
