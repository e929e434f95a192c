import { googlePlaceVerdict } from "../residency/gcp/resting-places.ts";
import type { PlaceVerdict } from "../residency/place-verdict.ts";
import type { Zone } from "../residency/types.ts";
import {
  googleKind,
  googleToken,
  placeInputs,
  placeSpecs,
  type Reference,
  takesProvidersPlace,
} from "./google-places.ts";
import { textOf } from "./placement.ts";
import { valuesAt } from "./references.ts";
import { type Finding, fail, type Resource, type RuleContext, undecidable } from "./rule.ts";

/** A Google location and the words that say where it was read. */
export interface GooglePlace {
  readonly location: string;
  /** For example "`location` is US". */
  readonly words: string;
}

/** Where a resource rests, and what stands in the way of knowing it. Nothing at all: it has no place. */
export interface Placement {
  readonly places: readonly GooglePlace[];
  readonly findings: readonly Finding[];
}

const NO_SOURCES: ReadonlySet<string> = new Set();

/** The places a resource rests at: its own inputs, else its parent's, else Google's default, else its provider's. */
export function placementOf(resource: Resource, context: RuleContext): Placement {
  const kind = googleKind(resource.type);
  const { props, providerProps } = resource;
  const spec = placeSpecs[kind] ?? {};
  const { refused, placelessWhen } = spec;
  if (refused !== undefined && valuesAt(resource, refused.path, NO_SOURCES).length > 0) {
    return unplaced(fail(`\`${refused.path}\` is given: ${refused.reason}`));
  }
  if (placelessWhen !== undefined) {
    const value = textOf(props[placelessWhen.property]);
    if (value !== undefined && placelessWhen.values.includes(value)) return unplaced();
  }
  const places = [...placeInputs, ...(spec.places ?? [])].flatMap((path) =>
    valuesAt(resource, path, NO_SOURCES).flatMap((found) => placeAt(found.path, found.value)),
  );
  if (places.length > 0) return { places, findings: [] };
  if (spec.within !== undefined) return follow(resource, spec.within, context);
  if (spec.absent !== undefined) {
    const words = `\`location\` is absent, and Google's default is ${spec.absent}`;
    return { places: [{ location: spec.absent, words }], findings: [] };
  }
  if (takesProvidersPlace(kind)) {
    for (const property of ["region", "zone"]) {
      const location = textOf(providerProps?.[property]);
      if (location !== undefined) {
        const words = `its provider's \`${property}\` is ${location}`;
        return { places: [{ location, words }], findings: [] };
      }
    }
    return unplaced(undecidable("neither the resource nor its provider says where it is"));
  }
  const asked = spec.places?.[0]?.replace(/\.\*.*$/, "");
  return unplaced(
    undecidable(
      asked === undefined
        ? `no input says where it is, and no rule knows where ${kind} rests without one`
        : `\`${asked}\` is absent, so nothing bounds where its data is kept`,
    ),
  );
}

/** Where a reference leads: to the place it names, or to the resource of this stack it stands for. */
export function follow(
  resource: Resource,
  { property, holders }: Reference,
  context: RuleContext,
): Placement {
  const at = `\`${property}\``;
  const [found] = valuesAt(resource, property, typesOf({ holders }));
  if (found === undefined) return unplaced(undecidable(`${at} is absent`));
  if (found.sources.length > 0) {
    return merged(found.sources.map((source) => atHolder(at, source, context)));
  }
  const text = textOf(found.value);
  if (text === undefined) return unplaced(undecidable(`${at} is not text`));
  // What stands for no resource of Google, such as an address on the internet, names no location of Google's.
  const location = Object.keys(holders).length === 0 ? undefined : locationIn(text);
  if (location !== undefined) {
    return { places: [{ location, words: `${at} is in ${location}` }], findings: [] };
  }
  const name = text.split("/").at(-1) ?? "";
  const holder = Object.entries(holders)
    .flatMap(([kind, by]) => context.stack.findAll(new Set([googleToken(kind)]), by, name))
    .find((one) => isMeant(text, one));
  return holder === undefined
    ? unplaced(
        // What follows a question mark may be a token.
        undecidable(
          `${at} "${text.split("?")[0]}" is nothing this stack has created, so its place is not seen`,
        ),
      )
    : atHolder(at, holder, context);
}

/** Type tokens of the resources a reference may stand for. */
export function typesOf({ holders }: Pick<Reference, "holders">): ReadonlySet<string> {
  return new Set(Object.keys(holders).map(googleToken));
}

/** The location in a full resource name, for example `projects/p/locations/eu/keyRings/r`. */
export function locationIn(name: string): string | undefined {
  return /(?:^|\/)(?:projects|folders|organizations|billingAccounts)\/[^/]+\/(?:locations|regions|zones)\/([^/]+)/.exec(
    name,
  )?.[1];
}

/** Findings for places that are not inside the zone. */
export function judgePlaces(zone: Zone, places: readonly GooglePlace[]): readonly Finding[] {
  return places.flatMap(({ location, words }) =>
    findingsOf(words, googlePlaceVerdict(zone, location)),
  );
}

/** No finding for `inside`; the reason, led by the words, for anything else. */
export function findingsOf(words: string, { status, reason }: PlaceVerdict): readonly Finding[] {
  if (status === "inside") return [];
  const message = `${words}: ${reason}`;
  return [status === "outside" ? fail(message) : undecidable(message)];
}

/** A place an input names; none where it names nothing. */
export function placeAt(path: string, value: unknown): readonly GooglePlace[] {
  const text = textOf(value);
  if (text === undefined) return [];
  // A region may be given as its URL: .../regions/europe-west1
  const location = text.split("/").at(-1) ?? text;
  return [{ location, words: `\`${path}\` is ${location}` }];
}

function atHolder(at: string, holder: Resource, context: RuleContext): Placement {
  const { places, findings } = placementOf(holder, context);
  const lead = `${at} is ${holder.name}: `;
  return {
    places: places.map(({ location, words }) => ({ location, words: `${lead}${words}` })),
    findings: findings.map((finding) => ({ ...finding, message: `${lead}${finding.message}` })),
  };
}

/** Names are unique in a project only: a reference that names another project means another resource. */
function isMeant(reference: string, { props, providerProps }: Resource): boolean {
  const project = /(?:^|\/)projects\/([^/]+)/.exec(reference)?.[1];
  if (project === undefined) return true;
  return project === (textOf(props.project) ?? textOf(providerProps?.project));
}

function merged(placements: readonly Placement[]): Placement {
  return {
    places: placements.flatMap(({ places }) => places),
    findings: placements.flatMap(({ findings }) => findings),
  };
}

function unplaced(...findings: readonly Finding[]): Placement {
  return { places: [], findings };
}
