import { countriesOf } from "../countries.ts";
import { type PlaceVerdict, partitionVerdict } from "../place-verdict.ts";
import type { Acceptance, Place, Source, Status, Verdict, Zone } from "../types.ts";
import {
  countsTokens,
  findVertexLocation,
  findVertexModel,
  gcpCatalogue,
  type VertexModel,
} from "./vertex.ts";

/** One question about one Vertex route. */
export interface VertexQuery {
  readonly zone: Zone;
  readonly provider: "vertex";
  /** Location whose endpoint is called: `eu`, `us`, `global` or a region. */
  readonly region: string;
  /** Publisher model id, for example `claude-opus-5-5`. */
  readonly model: string;
  /** ISO date that decides what may be retired and which acceptances are valid. */
  readonly today: string;
}

/**
 * May this model, called at this location, be used in this zone?
 * Total: any text gets an answer, and what cannot be proven is `undecidable`.
 */
export function vertexVerdict(query: VertexQuery): Verdict {
  const result = judge(query);
  const alternative = result.status === "inside" ? undefined : nearestInside(query);
  return alternative === undefined ? result : { ...result, alternative };
}

/** Where a location processes, whatever the model. */
export function locationVerdict(zone: Zone, location: string): PlaceVerdict {
  const partition = partitionVerdict(zone, "Google");
  if (partition !== undefined) return partition;
  const found = findVertexLocation(location);
  if (found === undefined) {
    // `global` is an endpoint too, but no choice.
    const known = Object.entries(gcpCatalogue.locations)
      .filter(([, { jurisdiction }]) => jurisdiction !== null)
      .map(([name]) => name)
      .join(", ");
    return {
      status: "undecidable",
      reason: `Google lists no Claude endpoint at "${location}", only at ${known}`,
    };
  }
  const { jurisdiction } = found;
  if (jurisdiction === null) {
    return { status: "outside", reason: `${location} promises no place of processing` };
  }
  return jurisdictionVerdict(zone, location, jurisdiction);
}

function judge(query: VertexQuery): Verdict {
  const { zone, region: location, model: modelId } = query;
  const there = locationVerdict(zone, location);
  if (there.status !== "inside") {
    return answer(there.status, there.reason, gcpCatalogue.modelsSource, placesAt(location));
  }
  const model = findVertexModel(modelId);
  if (model === undefined) {
    return answer("undecidable", unlisted(modelId), gcpCatalogue.modelsSource);
  }
  const jurisdiction = Object.hasOwn(model.locations, location)
    ? model.locations[location]
    : undefined;
  if (jurisdiction === undefined) {
    const served = Object.keys(model.locations);
    const where = served.length === 0 ? "no location is known" : `only ${served.join(", ")}`;
    const reason = `${modelId} is not known to be served at ${location}: ${where}`;
    return answer("undecidable", reason, model.source);
  }
  // A model card may promise another jurisdiction than the location's page; both must fit.
  const card = jurisdictionVerdict(zone, location, jurisdiction);
  if (card.status !== "inside") {
    return answer(card.status, card.reason, model.source, placesAt(location));
  }
  return judgeModel(query, model, `${modelId} at ${card.reason}`);
}

/** The place is fine; what is kept of the content, and how sure the facts are, decides now. */
function judgeModel(
  { zone, region: location, today }: VertexQuery,
  model: VertexModel,
  inside: string,
): Verdict {
  const { modelId } = model;
  const places = placesAt(location);
  const accepted = acceptanceOf(zone, modelId, today);
  const kept = keptText(model);
  const doubts = doubtsAbout(model, today);
  const anthropicSees = model.retention === "shared-with-anthropic" ? "content" : "none";
  if (kept !== undefined && accepted === undefined) {
    const reason = `${modelId} ${kept}: outside every zone that does not accept it by name`;
    return { ...answer("outside", reason, gcpCatalogue.retentionSource, places), anthropicSees };
  }
  if (doubts.length > 0 && accepted === undefined) {
    const reason =
      `${doubts.join("; ")}; accept ${modelId} in the zone file by name with a date ` +
      `from ${gcpCatalogue.compiled} to today`;
    return { ...answer("undecidable", reason, model.source, places), anthropicSees };
  }
  const noted = [...(kept === undefined ? [] : [`${modelId} ${kept}`]), ...doubts];
  const reason =
    accepted === undefined || noted.length === 0
      ? inside
      : `${inside}; ${noted.join("; ")}, accepted by compliance on ${accepted.date}`;
  const caveats = caveatsAt(location);
  return {
    ...answer("inside", reason, model.source, places),
    anthropicSees,
    ...(caveats.length > 0 ? { caveats } : {}),
  };
}

function unlisted(id: string): string {
  const dated = gcpCatalogue.models.find((m) => m.modelId.startsWith(`${id}@`))?.modelId;
  const hint = dated === undefined ? "" : `; Anthropic lists it as ${dated}`;
  return `${id} is not in the catalogue of ${gcpCatalogue.compiled}${hint}`;
}

function keptText({ retention }: VertexModel): string | undefined {
  switch (retention) {
    case "ordinary":
      return undefined;
    case "kept-by-google":
      return "has its prompts and answers kept by Google for up to 30 days";
    case "shared-with-anthropic":
      return "has its prompts and answers kept by Google for up to 30 days and shared with Anthropic";
  }
}

function doubtsAbout(model: VertexModel, today: string): string[] {
  const { modelId, confidence, retireNotBefore, source } = model;
  return [
    ...(confidence === "low" ? [`${modelId} rests on weak evidence (${source.url})`] : []),
    ...(retireNotBefore === null || retireNotBefore <= today
      ? [`${modelId} may be retired${retireNotBefore === null ? "" : ` since ${retireNotBefore}`}`]
      : []),
  ];
}

/** An acceptance older than the catalogue was given without having seen it. */
function acceptanceOf(zone: Zone, id: string, today: string): Acceptance | undefined {
  return zone.acceptances.find(
    (a) => a.id === id && a.date >= gcpCatalogue.compiled && a.date <= today,
  );
}

function jurisdictionVerdict(zone: Zone, location: string, jurisdiction: string): PlaceVerdict {
  const strange = countriesOf(jurisdiction).filter((c) => !zone.countries.includes(c));
  const promise = `${location} is promised to stay in ${jurisdiction}`;
  if (strange.length === 0) return { status: "inside", reason: promise };
  return {
    status: "outside",
    reason: `${promise} and no narrower, which goes beyond zone ${zone.id} (${strange.join(", ")})`,
  };
}

/** What an "inside" at this location still does not promise. */
function caveatsAt(location: string): string[] {
  const tls = findVertexLocation(location)?.tlsEndsInJurisdiction === true;
  return [
    ...(tls ? [] : [`TLS is not promised to end in the geography at ${location}`]),
    ...(countsTokens(location)
      ? []
      : [`count-tokens is not served at ${location}: counting there fails or leaves it`]),
  ];
}

function placesAt(location: string): Place[] {
  const found = findVertexLocation(location);
  return found === undefined
    ? []
    : [{ region: location, country: found.jurisdiction ?? undefined }];
}

/** The nearest choice at Google: this model elsewhere, else the newest of its family, else the newest; here first. */
function nearestInside({ zone, model, region, today }: VertexQuery): string | undefined {
  const far = (choice: { readonly model: string; readonly location: string }) =>
    Number(undated(choice.model) !== undated(model)) * 4 +
    Number(familyOf(choice.model) !== familyOf(model)) * 2 +
    Number(choice.location !== region);
  // Sorting is stable, and choices come newest first.
  const [nearest] = vertexChoices(zone, today).toSorted((a, b) => far(a) - far(b));
  return nearest && `${nearest.model} at ${nearest.location}`;
}

function undated(model: string): string {
  return model.split("@")[0] ?? model;
}

/** `opus` of `claude-opus-5-5`, also of an id nobody lists. */
function familyOf(model: string): string | undefined {
  return /(?:^|-)(opus|sonnet|haiku|fable)(?:-|$)/.exec(model)?.[1];
}

interface VertexChoice {
  readonly model: string;
  readonly location: string;
}

/** Every refusal names what would be inside: the same list for a zone and a day. */
const choicesOf = new WeakMap<Zone, Map<string, readonly VertexChoice[]>>();

/** Every (model, location) that is inside a zone, newest models first, widest location first. */
export function vertexChoices(zone: Zone, today: string): readonly VertexChoice[] {
  const days = choicesOf.get(zone) ?? new Map<string, readonly VertexChoice[]>();
  choicesOf.set(zone, days);
  const known = days.get(today) ?? findChoices(zone, today);
  days.set(today, known);
  return known;
}

function findChoices(zone: Zone, today: string): readonly VertexChoice[] {
  return gcpCatalogue.models.flatMap(({ modelId, locations }) =>
    Object.keys(locations)
      .filter(
        (region) =>
          judge({ zone, provider: "vertex", region, model: modelId, today }).status === "inside",
      )
      .map((location) => ({ model: modelId, location })),
  );
}

function answer(
  status: Status,
  reason: string,
  source: Source,
  places: readonly Place[] = [],
): Verdict {
  // Vertex is operated by Google; only advanced-AI models are shared, and the caller says so.
  return { status, places, reason, source, anthropicSees: "none" };
}
