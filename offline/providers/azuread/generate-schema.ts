import { schemaTextOf } from "../shared/generate-schema.ts";
import { fileNameOf, modelledTypes, tokenOf } from "./type-tokens.ts";

/** Text of `schema.json`, read from the type definitions of the installed `@pulumi/azuread`. */
export function schemaText(): string {
  return schemaTextOf({
    sdk: "@pulumi/azuread",
    // The package has no modules: its classes lie at the root.
    names: modelledTypes.map((className) => `./${className}`),
    tokenOf: (name) => tokenOf(name.slice(2)),
    fileNameOf,
  });
}
