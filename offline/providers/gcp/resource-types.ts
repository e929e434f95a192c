import { type Modelled, modelledBy } from "../shared/modelled.ts";
import { loadSchema } from "./schema.ts";
import { modelledTypes, tokenOf } from "./type-tokens.ts";
import { accessTypes } from "./types/access.ts";
import { computeTypes } from "./types/compute.ts";
import { dataTypes } from "./types/data.ts";
import { dnsTypes } from "./types/dns.ts";
import { federationTypes } from "./types/federation.ts";
import { grantTypes } from "./types/grants.ts";
import { keyTypes } from "./types/keys.ts";
import { loadBalancingTypes } from "./types/load-balancing.ts";
import { loggingTypes } from "./types/logging.ts";
import { projectTypes } from "./types/projects.ts";
import { serviceTypes } from "./types/services.ts";
import { valkeyTypes } from "./types/valkey.ts";

/** The SDK's types, read once. */
export const schema = loadSchema();

/** Every modelled type by its token. */
export const resourceTypes: ReadonlyMap<string, Modelled> = modelledBy({
  names: modelledTypes,
  tokenOf,
  schema,
  types: {
    ...accessTypes,
    ...computeTypes,
    ...dataTypes,
    ...dnsTypes,
    ...federationTypes,
    ...grantTypes,
    ...keyTypes,
    ...loadBalancingTypes,
    ...loggingTypes,
    ...projectTypes,
    ...serviceTypes,
    ...valkeyTypes,
  },
});
