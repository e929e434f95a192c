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
export function autoNameOf(type: Modelled): AutoName | undefined {
  if (type.autoName === "none") return undefined;
  if (type.autoName !== undefined) return type.autoName;
  const field = type.schema.inputs.get("name");
  return field !== undefined && !field.required ? { input: "name", maxLength: 255 } : undefined;
}

/** Writes a name into `inputs` where the program gave none and the provider makes one. */
export function nameIt<Settings>(
  inputs: Record<string, Value>,
  asked: Asked<Settings>,
  place: readonly Value[],
): void {
  const naming = autoNameOf(asked.type);
  if (naming === undefined) return;
  const { input, prefix = "" } = naming;
  if (inputs[input] !== undefined || inputs[`${input}Prefix`] !== undefined) return;
  const logical = logicalName(asked.urn);
  const base = prefix + (naming.lowerCase ? logical.toLowerCase() : logical);
  const stem = base.slice(0, naming.maxLength - 8);
  const old = asked.olds[input];
  if (typeof old === "string" && old.startsWith(`${stem}-`) && /-[0-9a-f]{7}$/.test(old)) {
    inputs[input] = old;
    return;
  }
  // The real provider draws from a random seed; this one from what makes a replacement another
  // resource, so that every machine sees the same name.
  const identity = asked.type.replaceOn.map((name) => [name, inputs[name] ?? null]);
  const seed = JSON.stringify([asked.urn, ...place, identity]);
  inputs[input] = `${stem}-${digits(seed, "name").slice(0, 7)}`;
}
