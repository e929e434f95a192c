import { catalogue } from "./bedrock.ts";
import { countriesOf } from "./countries.ts";
import { gcpCatalogue } from "./gcp/vertex.ts";
import { countryOf, regionsOf } from "./regions.ts";
import type { Zone } from "./types.ts";

/**
 * Why no provider keeps inference inside a zone, with the nearest zone that would work; `undefined` when
 * at least one does. Weak rows count here: compliance may still accept them.
 */
export function nearestServable(zone: Zone): string | undefined {
  // What compliance accepts without a bounded place can always be served.
  if (zone.accepts !== undefined && zone.accepts.length > 0) return undefined;
  const narrowest = vertexJurisdictions(zone);
  if (narrowest.length === 0) return undefined;
  const bedrock = whyNotBedrock(zone);
  return bedrock && `${bedrock}; Vertex AI promises ${narrowest.join(", ")} and no other place`;
}

/** Jurisdictions Google promises, or none when one of them is inside the zone. */
function vertexJurisdictions(zone: Zone): readonly string[] {
  const all = Object.values(gcpCatalogue.locations).flatMap((l) => l.jurisdiction ?? []);
  const serves = (jurisdiction: string) =>
    zone.awsPartition === "aws" &&
    countriesOf(jurisdiction).every((country) => zone.countries.includes(country));
  return all.some(serves) ? [] : [...new Set(all)].sort();
}

function whyNotBedrock(zone: Zone): string | undefined {
  const regions = regionsOf(zone);
  const list = zone.countries.join(", ");
  if (regions.length === 0) {
    return `no AWS region in partition ${zone.awsPartition} is in ${list}`;
  }
  const options = regions.flatMap((region) => extraCountries(zone, region));
  if (options.some(({ extra }) => extra.length === 0)) return undefined;
  const [nearest] = options.toSorted((a, b) => a.extra.length - b.extra.length);
  if (nearest === undefined) {
    return `no geographic Claude profile can be called from ${regions.join(", ")}, only global ones, which are outside every zone`;
  }
  return (
    `no Bedrock profile keeps Claude inside ${list}: ${nearest.profileId} from ${nearest.region} also processes in ` +
    `${nearest.extra.join(", ")}; the nearest zone that can be served adds ${nearest.extra.join(", ")}`
  );
}

function extraCountries(zone: Zone, region: string) {
  return catalogue.models
    .filter((model) => model.status !== "retired")
    .flatMap((model) => model.profiles)
    .flatMap(({ profileId, sources }) => {
      const row = Object.hasOwn(sources, region) ? sources[region] : undefined;
      if (row === undefined || row.destinations.includes("*")) return [];
      const countries = new Set(row.destinations.map((r) => countryOf(r) ?? `unknown (${r})`));
      const extra = [...countries].filter((country) => !zone.countries.includes(country)).sort();
      return [{ profileId, region, extra }];
    });
}
