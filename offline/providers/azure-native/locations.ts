import { distance } from "fastest-levenshtein";

import {
  azureCatalogue,
  azureCountryOf,
  azureRegionName,
} from "../../../residency/azure/foundry.ts";
import type { Failure } from "../failure.ts";
import type { Modelled } from "../shared/modelled.ts";
import { type Properties, unknown } from "../struct.ts";

/** Types that exist once for all regions: Azure takes no other location for them. */
const globalTypes = new Set([
  "azure-native:privatedns:PrivateZone",
  "azure-native:privatedns:VirtualNetworkLink",
]);

/** Why the location of a resource would be refused; none when it is not known yet or not asked for. */
export function locationFailures(inputs: Properties, { token }: Modelled): Failure[] {
  const { location } = inputs;
  if (typeof location !== "string" || location === unknown) return [];
  const name = azureRegionName(location);
  const refuse = (reason: string): Failure[] => [{ property: "location", reason }];
  if (globalTypes.has(token))
    return name === "global"
      ? []
      : refuse(
          `"${location}" is not "global", the only location of ${token}; set it on the resource`,
        );
  if (azureCountryOf(name) !== undefined) return [];
  const [nearest] = Object.keys(azureCatalogue.regionCountries).sort(
    (a, b) => distance(a, name) - distance(b, name),
  );
  const isNear = nearest !== undefined && distance(nearest, name) <= Math.ceil(name.length / 3);
  return refuse(
    `"${location}" is not an Azure region, as eastus2${isNear ? `; did you mean "${nearest}"?` : ""}`,
  );
}
