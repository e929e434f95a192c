import { catalogue } from "./bedrock.ts";
import type { Source, Status, Zone } from "./types.ts";

/** Page that says which country a region is in. */
export const regionsSource: Source = catalogue.regionsSource;

/** ISO 3166-1 alpha-2 code of an AWS region; `undefined` when no source says so. */
export function countryOf(region: string): string | undefined {
  return Object.hasOwn(catalogue.regionCountries, region)
    ? catalogue.regionCountries[region]
    : undefined;
}

/** AWS partition of a region the catalogue knows; `undefined` otherwise, never a guess. */
export function partitionOf(region: string): string | undefined {
  if (countryOf(region) === undefined) return undefined;
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** Every region whose data may rest in a zone, sorted. */
export function regionsOf(zone: Zone): readonly string[] {
  return Object.keys(catalogue.regionCountries)
    .filter((region) => regionVerdict(zone, region).status === "inside")
    .sort();
}

/** Whether data may rest in a region. An unknown region is undecidable, never fine. */
export function regionVerdict(
  zone: Zone,
  region: string,
): { readonly status: Status; readonly reason: string } {
  const country = countryOf(region);
  if (country === undefined) {
    return {
      status: "undecidable",
      reason: `no dated source says which country the region "${region}" is in`,
    };
  }
  const partition = partitionOf(region);
  if (partition !== zone.awsPartition) {
    return {
      status: "outside",
      reason: `${region} is in partition ${partition}; zone ${zone.id} is served by ${zone.awsPartition}`,
    };
  }
  return zone.countries.includes(country)
    ? { status: "inside", reason: `${region} is in ${country}` }
    : { status: "outside", reason: `${region} is in ${country}, outside zone ${zone.id}` };
}
