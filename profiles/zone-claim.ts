import type { StackOutputs } from "../contract/outputs.ts";
import type { Problem } from "../residency/problem.ts";
import { builtInZones } from "../residency/zones.ts";

/** A zone the kit ships is what the kit says it is: outputs may name fewer of its countries, never others. */
export function zoneClaimProblems({ zone }: StackOutputs): Problem[] {
  const shipped = Object.hasOwn(builtInZones, zone.id) ? builtInZones[zone.id] : undefined;
  if (shipped === undefined) return [];
  const strange = zone.countries.filter((country) => !shipped.countries.includes(country));
  if (strange.length === 0) return [];
  return [{ path: "zone.countries", reason: `${strange.join(", ")} is not in zone ${zone.id}` }];
}
