import type { ProviderModel } from "../provider-model.ts";
import { providerModel } from "../shared/model.ts";
import { complete } from "./complete.ts";
import { conventionalOutput, derivedOutput, factOf, regionOf } from "./facts.ts";
import { invokes } from "./invokes.ts";
import { resourceTypes, schema } from "./resource-types.ts";
import { exampleAccountId, readSettings } from "./settings.ts";

/** The AWS provider as data and functions, without the wire. */
export function awsModel(accountId: string = exampleAccountId): ProviderModel {
  return providerModel({
    name: "aws",
    schema,
    types: resourceTypes,
    invokes,
    configRules: [],
    places: ["region"],
    inherited: () => ({}),
    keeps: () => undefined,
    settings: (config) => readSettings(config, accountId),
    complete,
    refusals: () => [],
    placeOf: (inputs, settings) => [settings.accountId, regionOf(inputs, settings)],
    derived: derivedOutput,
    conventional: conventionalOutput,
    fact: factOf,
  });
}
