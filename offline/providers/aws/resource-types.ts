import type { ResourceType } from "./resource-type.ts";
import { loadSchema, type ResourceSchema } from "./schema.ts";
import { modelledTypes, tokenOf } from "./type-tokens.ts";
import { bedrockTypes } from "./types/bedrock.ts";
import { identityTypes } from "./types/identity.ts";
import { networkTypes } from "./types/network.ts";
import { observabilityTypes } from "./types/observability.ts";
import { storageTypes } from "./types/storage.ts";

/** A modelled type: what the SDK says of it, and what the service does beyond. */
export interface Modelled extends ResourceType {
  readonly token: string;
  readonly schema: ResourceSchema;
}

/** The SDK's types, read once. */
export const schema = loadSchema();

const described: Readonly<Record<string, ResourceType>> = {
  ...bedrockTypes,
  ...identityTypes,
  ...networkTypes,
  ...observabilityTypes,
  ...storageTypes,
};

/** Every modelled type by its token. */
export const resourceTypes: ReadonlyMap<string, Modelled> = new Map(
  modelledTypes.map((name) => {
    const token = tokenOf(name);
    const type = described[name];
    const own = schema.resources.get(token);
    if (type === undefined || own === undefined)
      throw new Error(
        `${token} is listed in type-tokens.ts but not described or not in schema.json`,
      );
    return [token, { ...type, token, schema: own }];
  }),
);
