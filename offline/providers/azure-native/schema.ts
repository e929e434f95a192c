import { readSchema, type Schema } from "../shared/schema.ts";

/** Reads the committed `schema.json` of `@pulumi/azure-native`. */
export function loadSchema(): Schema {
  return readSchema(import.meta.dirname);
}
