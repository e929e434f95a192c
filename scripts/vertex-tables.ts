import { googlePlacesOf } from "../residency/gcp/resting-places.ts";
import { gcpCatalogue } from "../residency/gcp/vertex.ts";
import { locationVerdict, vertexVerdict } from "../residency/gcp/vertex-verdict.ts";
import { builtInZones } from "../residency/zones.ts";
import { table } from "./marked.ts";

const yesNo = (yes: boolean) => (yes ? "yes" : "no");

/** Every place Claude answers at on Google Cloud, and what it promises. */
export function vertexLocationsTable(): string {
  return table(
    ["location", "host", "processed in", "TLS ends there", "counts tokens"],
    Object.entries(gcpCatalogue.locations).map(([location, found]) => [
      `\`${location}\``,
      `\`${found.host}\``,
      found.jurisdiction ?? "nothing promised",
      yesNo(found.tlsEndsInJurisdiction),
      yesNo(location === "global" || gcpCatalogue.countTokens.includes(location)),
    ]),
  );
}

/** Every model at every location a zone holds, judged on the catalogue's own day. */
export function vertexModelsTable(): string {
  const today = gcpCatalogue.compiled;
  const rows = Object.values(builtInZones).flatMap((zone) =>
    gcpCatalogue.models.flatMap(({ modelId: model, locations, retireNotBefore }) =>
      Object.keys(locations)
        .filter((region) => locationVerdict(zone, region).status === "inside")
        .map((region) => {
          const judged = vertexVerdict({ zone, provider: "vertex", region, model, today });
          return [
            `\`${zone.id}\``,
            `\`${model}\``,
            `\`${region}\``,
            judged.status,
            judged.anthropicSees,
            retireNotBefore ?? "not stated",
            judged.source.date,
          ];
        }),
    ),
  );
  const head = ["zone", "model", "location", "verdict", "Anthropic sees"];
  return table([...head, "may be retired from", "source read"], rows);
}

/** Google locations whose data may rest in a zone. */
export function googlePlacesTable(): string {
  return table(
    ["zone", "locations where data may rest"],
    Object.values(builtInZones).map((zone) => [
      `\`${zone.id}\``,
      googlePlacesOf(zone).join(", ") || "none",
    ]),
  );
}
