import type { ResourceType } from "./resource-type.ts";
import type { ResourceSchema, Schema } from "./schema.ts";

/** A modelled type: what the SDK says of it, and what the service does beyond. */
export interface Modelled extends ResourceType {
  readonly token: string;
  readonly schema: ResourceSchema;
}

/** What makes up the types of one cloud. */
export interface Described {
  /** `module/Class` of every modelled type. */
  readonly names: readonly string[];
  readonly tokenOf: (name: string) => string;
  readonly schema: Schema;
  readonly types: Readonly<Record<string, ResourceType>>;
}

/**
 * Every modelled type by its token.
 *
 * @throws Error when a listed type is not described or not in `schema.json`.
 */
export function modelledBy({
  names,
  tokenOf,
  schema,
  types,
}: Described): ReadonlyMap<string, Modelled> {
  return new Map(
    names.map((name) => {
      const token = tokenOf(name);
      const type = types[name];
      const own = schema.resources.get(token);
      if (type === undefined || own === undefined)
        throw new Error(
          `${token} is listed in type-tokens.ts but not described or not in schema.json`,
        );
      return [token, { ...type, token, schema: own }];
    }),
  );
}
