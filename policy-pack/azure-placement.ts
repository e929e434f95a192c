import { azurePlaceVerdict } from "../residency/azure/resting-places.ts";
import { GROUP_LOCATION } from "./arm-expression.ts";
import { madeBy } from "./arm-template.ts";
import { mayBePlaceless, type Parent, parentOf } from "./azure-places.ts";
import { azureKind, azureToken, namePropertyOf, parseArmId } from "./azure-types.ts";
import { type AzureView, isNotKnown, read, readText, sourcesOf } from "./azure-view.ts";
import { textOf } from "./placement.ts";
import { type Finding, fail, type Resource, type RuleContext, undecidable } from "./rule.ts";

/** A region and the words that say where it was read. */
export interface AzurePlace {
  readonly location: string;
  /** For example "`location` is eastus". */
  readonly words: string;
}

/** Where a resource rests, and what stands in the way of knowing it. Nothing at all: it has no place. */
export interface AzurePlacement {
  readonly places: readonly AzurePlace[];
  readonly findings: readonly Finding[];
}

const GROUP = "resources/ResourceGroup";
const nowhere: AzurePlacement = { places: [], findings: [] };

/** Where a resource rests: its own location, else its parent's, else what the provider fills in. Throws what is hidden. */
export function placementOf(view: AzureView, context: RuleContext): AzurePlacement {
  const parent = parentOf(view.kind);
  let own: string | undefined;
  try {
    own = readText(view, "location");
  } catch (error) {
    // Azure's provider fills the location in, but not while it does not know the group's name.
    if (!isNotKnown(error) || view.names !== undefined) throw error;
    const named = sourcesOf(view, "location", [GROUP]);
    const others = view.host.dependenciesOf("location").length - named.length;
    const groups = named.length > 0 ? named : sourcesOf(view, "resourceGroupName", [GROUP]);
    if (others > 0 || groups.length === 0) throw error;
    return merged(groups.map((group) => atHolder("its group", group, context)));
  }
  if (own === GROUP_LOCATION) return groupPlacement(view, "its group", context);
  if (own !== undefined)
    return { places: [{ location: own, words: `\`location\` is ${own}` }], findings: [] };
  if (parent !== undefined && isChild(view, parent)) return parentPlacement(view, parent, context);
  if (mayBePlaceless(view.kind)) return nowhere;
  if (view.names === undefined && read(view, "resourceGroupName") !== undefined) {
    return defaultPlacement(view, context);
  }
  const asked = `no input says where it is, and no rule knows where ${view.kind} rests without one`;
  return unplaced(undecidable(asked));
}

function isChild(view: AzureView, parent: Parent): boolean {
  return view.isChild ?? Object.hasOwn(view.body, parent.property);
}

/** The provider's location, else the group's: so does the provider fill it in. */
function defaultPlacement(view: AzureView, context: RuleContext): AzurePlacement {
  const location = textOf(view.host.providerProps?.location);
  return location === undefined
    ? groupPlacement(view, "`location` is absent, and its group", context)
    : { places: [{ location, words: `its provider's \`location\` is ${location}` }], findings: [] };
}

/** Where the resource group rests that a resource is part of. */
export function groupPlacement(
  view: AzureView,
  lead: string,
  context: RuleContext,
): AzurePlacement {
  if (view.group !== undefined) return byName(view, lead, GROUP, view.group(), context);
  let name: string | undefined;
  try {
    name = textOf(view.host.props.resourceGroupName);
  } catch (error) {
    if (!isNotKnown(error)) throw error;
    const groups = view.host
      .dependenciesOf("resourceGroupName")
      .filter(({ type }) => type === azureToken(GROUP));
    if (groups.length === 0) throw error;
    return merged(groups.map((group) => atHolder(lead, group, context)));
  }
  return name === undefined
    ? unplaced(undecidable(`${lead} is not named`))
    : byName(view, lead, GROUP, name, context);
}

/** Where a child's parent rests; the parent has to be part of the run. */
export function parentPlacement(
  view: AzureView,
  { property, kind }: Parent,
  context: RuleContext,
): AzurePlacement {
  const at = `\`${view.fullName === undefined ? property : "name"}\``;
  let name: string | undefined;
  try {
    name = view.fullName === undefined ? readText(view, property) : view.fullName()[0];
  } catch (error) {
    if (!isNotKnown(error)) throw error;
    const sources = sourcesOf(view, property, [kind]);
    if (sources.length === 0) throw error;
    return merged(sources.map((source) => atHolder(at, source, context)));
  }
  return name === undefined || name === ""
    ? unplaced(undecidable(`${at} is absent`))
    : byName(view, at, kind, name, context);
}

/** Where the resource an ARM id names rests; one the run does not make is not seen. */
export function idPlacement(
  view: AzureView,
  at: string,
  id: string,
  context: RuleContext,
): AzurePlacement {
  const parsed = parseArmId(id);
  return parsed === undefined
    ? unplaced(undecidable(`${at} "${id}" is not the id of a resource`))
    : byName(view, at, parsed.kind, parsed.name, context, parsed.resourceGroup);
}

/** Where the resource of a name rests: one of the same template, or one of the program. */
export function byName(
  view: AzureView,
  at: string,
  kind: string,
  name: string,
  context: RuleContext,
  group?: string,
): AzurePlacement {
  const same = (text: string | undefined) => text?.toLowerCase() === name.toLowerCase();
  const sibling = view
    .siblings()
    .find((one) => one.kind === kind && one.fullName !== undefined && same(knownName(one)));
  if (sibling !== undefined) return led(at, name, placementOf(sibling, context));
  const property = namePropertyOf(kind);
  const holders =
    property === undefined
      ? []
      : context.stack.findAll(new Set([azureToken(kind)]), property, name);
  const meant = holders.filter((holder) => isIn(group, holder));
  return meant.length === 0
    ? unplaced(
        undecidable(`${at} "${name}" is nothing this run has made, so its place is not seen`),
      )
    : merged(meant.map((holder) => atHolder(at, holder, context)));
}

function knownName(view: AzureView): string | undefined {
  try {
    return view.fullName?.().join("/");
  } catch {
    // A name nobody can read yet is not the one that is looked for.
    return undefined;
  }
}

/** Names are unique in a group only. */
function isIn(group: string | undefined, { props }: Resource): boolean {
  if (group === undefined) return true;
  try {
    return textOf(props.resourceGroupName)?.toLowerCase() === group.toLowerCase();
  } catch (error) {
    if (isNotKnown(error)) return true;
    throw error;
  }
}

/** Where a resource of the program rests, led by what names it. */
export function atHolder(at: string, holder: Resource, context: RuleContext): AzurePlacement {
  const [view] = madeBy(holder).views;
  return view === undefined || azureKind(holder.type) !== view.kind
    ? unplaced(undecidable(`${at} is ${holder.name}, whose place is not seen`))
    : led(at, holder.name, placementOf(view, context));
}

/** Findings for places that are not inside the zone. */
export function judgePlaces(
  { zone }: Pick<RuleContext, "zone">,
  places: readonly AzurePlace[],
): readonly Finding[] {
  return places.flatMap(({ location, words }) => {
    const { status, reason } = azurePlaceVerdict(zone, location);
    if (status === "inside") return [];
    const message = `${words}: ${reason}`;
    return [status === "outside" ? fail(message) : undecidable(message)];
  });
}

function led(at: string, name: string, { places, findings }: AzurePlacement): AzurePlacement {
  const lead = `${at} is ${name}: `;
  return {
    places: places.map(({ location, words }) => ({ location, words: lead + words })),
    findings: findings.map((finding) => ({ ...finding, message: lead + finding.message })),
  };
}

function merged(placements: readonly AzurePlacement[]): AzurePlacement {
  return {
    places: placements.flatMap(({ places }) => places),
    findings: placements.flatMap(({ findings }) => findings),
  };
}

function unplaced(...findings: readonly Finding[]): AzurePlacement {
  return { places: [], findings };
}
