import type { Failure } from "../failure.ts";
import type { Asked } from "../shared/cloud.ts";
import { documentsToText } from "../shared/documents.ts";
import { checkRules } from "../shared/rules.ts";
import type { Value } from "../struct.ts";
import { commonRules } from "./rules.ts";
import type { Settings } from "./settings.ts";

/**
 * Refuses what Google refuses of every type. Project and region stay out of the inputs: the real
 * provider fills them in the outputs only.
 */
export function complete(inputs: Record<string, Value>, asked: Asked<Settings>): Failure[] {
  return [
    ...placeless("project", inputs, asked),
    ...placeless("region", inputs, asked),
    ...checkRules(inputs, commonRules),
    ...documentsToText(inputs, asked.type, "contains invalid JSON"),
    ...privateServiceConnect(inputs, asked),
  ];
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
function privateServiceConnect(
  inputs: Record<string, Value>,
  { type }: Asked<Settings>,
): Failure[] {
  const isEndpoint =
    type.token === "gcp:compute/globalForwardingRule:GlobalForwardingRule" &&
    (inputs.target === "all-apis" || inputs.target === "vpc-sc");
  if (!isEndpoint) return [];
  const scheme: Failure[] =
    inputs.loadBalancingScheme === ""
      ? []
      : [{ property: "loadBalancingScheme", reason: 'must be "" for Private Service Connect' }];
  return [
    ...scheme,
    ...checkRules(inputs, [
      {
        rule: "matches",
        at: "name",
        pattern: /^[a-z][a-z0-9]{0,19}$/,
        wanted: "an endpoint's name: 1 to 20 lower-case letters and digits, a letter first",
      },
    ]),
  ];
}
