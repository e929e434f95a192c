import type { ProviderModel } from "../provider-model.ts";
import { providerModel } from "../shared/model.ts";
import type { Properties } from "../struct.ts";
import { complete, refusals } from "./complete.ts";
import { conventionalOutput, derivedOutput, factOf, projectOf } from "./facts.ts";
import { invokes } from "./invokes.ts";
import { resourceTypes, schema } from "./resource-types.ts";
import { configRules } from "./rules.ts";
import { readSettings } from "./settings.ts";

/** The Google provider as data and functions, without the wire. */
export function gcpModel(): ProviderModel {
  return providerModel({
    name: "gcp",
    schema,
    types: resourceTypes,
    invokes,
    configRules,
    places: ["project", "region", "location"],
    settings: readSettings,
    complete,
    refusals,
    inherited: ({ project }) => (project === undefined ? {} : { project }),
    keeps: protection,
    placeOf: (inputs, settings) => [
      projectOf(inputs, settings),
      inputs.location ?? inputs.region ?? settings.region ?? null,
    ],
    derived: derivedOutput,
    conventional: conventionalOutput,
    fact: factOf,
  });
}

function protection(outputs: Properties): string | undefined {
  if (outputs.deletionPolicy === "PREVENT") return 'its deletionPolicy is "PREVENT"';
  // Services spell it in two ways.
  const on = ["deletionProtection", "deletionProtectionEnabled"].find(
    (name) => outputs[name] === true,
  );
  return on === undefined ? undefined : `its ${on} is on`;
}
