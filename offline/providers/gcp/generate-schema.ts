import { schemaTextOf } from "../shared/generate-schema.ts";
import { fileNameOf, modelledTypes, tokenOf } from "./type-tokens.ts";

/** Text of `schema.json`, read from the type definitions of the installed `@pulumi/gcp`. */
export function schemaText(): string {
  return schemaTextOf({ sdk: "@pulumi/gcp", names: modelledTypes, tokenOf, fileNameOf });
}
