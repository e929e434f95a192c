import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type Kind, parseKind } from "./kind.ts";

/** One input or output of a type. */
export interface Field {
  readonly kind: Kind;
  /** True when an input must be given, or an output is always there. */
  readonly required: boolean;
}

export type Fields = ReadonlyMap<string, Field>;

/** Inputs and outputs of one resource type. */
export interface ResourceSchema {
  readonly inputs: Fields;
  readonly outputs: Fields;
}

/** The SDK's types, as far as a stand-in models them. */
export interface Schema {
  /** Version of the SDK the facts were read from. */
  readonly version: string;
  /** Inputs of the provider itself. */
  readonly provider: Fields;
  readonly resources: ReadonlyMap<string, ResourceSchema>;
  readonly types: ReadonlyMap<string, Fields>;
}

type WrittenFields = Record<string, string>;

interface WrittenSchema {
  readonly version: string;
  readonly provider: WrittenFields;
  readonly resources: Record<string, { inputs: WrittenFields; outputs: WrittenFields }>;
  readonly types: Record<string, WrittenFields>;
}

/** Reads the committed `schema.json` of a provider's folder. */
export function readSchema(folder: string): Schema {
  // Written by generate-schema.ts; a test holds the two together.
  const written = JSON.parse(readFileSync(join(folder, "schema.json"), "utf8")) as WrittenSchema;
  return {
    version: written.version,
    provider: readFields(written.provider),
    resources: new Map(
      Object.entries(written.resources).map(([token, { inputs, outputs }]) => [
        token,
        { inputs: readFields(inputs), outputs: readFields(outputs) },
      ]),
    ),
    types: new Map(
      Object.entries(written.types).map(([name, fields]) => [name, readFields(fields)]),
    ),
  };
}

function readFields(written: WrittenFields): Fields {
  return new Map(
    Object.entries(written).map(([name, text]) => {
      const optional = text.endsWith("?");
      const kind = parseKind(optional ? text.slice(0, -1) : text);
      return [name, { kind, required: !optional }];
    }),
  );
}
