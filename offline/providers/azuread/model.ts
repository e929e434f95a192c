import type { ProviderModel } from "../provider-model.ts";
import { providerModel } from "../shared/model.ts";
import { conventionalOutput, factOf } from "./facts.ts";
import { invokes } from "./invokes.ts";
import { refusals } from "./refusals.ts";
import { resourceTypes, schema } from "./resource-types.ts";
import { configRules } from "./rules.ts";
import { readSettings } from "./settings.ts";

/** The Entra provider as data and functions, without the wire. */
export function azureadModel(): ProviderModel {
  return providerModel({
    name: "azuread",
    schema,
    types: resourceTypes,
    invokes,
    configRules,
    places: [],
    settings: readSettings,
    complete: () => [],
    refusals,
    inherited: () => ({}),
    keeps: () => undefined,
    placeOf: (_, { tenantId }) => [tenantId],
    derived: () => undefined,
    conventional: conventionalOutput,
    fact: factOf,
  });
}
