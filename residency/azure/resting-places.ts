import type { Status, Zone } from "../types.ts";
import { azureCatalogue, azureCountryOf, azureRegionName } from "./foundry.ts";

/** Where data rests, judged against a zone. */
export interface AzurePlaceVerdict {
  readonly status: Status;
  readonly reason: string;
}

/**
 * Whether data may rest in an Azure region, by display name or programmatic name. `global` promises no
 * place; unknown is undecidable, never fine.
 */
export function azurePlaceVerdict(zone: Zone, location: string): AzurePlaceVerdict {
  if (zone.awsPartition !== "aws") return azurePartitionVerdict(zone);
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

/** A zone that is a partition of another cloud has no part at Azure. */
export function azurePartitionVerdict(zone: Zone): AzurePlaceVerdict {
  return {
    status: "outside",
    reason: `zone ${zone.id} is the partition ${zone.awsPartition} of AWS; nothing at Azure is inside it`,
  };
}

/** Regions whose data may rest in a zone, sorted. */
export function azurePlacesOf(zone: Zone): readonly string[] {
  return Object.keys(azureCatalogue.regionCountries)
    .filter((region) => azurePlaceVerdict(zone, region).status === "inside")
    .sort();
}
