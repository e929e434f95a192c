import type { GatewayRouteOutputs } from "../contract/gateway-route.ts";
import {
  gatewayVerdictOf,
  mappingProblems,
  upstreamProblems,
} from "../contract/gateway-upstreams.ts";
import type { StackOutputs } from "../contract/outputs.ts";
import { azureCatalogue } from "../residency/azure/foundry.ts";
import { catalogueDate } from "../residency/bedrock.ts";
import { gcpCatalogue } from "../residency/gcp/vertex.ts";
import type { Problem } from "../residency/problem.ts";
import { partitionOf } from "../residency/regions.ts";
import type { Zone } from "../residency/types.ts";
import { builtInZones } from "../residency/zones.ts";
import { byCodePoint } from "./setting-value.ts";

/** The newest of the catalogues: a profile has no clock, and is judged by what they knew. */
const knownOn =
  [catalogueDate, gcpCatalogue.compiled, azureCatalogue.compiled].sort(byCodePoint).at(-1) ??
  catalogueDate;

/** What a gateway route's outputs claim, held against the catalogues and the zone. */
export function gatewayPlacementProblems(
  outputs: StackOutputs,
  route: GatewayRouteOutputs,
  path: string,
): Problem[] {
  const { upstreams } = route;
  const judged = { zone: zoneOf(outputs, route), today: knownOn };
  const { anthropicSees } = gatewayVerdictOf(upstreams, judged);
  const claimed = route.anthropicSees;
  return [
    ...upstreamProblems(upstreams, judged, (upstream, model) =>
      pathText(path, ["upstreams", upstream, ...(model === undefined ? [] : ["models", model])]),
    ),
    ...mappingProblems(route, (parts) => pathText(path, parts)),
    ...(claimed === anthropicSees
      ? []
      : [
          {
            path: `${path}.anthropicSees`,
            reason: `"${claimed}", but the upstreams say "${anthropicSees}"`,
          },
        ]),
  ];
}

/**
 * The zone the outputs name. What compliance accepted by name is not among them, so every id counts as
 * accepted: the stack was judged with the real list, here the places alone are asked for.
 */
function zoneOf({ zone }: StackOutputs, { upstreams }: GatewayRouteOutputs): Zone {
  const builtIn = Object.hasOwn(builtInZones, zone.id) ? builtInZones[zone.id] : undefined;
  const regions = upstreams.flatMap((one) => ("region" in one ? [one.region] : []));
  const isGovernment = regions.some((region) => partitionOf(region) === "aws-us-gov");
  const ids = [
    ...upstreams.flatMap(({ models }) => models),
    ...regions.map((region) => `foundry:${region}`),
  ];
  return {
    id: zone.id,
    label: zone.label,
    countries: zone.countries,
    awsPartition: builtIn?.awsPartition ?? (isGovernment ? "aws-us-gov" : "aws"),
    acceptances: ids.map((id) => ({ id, date: knownOn, reason: "judged by the stack" })),
    // A built-in zone accepts nothing unbounded, whatever the outputs say.
    accepts: builtIn === undefined ? zone.accepts : undefined,
  };
}

function pathText(path: string, parts: readonly (string | number)[]): string {
  return parts.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}.${part}`),
    path,
  );
}
