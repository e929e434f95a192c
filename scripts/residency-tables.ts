import { catalogue, isRetired } from "../residency/bedrock.ts";
import { guardrailVerdict } from "../residency/guardrail-profiles.ts";
import { countryOf, regionsOf } from "../residency/regions.ts";
import type { Zone } from "../residency/types.ts";
import { verdict } from "../residency/verdict.ts";
import { builtInZones } from "../residency/zones.ts";
import { table } from "./marked.ts";

/** Zones, their jurisdictions and the regions that serve them. */
export function zonesTable(): string {
  return table(
    ["zone", "jurisdictions", "partition", "regions where data may rest"],
    Object.values(builtInZones).map((zone) => [
      `\`${zone.id}\``,
      zone.countries.length > 3
        ? `${zone.countries.length} EU member states`
        : zone.countries.join(", "),
      zone.awsPartition,
      regionsOf(zone)
        .map((region) => `${region} (${countryOf(region)})`)
        .join(", "),
    ]),
  );
}

/** Every profile that a zone could use: which regions it is inside from, and what is not proven. */
export function profilesTable(): string {
  const rows = Object.values(builtInZones).flatMap((zone) =>
    catalogue.models
      // Judged on the catalogue's own day, so that the table changes with the facts and not with the date.
      .filter((model) => !isRetired(model, catalogue.compiled))
      .flatMap((model) => model.profiles.map((profile) => rowOf(zone, profile.profileId)))
      .filter((row) => row !== undefined),
  );
  return table(["zone", "profile", "inside from", "not proven from", "newest source"], rows);
}

function rowOf(zone: Zone, profileId: string): readonly string[] | undefined {
  const judged = regionsOf(zone).map((region) => ({
    region,
    ...verdict({ zone, provider: "bedrock", region, model: profileId, today: catalogue.compiled }),
  }));
  const inside = judged.filter(({ status }) => status === "inside");
  const weak = judged.filter(({ status, places }) => status === "undecidable" && places.length > 0);
  if (inside.length + weak.length === 0) return undefined;
  const dates = [...inside, ...weak].map(({ source }) => source.date).sort();
  return [`\`${zone.id}\``, `\`${profileId}\``, list(inside), list(weak), dates.at(-1) ?? ""];
}

/** Every guardrail profile that a zone could use, and where it checks text. */
export function guardrailProfilesTable(): string {
  const rows = Object.values(builtInZones).flatMap((zone) =>
    catalogue.guardrailProfiles.flatMap(({ profileId }) => {
      const judged = regionsOf(zone).map((region) => {
        const today = catalogue.guardrailsSource.date;
        return { region, ...guardrailVerdict({ zone, region, profile: profileId, today }) };
      });
      const inside = judged.filter(({ status }) => status === "inside");
      const weak = judged.filter((one) => one.status === "undecidable" && one.places.length > 0);
      if (inside.length + weak.length === 0) return [];
      const places = [...inside, ...weak].flatMap((one) => one.places.map(({ region }) => region));
      return [
        [
          `\`${zone.id}\``,
          `\`${profileId}\``,
          list(inside),
          list(weak),
          [...new Set(places)].sort().join(", "),
        ],
      ];
    }),
  );
  return table(["zone", "guardrail profile", "inside from", "not proven from", "checks in"], rows);
}

/** Every kind of evidence behind a row. */
export function evidenceTable(): string {
  return table(
    ["evidence", "what it is", "date", "enough by itself"],
    Object.entries(catalogue.evidence).map(([id, { what, url, date, weak }]) => [
      `\`${id}\``,
      `[${what}](${url})`,
      date,
      weak ? "no: undecidable until accepted" : "yes",
    ]),
  );
}

function list(rows: readonly { readonly region: string }[]): string {
  return rows.map(({ region }) => region).join(", ") || "—";
}
