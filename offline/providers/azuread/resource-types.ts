import { type Modelled, modelledBy } from "../shared/modelled.ts";
import { loadSchema } from "./schema.ts";
import { modelledTypes, tokenOf } from "./type-tokens.ts";
import { applicationTypes } from "./types/applications.ts";
import { principalTypes } from "./types/principals.ts";

/** The SDK's types, read once. */
export const schema = loadSchema();

/** Every modelled type by its token. */
export const resourceTypes: ReadonlyMap<string, Modelled> = modelledBy({
  names: modelledTypes,
  tokenOf,
  schema,
  types: { ...applicationTypes, ...principalTypes },
});
