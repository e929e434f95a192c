import type { Value } from "../struct.ts";
import type { Asked } from "./cloud.ts";
import type { Modelled } from "./modelled.ts";
import type { AutoName } from "./resource-type.ts";
import { digits } from "./template.ts";

/** Last part of a URN: the name the program gave. */
export function logicalName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** How a type is named when the program does not: its own way, else any optional `name`. */
function autoNamesOf({ autoName, schema }: Modelled): readonly AutoName[] {
  if (autoName === "none") return [];
  if (autoName !== undefined) return "input" in autoName ? [autoName] : autoName;
  const field = schema.inputs.get("name");
  return field !== undefined && !field.required ? [{ input: "name", maxLength: 255 }] : [];
}

/** Writes names into `inputs` where the program gave none and the provider makes them. */
export function nameIt<Settings>(
  inputs: Record<string, Value>,
  asked: Asked<Settings>,
  place: readonly Value[],
): void {
  // The real provider draws from a random seed; this one from what makes a replacement another
  // resource, so that every machine sees the same name.
  const identity = asked.type.replaceOn.map((name) => [name, inputs[name] ?? null]);
  const seed = JSON.stringify([asked.urn, ...place, identity]);
  for (const naming of autoNamesOf(asked.type)) {
    const { input } = naming;
    if (inputs[input] === undefined && inputs[`${input}Prefix`] === undefined)
      inputs[input] = nameFor(naming, logicalName(asked.urn), asked.olds[input], seed);
  }
}

function nameFor(naming: AutoName, logical: string, old: Value | undefined, seed: string): string {
  const base = (naming.prefix ?? "") + (naming.lowerCase ? logical.toLowerCase() : logical);
  if (naming.suffix === false) return base.slice(0, naming.maxLength);
  const stem = base.slice(0, naming.maxLength - 8);
  if (typeof old === "string" && old.startsWith(`${stem}-`) && /-[0-9a-f]{7}$/.test(old))
    return old;
  return `${stem}-${digits(seed, "name").slice(0, 7)}`;
}
