import { distance } from "fastest-levenshtein";

import type { Failure } from "../failure.ts";
import { isList, isMap, type Properties, unknown, type Value } from "../struct.ts";
import { type Kind, renderKind } from "./kind.ts";
import type { Fields } from "./schema.ts";

/** What is being checked: the fields it may have, where it sits, and the nested types. */
interface Shape {
  readonly fields: Fields;
  readonly types: ReadonlyMap<string, Fields>;
  /** Name of the type for messages, for example `aws:ec2/vpc:Vpc`. */
  readonly owner: string;
  /** Path of the value inside the resource, empty at the top. */
  readonly at: string;
  /** What happens in life to a name the types do not have. Default: not said. */
  readonly strangers?: string | undefined;
}

/** Failures of `properties` against the SDK's types: unknown names, missing ones, wrong kinds. */
export function checkShape(properties: Properties, shape: Shape): Failure[] {
  const failures: Failure[] = [];
  for (const [name, value] of Object.entries(properties)) {
    if (name === "__defaults") continue;
    const at = shape.at === "" ? name : `${shape.at}.${name}`;
    const field = shape.fields.get(name);
    if (field === undefined) failures.push({ property: at, reason: noSuchInput(name, shape) });
    else failures.push(...checkKind(value, field.kind, { ...shape, at }));
  }
  for (const [name, { required }] of shape.fields)
    if (required && (properties[name] === undefined || properties[name] === null))
      failures.push({
        property: shape.at === "" ? name : `${shape.at}.${name}`,
        reason: `${shape.owner} requires it`,
      });
  return failures;
}

function noSuchInput(name: string, { fields, owner, strangers }: Shape): string {
  const [nearest] = [...fields.keys()].sort((a, b) => distance(a, name) - distance(b, name));
  const near = nearest !== undefined && distance(nearest, name) <= Math.ceil(name.length / 3);
  const hint = near ? `; did you mean "${nearest}"?` : "";
  const fate = strangers === undefined ? "" : `; ${strangers}`;
  return `${owner} has no input of this name${hint}${fate}`;
}

function checkKind(value: Value, kind: Kind, shape: Shape): Failure[] {
  if (value === unknown || value === null || kind.is === "any") return [];
  if (kind.is === "either") {
    const attempts = kind.of.map((one) => checkKind(value, one, shape));
    if (attempts.some((failures) => failures.length === 0)) return [];
    // A map given where text or an object is allowed was meant as the object: say what is wrong inside.
    const inside = isMap(value) ? attempts[kind.of.findIndex(({ is }) => is === "object")] : [];
    return inside?.length ? inside : [wrongKind(value, kind, shape)];
  }
  if (kind.is === "list")
    return isList(value)
      ? value.flatMap((item, index) =>
          checkKind(item, kind.of, { ...shape, at: `${shape.at}[${index}]` }),
        )
      : [wrongKind(value, kind, shape)];
  if (kind.is === "map")
    return isMap(value)
      ? Object.entries(value).flatMap(([key, item]) =>
          checkKind(item, kind.of, { ...shape, at: `${shape.at}.${key}` }),
        )
      : [wrongKind(value, kind, shape)];
  if (kind.is === "object") {
    const fields = shape.types.get(kind.type);
    return isMap(value) && fields !== undefined
      ? checkShape(value, { ...shape, fields, owner: kind.type })
      : [wrongKind(value, kind, shape)];
  }
  return typeof value === kind.is ? [] : [wrongKind(value, kind, shape)];
}

function wrongKind(value: Value, kind: Kind, { at }: Shape): Failure {
  const given = isList(value) ? "list" : isMap(value) ? "map" : typeof value;
  return { property: at, reason: `expected ${renderKind(kind)}, got ${given}` };
}
