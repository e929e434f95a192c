import { isMap, type Properties, unknown, type Value } from "../struct.ts";
import type { Cloud, Wanted } from "./cloud.ts";
import { withoutDefaultLists } from "./default-lists.ts";
import type { Kind } from "./kind.ts";
import { logicalName } from "./naming.ts";
import { type Facts, fill } from "./template.ts";

/**
 * Outputs shown in a preview: inputs echoed, what the service makes unknown, unless the resource
 * exists already (`olds`, its outputs) and keeps what it has.
 */
export function previewOutputs<Settings>(
  cloud: Cloud<Settings>,
  wanted: Wanted<Settings>,
  olds?: Properties,
): Properties {
  const known = (from: Properties | undefined, name: string) =>
    olds === undefined ? unknown : from?.[name];
  return withComputed(
    cloud,
    wanted,
    (name) => known(olds, name),
    (name, inner) => known(mapIn(olds?.[name]), inner),
  );
}

/** Outputs after a change in place: the service keeps what it once computed. */
export function updatedOutputs<Settings>(
  cloud: Cloud<Settings>,
  wanted: Wanted<Settings>,
  olds: Properties,
): Properties {
  const fresh = createdState(cloud, wanted).outputs;
  return withComputed(
    cloud,
    wanted,
    (name) => olds[name] ?? fresh[name],
    (name, inner) => mapIn(fresh[name])[inner],
  );
}

/** Id and outputs of a resource that now exists; the same for the same URN and place. */
export function createdState<Settings>(
  cloud: Cloud<Settings>,
  wanted: Wanted<Settings>,
): { id: string; outputs: Properties } {
  const { type, inputs } = wanted;
  const template = (name: string) => type.computed?.[name];
  const facts: Facts = {
    seed: seedOf(cloud, wanted),
    named: (name) => {
      if (name === "id") return id();
      if (inputs[name] !== undefined) return inputs[name];
      const own = template(name);
      return own === undefined ? factOf(cloud, name, wanted) : fill(own, facts, name);
    },
  };
  const id = () => fill(type.id, facts, "id");
  const outputs = withComputed(
    cloud,
    wanted,
    (name, kind) => {
      const own = template(name);
      return own === undefined ? conventional(cloud, name, kind, wanted) : fill(own, facts, name);
    },
    (name, inner) => fill(type.inside?.[name]?.[inner] ?? "", facts, inner),
  );
  return { id: String(id()), outputs };
}

function withComputed<Settings>(
  cloud: Cloud<Settings>,
  wanted: Wanted<Settings>,
  compute: (name: string, kind: Kind) => Value | undefined,
  computeInside: (name: string, inner: string) => Value | undefined,
): Properties {
  const { type, inputs } = wanted;
  const outputs: Record<string, Value> = {};
  for (const [name, { kind, required }] of type.schema.outputs) {
    const given = inputs[name] ?? cloud.derived(name, wanted);
    const isComputed = required || type.computed?.[name] !== undefined;
    const value = given ?? (isComputed ? compute(name, kind) : undefined);
    if (value === undefined) continue;
    const answered = given === undefined ? value : withoutDefaultLists(given);
    outputs[name] = withInside(answered, type.inside?.[name], (inner) =>
      computeInside(name, inner),
    );
  }
  return outputs;
}

function withInside(
  value: Value,
  added: Readonly<Record<string, Value>> | undefined,
  computeInside: (inner: string) => Value | undefined,
): Value {
  if (added === undefined || !isMap(value)) return value;
  const entries = Object.keys(added).flatMap((inner): [string, Value][] => {
    const computed = value[inner] === undefined ? computeInside(inner) : undefined;
    return computed === undefined ? [] : [[inner, computed]];
  });
  return { ...value, ...Object.fromEntries(entries) };
}

function mapIn(value: Value | undefined): Properties {
  return isMap(value) ? value : {};
}

/** What the services answer where a type says nothing of its own. */
function conventional<Settings>(
  cloud: Cloud<Settings>,
  name: string,
  kind: Kind,
  wanted: Wanted<Settings>,
): Value | undefined {
  const own = cloud.conventional(name, wanted);
  if (own !== undefined) return own;
  const prefix = wanted.inputs[`${name}Prefix`];
  if (prefix !== undefined) return `${prefix}20260101000000000000000001`;
  if (kind.is === "string") return "";
  if (kind.is === "number") return 0;
  if (kind.is === "boolean") return false;
  if (kind.is === "list") return [];
  if (kind.is === "map") return {};
  return undefined;
}

function factOf<Settings>(
  cloud: Cloud<Settings>,
  name: string,
  wanted: Wanted<Settings>,
): Value | undefined {
  if (name === "urnName") return logicalName(wanted.urn);
  const fact = cloud.fact(name, wanted);
  if (fact !== undefined) return fact;
  // A name the service made from its prefix.
  const kind = wanted.type.schema.outputs.get(name)?.kind;
  return kind && conventional(cloud, name, kind, wanted);
}

/** What makes a resource this one: replacing it must give another id. */
function seedOf<Settings>(cloud: Cloud<Settings>, wanted: Wanted<Settings>): string {
  const { type, urn, inputs, settings } = wanted;
  const identity = type.replaceOn.map((name) => [name, inputs[name] ?? null]);
  return JSON.stringify([urn, ...cloud.placeOf(inputs, settings), identity]);
}
