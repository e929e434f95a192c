import { z } from "zod";

import { isRecord } from "../residency/is-record.ts";
import { configSchema } from "./config-schema.ts";

/** The part of JSON Schema that zod writes for our configuration. */
export interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly additionalProperties?: boolean | Shape;
  readonly oneOf?: readonly Shape[];
  readonly anyOf?: readonly Shape[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  /** Whether the value may be read, but never shown. */
  readonly writeOnly?: boolean;
}

/** JSON Schema of the configuration, `cowork:` left out of the keys. */
// zod types its answer as any JSON Schema; ours holds the fields of Shape and others we never read.
export const configShape = z.toJSONSchema(configSchema, { io: "input" }) as Shape;

/** The schema a value is meant to follow: of several, the one its `kind` or its type names. */
function shapeOf(shape: Shape, value: unknown): Shape | undefined {
  const choices = shape.oneOf ?? shape.anyOf;
  if (choices === undefined) return shape;
  return choices.find((choice) => {
    if (!isRecord(value)) return choice.type === typeof value;
    return (
      choice.type === "object" && ["kind", "provider"].every((key) => agrees(choice, value, key))
    );
  });
}

/** Whether a value names the choice, or the choice has no name of that sort. */
function agrees({ properties }: Shape, value: Readonly<Record<string, unknown>>, key: string) {
  const named = properties?.[key]?.const;
  return named === undefined || named === value[key];
}

/** The schema at a path, following the choices the given values make. */
export function shapeAt(path: readonly PropertyKey[], value: unknown): Shape | undefined {
  let shape: Shape | undefined = configShape;
  let here = value;
  for (const step of path) {
    if (shape === undefined) return undefined;
    const chosen = shapeOf(shape, here);
    shape = typeof step === "number" ? chosen?.items : chosen?.properties?.[String(step)];
    here = child(here, step);
  }
  return shape === undefined ? undefined : shapeOf(shape, here);
}

/** The value at one step, own keys only. */
export function child(value: unknown, step: PropertyKey): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isRecord(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined;
}

/**
 * Gives numbers and switches back their type: `pulumi config set --path` and the Automation API hand
 * them over as text. A 12-digit number where text is due is an account id somebody forgot to quote.
 */
export function withTypes(value: unknown, shape: Shape | undefined = configShape): unknown {
  const chosen = shape === undefined ? undefined : shapeOf(shape, value);
  if (chosen === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => withTypes(item, chosen.items));
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, item]) => {
      const known = chosen.properties;
      const next = known && Object.hasOwn(known, key) ? known[key] : undefined;
      return [key, next === undefined ? item : withTypes(item, next)] as const;
    });
    return Object.fromEntries(entries);
  }
  if (typeof value === "string") {
    if (chosen.type === "integer" && /^-?\d{1,9}$/.test(value)) return Number(value);
    if (chosen.type === "boolean" && (value === "true" || value === "false"))
      return value === "true";
  }
  if (typeof value === "number" && chosen.type === "string" && /^\d{12}$/.test(String(value))) {
    return String(value);
  }
  return value;
}
