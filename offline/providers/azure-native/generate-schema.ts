import { schemaTextOf } from "../shared/generate-schema.ts";
import { fileNameOf, modelledTypes, tokenOf } from "./type-tokens.ts";

/** Text of `schema.json`, read from the type definitions of the installed `@pulumi/azure-native`. */
export function schemaText(): string {
  return schemaTextOf({ sdk: "@pulumi/azure-native", names: modelledTypes, tokenOf, fileNameOf });
}
