import type { Failure } from "../failure.ts";
import { holdsUnknown, isMap, unknown, type Value } from "../struct.ts";
import type { Modelled } from "./modelled.ts";

/**
 * Turns documents given as objects into JSON text, and refuses text that is none. One unknown leaf
 * makes the whole text unknown: the real provider cannot print half a document.
 */
export function documentsToText(
  inputs: Record<string, Value>,
  type: Modelled,
  refusal: string,
): Failure[] {
  const failures: Failure[] = [];
  for (const [name, value] of Object.entries(inputs)) {
    const kind = type.schema.inputs.get(name)?.kind;
    const isDocument = type.json?.includes(name) || kind?.is === "either";
    if (!isDocument || value === unknown) continue;
    if (isMap(value)) inputs[name] = holdsUnknown(value) ? unknown : JSON.stringify(value);
    else if (typeof value === "string" && !parses(value))
      failures.push({ property: name, reason: refusal });
  }
  return failures;
}

function parses(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}
