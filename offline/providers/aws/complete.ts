import type { Failure } from "../failure.ts";
import type { Asked } from "../shared/cloud.ts";
import { documentsToText } from "../shared/documents.ts";
import { unknown, type Value } from "../struct.ts";
import type { Settings } from "./settings.ts";

/** Writes the provider's region into the inputs, and turns policies into text. */
export function complete(inputs: Record<string, Value>, asked: Asked<Settings>): Failure[] {
  return [
    ...placeInRegion(inputs, asked),
    ...documentsToText(inputs, asked.type, "contains an invalid JSON policy"),
  ];
}

function placeInRegion(
  inputs: Record<string, Value>,
  { type, settings }: Asked<Settings>,
): Failure[] {
  if (!type.schema.inputs.has("region")) return [];
  const region = inputs.region ?? settings.region;
  if (region === undefined)
    return [
      {
        property: "region",
        reason: "neither the resource nor its provider names a region; set `region` on either",
      },
    ];
  inputs.region = region;
  return region === unknown || /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(String(region))
    ? []
    : [{ property: "region", reason: `"${region}" is not a region` }];
}
