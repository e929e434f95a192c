import type { BedrockRouteOutputs } from "../contract/bedrock-route.ts";
import type { StackOutputs } from "../contract/outputs.ts";
import { arnParts } from "../residency/arn.ts";
import { destinationsOf } from "../residency/bedrock.ts";
import { parseModelRef } from "../residency/model-ref.ts";
import type { Problem } from "../residency/problem.ts";
import { countryOf, partitionOf } from "../residency/regions.ts";
import { builtInZones } from "../residency/zones.ts";
import { byCodePoint } from "./setting-value.ts";

/**
 * The last look before a laptop is told where to send prompts. The cloud side judged the route already;
 * outputs may be old, edited or foreign, so what they claim is held against the catalogue once more.
 */
export function bedrockPlacementProblems(
  outputs: StackOutputs,
  route: BedrockRouteOutputs,
  path: string,
): Problem[] {
  const allowed = new Set(outputs.zone.countries);
  return [
    ...partitionProblems(outputs, route, path),
    ...outsideZone(route.region, allowed, `${path}.region`),
    ...route.models.flatMap((model, index) => {
      const at = `${path}.models[${index}]`;
      return [
        ...model.destinations.flatMap((region, position) =>
          outsideZone(region, allowed, `${at}.destinations[${position}]`),
        ),
        ...catalogueProblems(model, route.region, at),
      ];
    }),
  ];
}

function partitionProblems(
  outputs: StackOutputs,
  route: BedrockRouteOutputs,
  path: string,
): Problem[] {
  const found: Problem[] = [];
  const actual = partitionOf(route.region);
  if (actual !== undefined && actual !== route.partition) {
    found.push({
      path: `${path}.partition`,
      reason: `"${route.partition}", but ${route.region} is in ${actual}`,
    });
  }
  const zone = Object.hasOwn(builtInZones, outputs.zone.id)
    ? builtInZones[outputs.zone.id]
    : undefined;
  if (zone !== undefined && zone.awsPartition !== route.partition) {
    found.push({
      path: `${path}.partition`,
      reason: `"${route.partition}", but zone ${zone.id} is served from ${zone.awsPartition} only`,
    });
  }
  return found;
}

function outsideZone(region: string, allowed: ReadonlySet<string>, path: string): Problem[] {
  const country = countryOf(region);
  if (country === undefined) {
    return [{ path, reason: `no dated source says which country ${region} is in` }];
  }
  if (allowed.has(country)) return [];
  return [{ path, reason: `${region} is in ${country}, outside the zone` }];
}

/** An id says by itself where it may be processed; what the outputs claim has to agree. */
function catalogueProblems(
  model: BedrockRouteOutputs["models"][number],
  region: string,
  path: string,
): Problem[] {
  const ref = parseModelRef(model.id);
  if (ref.kind === "application-profile") return sourceProblems(model, region, path);
  if (model.sourceProfileId !== undefined) {
    const reason = `"${model.id}" is no application profile, so it was copied from nothing`;
    return [{ path: `${path}.sourceProfileId`, reason }];
  }
  switch (ref.kind) {
    case "profile":
      return agreement(model, destinationsOf(ref.id, region), `${ref.id} from ${region}`, path);
    case "model":
      return agreement(model, [region], ref.id, path);
    case "model-in-region":
      return agreement(model, [ref.arn.region], ref.id, path);
    case "global":
    case "region-less-model":
      return [
        { path: `${path}.id`, reason: `${ref.id} may be processed in any commercial region` },
      ];
    case "pattern":
    case "unknown":
      return [
        { path: `${path}.id`, reason: `"${ref.text}" does not say where it may be processed` },
      ];
  }
}

/** An application profile's ARN says nothing: what it was copied from decides. */
function sourceProblems(
  model: BedrockRouteOutputs["models"][number],
  region: string,
  path: string,
): Problem[] {
  const at = `${path}.sourceProfileId`;
  const { sourceProfileId } = model;
  if (sourceProfileId === undefined) {
    return [{ path: at, reason: `missing: nothing says what "${model.id}" was copied from` }];
  }
  const own = arnParts(model.id)?.region;
  if (own !== region) {
    return [{ path: `${path}.id`, reason: `of region "${own}", but requests go to ${region}` }];
  }
  const source = parseModelRef(sourceProfileId);
  if (source.kind === "global") {
    const reason = `${source.id} may be processed in any commercial region`;
    return [{ path: at, reason }];
  }
  if (source.kind !== "profile" || source.arn !== undefined) {
    const reason = `"${sourceProfileId}" is no profile id that says where it may be processed`;
    return [{ path: at, reason }];
  }
  return agreement(model, destinationsOf(source.id, region), `${source.id} from ${region}`, path);
}

function agreement(
  model: BedrockRouteOutputs["models"][number],
  known: readonly string[] | undefined,
  what: string,
  path: string,
): Problem[] {
  if (known === undefined) {
    return [{ path: `${path}.id`, reason: `the catalogue has no row for ${what}` }];
  }
  const expected = [...known].sort(byCodePoint).join(", ");
  if ([...model.destinations].sort(byCodePoint).join(", ") === expected) return [];
  return [
    {
      path: `${path}.destinations`,
      reason: `the catalogue says ${what} may be processed in ${expected}`,
    },
  ];
}
