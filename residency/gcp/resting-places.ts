import { countriesOf } from "../countries.ts";
import { type PlaceVerdict, partitionVerdict } from "../place-verdict.ts";
import type { Zone } from "../types.ts";
import { gcpCatalogue } from "./vertex.ts";

/**
 * Whether data may rest at a Google location: a region, a zone of one (`europe-west1-b`), or a dual- or
 * multi-region, in any letter case (`EU`, `EUR4`, `us`). Unknown is undecidable, never fine.
 */
export function googlePlaceVerdict(zone: Zone, location: string): PlaceVerdict {
  const partition = partitionVerdict(zone, "Google");
  if (partition !== undefined) return partition;
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
