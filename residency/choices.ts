import { distance } from "fastest-levenshtein";
import { catalogue, isRetired, modelIdOf, rowOf } from "./bedrock.ts";
import { parseModelRef } from "./model-ref.ts";
import { regionVerdict } from "./regions.ts";
import type { Zone } from "./types.ts";

/**
 * Profile ids that are inside a zone on well-evidenced rows, nearest to `like` first.
 * Newest models come first when `like` is absent.
 */
export function profilesInside(
  zone: Zone,
  region: string,
  today: string,
  like?: string,
): readonly string[] {
  const ids = catalogue.models
    .filter((model) => !isRetired(model, today))
    .flatMap((model) => model.profiles.map((profile) => profile.profileId))
    .filter((id) => isProvenInside(zone, region, id));
  if (like === undefined) return ids;
  const wanted = baseOf(like);
  return ids.toSorted((a, b) => distance(baseOf(a), wanted) - distance(baseOf(b), wanted));
}

function isProvenInside(zone: Zone, region: string, id: string): boolean {
  const row = rowOf(id, region);
  if (row === undefined || catalogue.evidence[row.evidence]?.weak !== false) return false;
  return [region, ...row.destinations].every((r) => regionVerdict(zone, r).status === "inside");
}

/** The part of an id that names the model, so that `us.` and `eu.` forms of one model are near. */
function baseOf(text: string): string {
  const ref = parseModelRef(text);
  const id = "id" in ref ? ref.id : text;
  return modelIdOf(id) ?? id.replace(/^[a-z-]+\.(?=anthropic\.)/, "");
}
