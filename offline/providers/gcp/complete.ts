import type { Failure } from "../failure.ts";
import type { Asked } from "../shared/cloud.ts";
import { documentsToText } from "../shared/documents.ts";
import type { Modelled } from "../shared/modelled.ts";
import { checkRules, type Rule } from "../shared/rules.ts";
import type { Properties, Value } from "../struct.ts";
import { commonRules } from "./rules.ts";
import type { Settings } from "./settings.ts";

/**
 * Asks for a project and a region, and leaves them out of the inputs: the real provider fills them in
 * the outputs only.
 */
export function complete(inputs: Record<string, Value>, asked: Asked<Settings>): Failure[] {
  return [
    ...placeless("project", inputs, asked),
    ...placeless("region", inputs, asked),
    ...documentsToText(inputs, asked.type, "contains invalid JSON"),
  ];
}

/** What Google refuses of every type, and of endpoints for its APIs. */
export function refusals(inputs: Properties, type: Modelled): Failure[] {
  return [...checkRules(inputs, commonRules), ...privateServiceConnect(inputs, type)];
}

/** Found here, not at creation, so that a preview already says what would stop the run. */
function placeless(
  place: "project" | "region",
  inputs: Record<string, Value>,
  { type, settings }: Asked<Settings>,
): Failure[] {
  const { inputs: known, outputs } = type.schema;
  const isNeeded = known.get(place)?.required === false && outputs.get(place)?.required === true;
  return isNeeded && inputs[place] === undefined && settings[place] === undefined
    ? [
        {
          property: place,
          reason: `neither the resource nor its provider names a ${place}; set \`${place}\` on either`,
        },
      ]
    : [];
}

/**
 * An endpoint for Google APIs has a name and a scheme of its own.
 * Source: https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis, read 2026-11-21.
 */
function privateServiceConnect(inputs: Properties, { token }: Modelled): Failure[] {
  const isEndpoint =
    token === "gcp:compute/globalForwardingRule:GlobalForwardingRule" &&
    (inputs.target === "all-apis" || inputs.target === "vpc-sc");
  return isEndpoint ? checkRules(inputs, endpointRules) : [];
}

const endpointRules: readonly Rule[] = [
  {
    rule: "matches",
    at: "loadBalancingScheme",
    pattern: /^$/,
    wanted: 'the scheme of Private Service Connect, which is ""',
  },
  {
    rule: "matches",
    at: "name",
    pattern: /^[a-z][a-z0-9]{0,19}$/,
    wanted: "an endpoint's name: 1 to 20 lower-case letters and digits, a letter first",
  },
];
