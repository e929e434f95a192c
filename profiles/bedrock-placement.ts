import type { BedrockRouteOutputs } from "../contract/bedrock-route.ts";
import type { StackOutputs } from "../contract/outputs.ts";
import { arnParts } from "../residency/arn.ts";
import {
  catalogueDate,
  destinationsOf,
  findModel,
  findProfile,
  isRetired,
} from "../residency/bedrock.ts";
import { parseModelRef } from "../residency/model-ref.ts";
import type { Problem } from "../residency/problem.ts";
import { countryOf, partitionOf } from "../residency/regions.ts";
import { builtInZones } from "../residency/zones.ts";
import { byCodePoint } from "./setting-value.ts";
import { zoneClaimProblems } from "./zone-claim.ts";

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
    ...zoneClaimProblems(outputs),
    ...partitionProblems(outputs, route, path),
    ...baseUrlProblems(route, path),
    ...outsideZone(route.region, allowed, `${path}.region`),
    ...(["trailArn", "kmsKeyArn"] as const).flatMap((field) =>
      outsideZone(arnParts(route.logs[field])?.region ?? "", allowed, `${path}.logs.${field}`),
    ),
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

/** Where the prompts go: Bedrock's public name in the route's region, or an endpoint's own name there. */
function baseUrlProblems({ baseUrl, region }: BedrockRouteOutputs, path: string): Problem[] {
  if (baseUrl === undefined) return [];
  const host = baseUrl.replace(/^https:\/\//, "");
  const rest = /^(?:vpce-[a-z0-9-]+\.)?bedrock-runtime(?:-fips)?\.(.+)$/.exec(host)?.[1];
  const expected = `${region}.${host.startsWith("vpce-") ? "vpce." : ""}amazonaws.com`;
  if (rest === expected) return [];
  const reason = `"${baseUrl}" is not Bedrock in ${region}; write https://bedrock-runtime.${region}.amazonaws.com or the name of the endpoint there`;
  return [{ path: `${path}.baseUrl`, reason }];
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
      return judgeProfile(model, ref.id, region, path);
    case "model": {
      const reason = `${ref.id} is a bare model id: clients pick a profile for it silently`;
      return [{ path: `${path}.id`, reason }];
    }
    case "model-in-region":
      return [
        ...retiredProblems(ref.id, path),
        ...agreement(model, [ref.arn.region], ref.id, path),
      ];
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
  return judgeProfile(model, source.id, region, path);
}

function judgeProfile(
  model: BedrockRouteOutputs["models"][number],
  id: string,
  region: string,
  path: string,
): Problem[] {
  return [
    ...retiredProblems(findProfile(id)?.model.modelId, path),
    ...agreement(model, destinationsOf(id, region), `${id} from ${region}`, path),
  ];
}

/** By the catalogue's own date: the same outputs must give the same bytes on any day. */
function retiredProblems(modelId: string | undefined, path: string): Problem[] {
  const known = modelId === undefined ? undefined : findModel(modelId);
  if (known === undefined || !isRetired(known, catalogueDate)) return [];
  return [{ path: `${path}.id`, reason: `${known.name} is retired` }];
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
