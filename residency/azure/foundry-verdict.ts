import { countriesOf } from "../countries.ts";
import type { Acceptance, AnthropicSees, Place, Source, Status, Verdict, Zone } from "../types.ts";
import {
  azureCatalogue,
  azureCountryOf,
  type FoundryVersion,
  findFoundryModel,
} from "./foundry.ts";
import { azurePlaceVerdict } from "./resting-places.ts";

/** One question about one Foundry deployment. */
export interface FoundryQuery {
  readonly zone: Zone;
  readonly provider: "foundry";
  /** Region of the resource, where its data rests. It does not bound inference. */
  readonly region: string;
  /** Model name, for example `claude-opus-5-5`. */
  readonly model: string;
  /** Model version: it decides who hosts. `undefined` means the provider chooses. */
  readonly version: string | undefined;
  /** Deployment type: it decides where Azure processes. */
  readonly sku: string | undefined;
  /** ISO date that decides which acceptances are valid. */
  readonly today: string;
}

const anywhere: Place = { region: "any Azure region", country: undefined };

/**
 * May this deployment be used in this zone? The resource's region, the version and the deployment type are
 * all judged. Total: any text gets an answer, and what cannot be proven is `undecidable`.
 */
export function foundryVerdict(query: FoundryQuery): Verdict {
  const result = judge(query);
  if (result.status === "inside") return result;
  const nearest = nearestInside(query);
  return nearest === undefined ? result : { ...result, alternative: nearest };
}

/** The same model where Azure hosts it inside the zone, in the region asked for if that one will do. */
function nearestInside(query: FoundryQuery): string | undefined {
  const { zone, model, region } = query;
  const sku = acceptsAnywhere(zone) ? "GlobalStandard" : "DataZoneStandard";
  const listed = Object.entries(azureCatalogue.resourceRegions);
  const sure = listed.filter(([, { confidence }]) => confidence === "high");
  const regions = [region, ...sure.map(([name]) => name)];
  const version = "2";
  const fits = regions.find((one) => {
    return judge({ ...query, region: one, version, sku }).status === "inside";
  });
  return fits && `${model} version ${version} as ${sku} from ${fits}`;
}

function judge(query: FoundryQuery): Verdict {
  const { zone, region } = query;
  const rest = azurePlaceVerdict(zone, region);
  if (rest.status !== "inside" && !acceptsAnywhere(zone)) {
    const reason = `data would rest in ${region}: ${rest.reason}`;
    return answer(rest.status, reason, azureCatalogue.countriesSource, "flagged content only");
  }
  return judgeVersion(query);
}

function judgeVersion(query: FoundryQuery): Verdict {
  const { model: name, version } = query;
  const { modelsSource, compiled } = azureCatalogue;
  const model = findFoundryModel(name);
  if (model === undefined) {
    return undecided(`${name} is not in the catalogue of ${compiled}`);
  }
  if (version === undefined || version === "" || version === "latest") {
    return undecided(
      `${name} without a pinned version: the version decides who hosts, and Azure's default may change`,
    );
  }
  const found = model.versions.find((one) => one.version === version);
  if (found === undefined) {
    const known = model.versions.map((one) => one.version).join(", ");
    return undecided(`version ${version} of ${name} is not listed: only ${known}`);
  }
  if (found.hosting === "anthropic") {
    const reason = `version ${version} of ${name} is hosted by Anthropic, and may be processed outside Azure and outside any region`;
    return answer("outside", reason, azureCatalogue.privacySource, "content", [
      { region: "Anthropic's own infrastructure", country: undefined },
    ]);
  }
  return judgeSku(query, found);

  function undecided(reason: string): Verdict {
    return answer("undecidable", reason, modelsSource, "content");
  }
}

function judgeSku(query: FoundryQuery, version: FoundryVersion): Verdict {
  const { zone, model, region, sku } = query;
  const offered = version.skus.find((one) => one === sku);
  if (offered === undefined) {
    const reason = `${model} version ${version.version} is not offered as ${sku ?? "a deployment without a type"}: only ${version.skus.join(", ")}`;
    return azureHosted("undecidable", reason);
  }
  if (offered === "GlobalStandard") {
    if (!acceptsAnywhere(zone)) {
      return azureHosted("outside", "GlobalStandard is processed in any Azure region", [anywhere]);
    }
    return listedRegion(region) === undefined
      ? azureHosted("undecidable", notOffered(region), [anywhere])
      : azureHosted("inside", `${model} stays in Azure, in any of its regions`, [anywhere]);
  }
  return judgeDataZone(query);
}

/** The one data zone Claude has is the United States. */
function judgeDataZone(query: FoundryQuery): Verdict {
  const { zone, model, region, today } = query;
  const zones = Object.entries(azureCatalogue.dataZones);
  const places = zones.map(([name, countries]) => ({
    region: `${name} data zone`,
    country: countries[0],
  }));
  const strange = zones
    .flatMap(([, countries]) => countries.flatMap(countriesOf))
    .filter((country) => !zone.countries.includes(country));
  if (strange.length > 0 && !acceptsAnywhere(zone)) {
    const reason = `Claude's only data zone is ${zones.map(([name]) => name).join(", ")}, outside zone ${zone.id}`;
    return azureHosted("outside", reason, places);
  }
  const listed = listedRegion(region);
  if (listed === undefined) return azureHosted("undecidable", notOffered(region), places);
  if (!places.some(({ country }) => country === azureCountryOf(region))) {
    const reason = `no dated source says that a resource in ${region} has the data zone ${zones.map(([name]) => name).join(", ")}`;
    return azureHosted("undecidable", reason, places);
  }
  const inside = `${model} is processed in the US data zone only`;
  if (listed.confidence !== "low") return azureHosted("inside", inside, places);
  const id = `foundry:${region}`;
  const accepted = acceptanceOf(zone, id, today);
  if (accepted === undefined) {
    const reason = `that ${region} has the data zone rests on weak evidence; accept ${id} in the zone file with a date from ${azureCatalogue.compiled} to today, or use eastus2`;
    return { ...azureHosted("undecidable", reason, places), source: azureCatalogue.regionsSource };
  }
  return azureHosted(
    "inside",
    `${inside}; weak evidence for ${region} accepted by compliance on ${accepted.date}`,
    places,
  );
}

function listedRegion(region: string) {
  const { resourceRegions } = azureCatalogue;
  return Object.hasOwn(resourceRegions, region) ? resourceRegions[region] : undefined;
}

function notOffered(region: string): string {
  const known = Object.keys(azureCatalogue.resourceRegions).join(", ");
  return `Claude is not offered in ${region}: only ${known}`;
}

function acceptsAnywhere(zone: Zone): boolean {
  return zone.accepts?.includes("azure-anywhere") === true;
}

/** An acceptance older than the catalogue was given without having seen it. */
function acceptanceOf(zone: Zone, id: string, today: string): Acceptance | undefined {
  return zone.acceptances.find(
    (a) => a.id === id && a.date >= azureCatalogue.compiled && a.date <= today,
  );
}

function azureHosted(status: Status, reason: string, places: readonly Place[] = []): Verdict {
  return answer(status, reason, azureCatalogue.privacySource, "flagged content only", places);
}

function answer(
  status: Status,
  reason: string,
  source: Source,
  anthropicSees: AnthropicSees,
  places: readonly Place[] = [],
): Verdict {
  return { status, places, reason, source, anthropicSees };
}
