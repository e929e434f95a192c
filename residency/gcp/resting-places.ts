import { countriesOf } from "../countries.ts";
import type { Source, Status, Zone } from "../types.ts";
import { gcpCatalogue } from "./vertex.ts";

/** Where data rests, judged against a zone. */
export interface PlaceVerdict {
  readonly status: Status;
  readonly reason: string;
}

/** Pages that say which countries a Google location is in. */
export const googleRegionsSource: Source = gcpCatalogue.regionsSource;

/**
 * Whether data may rest at a Google location: a region, a zone of one (`europe-west1-b`), or a dual- or
 * multi-region, in any letter case (`EU`, `EUR4`, `us`). Unknown is undecidable, never fine.
 */
export function googlePlaceVerdict(zone: Zone, location: string): PlaceVerdict {
  if (zone.awsPartition !== "aws") return partitionVerdict(zone);
  const name = location.toLowerCase();
  if (name === "global") {
    return { status: "outside", reason: "global promises no place, so it is outside every zone" };
  }
  const countries = countriesAt(name);
  if (countries === undefined) {
    return {
      status: "undecidable",
      reason: `no dated source says where the Google location "${location}" is`,
    };
  }
  const strange = countries.filter((country) => !zone.countries.includes(country));
  return strange.length === 0
    ? { status: "inside", reason: `${location} is in ${shown(name, countries)}` }
    : {
        status: "outside",
        reason: `${location} is in ${shown(name, countries)}, outside zone ${zone.id}`,
      };
}

/** A zone that is a partition of another cloud has no part at Google. */
export function partitionVerdict(zone: Zone): PlaceVerdict {
  return {
    status: "outside",
    reason: `zone ${zone.id} is the partition ${zone.awsPartition} of AWS; nothing at Google is inside it`,
  };
}

/** Regions and wider places whose data may rest in a zone, sorted. */
export function googlePlacesOf(zone: Zone): readonly string[] {
  const { regionCountries, multiRegions } = gcpCatalogue;
  return [...Object.keys(regionCountries), ...Object.keys(multiRegions)]
    .filter((location) => googlePlaceVerdict(zone, location).status === "inside")
    .sort();
}

/** ISO codes of a location in lower case, or `undefined` when no dated source knows it. */
function countriesAt(name: string): readonly string[] | undefined {
  const { regionCountries, multiRegions } = gcpCatalogue;
  if (Object.hasOwn(multiRegions, name)) return multiRegions[name]?.countries.flatMap(countriesOf);
  const region = name.replace(/-[a-z]$/, "");
  const country = Object.hasOwn(regionCountries, region) ? regionCountries[region] : undefined;
  return country === undefined ? undefined : [country];
}

function shown(name: string, countries: readonly string[]): string {
  return name === "eu" ? "the EU member states" : countries.join(", ");
}
