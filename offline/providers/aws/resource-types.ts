import { type Modelled, modelledBy } from "../shared/modelled.ts";
import type * as shared from "../shared/resource-type.ts";
import type { ResourceType } from "./resource-type.ts";
import { sharedRule } from "./rules.ts";
import { loadSchema } from "./schema.ts";
import { modelledTypes, tokenOf } from "./type-tokens.ts";
import { bedrockTypes } from "./types/bedrock.ts";
import { identityTypes } from "./types/identity.ts";
import { networkTypes } from "./types/network.ts";
import { observabilityTypes } from "./types/observability.ts";
import { storageTypes } from "./types/storage.ts";

/** The SDK's types, read once. */
export const schema = loadSchema();

const described: Readonly<Record<string, ResourceType>> = {
  ...bedrockTypes,
  ...identityTypes,
  ...networkTypes,
  ...observabilityTypes,
  ...storageTypes,
};

const types = Object.fromEntries(
  Object.entries(described).map(([name, type]): [string, shared.ResourceType] => [
    name,
    { ...type, rules: (type.rules ?? []).map(sharedRule) },
  ]),
);

/** Every modelled type by its token. */
export const resourceTypes: ReadonlyMap<string, Modelled> = modelledBy({
  names: modelledTypes,
  tokenOf,
  schema,
  types,
});
