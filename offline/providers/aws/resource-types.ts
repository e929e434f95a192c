import { type Modelled, modelledBy } from "../shared/modelled.ts";
import type * as shared from "../shared/resource-type.ts";
import type { ResourceType } from "./resource-type.ts";
import { sharedRule } from "./rules.ts";
import { loadSchema } from "./schema.ts";
import { modelledTypes, tokenOf } from "./type-tokens.ts";
import { bedrockTypes } from "./types/bedrock.ts";
import { containerTypes } from "./types/containers.ts";
import { identityTypes } from "./types/identity.ts";
import { loadBalancingTypes } from "./types/load-balancing.ts";
import { networkTypes } from "./types/network.ts";
import { observabilityTypes } from "./types/observability.ts";
import { storageTypes } from "./types/storage.ts";
import { storeTypes } from "./types/stores.ts";

/** The SDK's types, read once. */
export const schema = loadSchema();

const described: Readonly<Record<string, ResourceType>> = {
  ...bedrockTypes,
  ...containerTypes,
  ...identityTypes,
  ...loadBalancingTypes,
  ...networkTypes,
  ...observabilityTypes,
  ...storageTypes,
  ...storeTypes,
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
