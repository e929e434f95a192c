import { type PlaceVerdict, partitionVerdict } from "../place-verdict.ts";
import type { Zone } from "../types.ts";
import { azureCatalogue, azureCountryOf, azureRegionName } from "./foundry.ts";

/**
 * Whether data may rest in an Azure region, by display name or programmatic name. `global` promises no
 * place; unknown is undecidable, never fine.
 */
export function azurePlaceVerdict(zone: Zone, location: string): PlaceVerdict {
  const partition = partitionVerdict(zone, "Azure");
  if (partition !== undefined) return partition;
  const region = azureRegionName(location);
  if (region === "global") {
    return { status: "outside", reason: "global promises no place, so it is outside every zone" };
  }
  const country = azureCountryOf(region);
  if (country === undefined) {
    return {
      status: "undecidable",
      reason: `no dated source says where the Azure region "${location}" is`,
    };
  }
  return zone.countries.includes(country)
    ? { status: "inside", reason: `${location} is in ${country}` }
    : { status: "outside", reason: `${location} is in ${country}, outside zone ${zone.id}` };
}

/** Regions whose data may rest in a zone, sorted. */
export function azurePlacesOf(zone: Zone): readonly string[] {
  return Object.keys(azureCatalogue.regionCountries)
    .filter((region) => azurePlaceVerdict(zone, region).status === "inside")
    .sort();
}
