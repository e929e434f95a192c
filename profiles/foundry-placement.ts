import type { FoundryRouteOutputs } from "../contract/foundry-route.ts";
import type { StackOutputs } from "../contract/outputs.ts";
import { azureCatalogue, findFoundryModel } from "../residency/azure/foundry.ts";
import type { Problem } from "../residency/problem.ts";
import type { Zone } from "../residency/types.ts";
import { verdict } from "../residency/verdict.ts";
import { builtInZones } from "../residency/zones.ts";

/** What a Foundry route's outputs claim, held against the catalogue and the zone. */
export function foundryPlacementProblems(
  outputs: StackOutputs,
  route: FoundryRouteOutputs,
  path: string,
): Problem[] {
  const { resourceName, baseUrl } = route;
  const expected = `https://${resourceName}.services.ai.azure.com`;
  return [
    ...(baseUrl === undefined || baseUrl === expected
      ? []
      : [
          {
            path: `${path}.baseUrl`,
            reason: `"${baseUrl}" is not the host of ${resourceName}; write ${expected}`,
          },
        ]),
    ...route.models.flatMap((model, index) =>
      modelProblems(zoneOf(outputs, route), route.region, model, `${path}.models[${index}]`),
    ),
  ];
}

type Model = FoundryRouteOutputs["models"][number];

function modelProblems(zone: Zone, region: string, given: Model, path: string): Problem[] {
  const { model, version, sku, processedIn, label } = given;
  // A profile has no clock: it is judged by what the catalogue knew.
  const today = azureCatalogue.compiled;
  const asked = { provider: "foundry", zone, region, model, version, sku, today } as const;
  const { status, reason, alternative, places } = verdict(asked);
  if (status !== "inside") {
    const instead = alternative === undefined ? "" : `; use ${alternative}`;
    return [{ path, reason: `${status}: ${reason}${instead}` }];
  }
  const promised = places[0]?.country ?? "azure-anywhere";
  const named = findFoundryModel(model)?.label;
  return [
    ...(promised === processedIn
      ? []
      : [
          {
            path: `${path}.processedIn`,
            reason: `"${processedIn}", but the catalogue says ${promised}`,
          },
        ]),
    // People choose by the label: it must not promise another model.
    ...(label === named
      ? []
      : [{ path: `${path}.label`, reason: `"${label}", but ${model} is ${named ?? "unknown"}` }]),
  ];
}

/**
 * The zone the outputs name. Weak evidence that compliance accepted by name is not among them, so the region
 * counts as accepted: the stack was judged with the real list, here the places alone are asked for.
 */
function zoneOf({ zone }: StackOutputs, { region }: FoundryRouteOutputs): Zone {
  const builtIn = Object.hasOwn(builtInZones, zone.id) ? builtInZones[zone.id] : undefined;
  const accepted = { id: `foundry:${region}`, date: azureCatalogue.compiled };
  return {
    id: zone.id,
    label: zone.label,
    countries: zone.countries,
    awsPartition: builtIn?.awsPartition ?? "aws",
    acceptances: [{ ...accepted, reason: "judged by the stack" }],
    // A built-in zone accepts nothing unbounded, whatever the outputs say.
    accepts: builtIn === undefined ? zone.accepts : undefined,
  };
}
