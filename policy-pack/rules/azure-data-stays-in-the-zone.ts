import { azureRegionName } from "../../residency/azure/foundry.ts";
import { GROUP_LOCATION } from "../arm-expression.ts";
import { madeBy } from "../arm-template.ts";
import {
  type AzurePlace,
  type AzurePlacement,
  atHolder,
  byName,
  groupPlacement,
  idPlacement,
  judgePlaces,
  placementOf,
} from "../azure-placement.ts";
import {
  copySettings,
  freeMap,
  isPlaceless,
  keyInput,
  keyKinds,
  ownTargetInput,
  pairOf,
  placeInput,
  targetInput,
  targetKinds,
  vaultPairOf,
} from "../azure-places.ts";
import { azureKind, isAzure } from "../azure-types.ts";
import {
  type AzureView,
  isNotKnown,
  leavesIn,
  setting,
  settled,
  shown,
  sourcesOf,
  type ViewLeaf,
} from "../azure-view.ts";
import { textOf } from "../placement.ts";
import { defineRule, type Finding, type RuleContext, undecidable } from "../rule.ts";

/** Every Azure resource that holds data or keys rests inside the zone, with its copies, its key and its targets. */
export const azureDataStaysInTheZone = defineRule({
  name: "azure-data-stays-in-the-zone",
  description:
    "Azure resources, their copies, their keys and the targets of their logs are inside the zone.",
  remediation:
    "Set the location (not `global`), a redundancy that copies to no region outside (LRS or ZRS), and a key and targets of this run, created first.",
  scope: "stack",
  appliesTo: (type) => isAzure(type) && !azureKind(type).startsWith("authorization/"),
  judge: (resource, context) =>
    madeBy(resource).views.flatMap((view) => [
      ...(isPlaceless(view.kind) ? [] : placeFindings(view, context)),
      ...leavesIn(view).flatMap((leaf) => leafFindings(view, leaf, context)),
    ]),
});

function placeFindings(view: AzureView, context: RuleContext): readonly Finding[] {
  return settled(view, () => {
    const { places, findings } = placementOf(view, context);
    return [
      ...findings,
      ...places.flatMap((place) => {
        const outside = judgePlaces(context, [place]);
        return outside.length > 0 ? outside : copyFindings(view, place, context);
      }),
    ];
  });
}

/** Data that rests inside may be copied to a region outside. */
function copyFindings(
  view: AzureView,
  { location }: AzurePlace,
  context: RuleContext,
): readonly Finding[] {
  const region = azureRegionName(location);
  if (view.kind === "keyvault/Vault") {
    return judgeCopies("Azure copies its contents", vaultPairOf(region), region, context);
  }
  const copy = Object.hasOwn(copySettings, view.kind) ? copySettings[view.kind] : undefined;
  if (copy === undefined) return [];
  const { unless } = copy;
  if (unless?.is.test(textOf(setting(view, unless.path)) ?? "") === true) return [];
  const at = shown(view, copy.path);
  const given = setting(view, copy.path);
  const value = textOf(given ?? copy.absent);
  if (value === undefined) {
    return [undecidable(`${at} is absent: whether data is copied to another region is not seen`)];
  }
  if (copy.stays.test(value)) return [];
  const words = given === undefined ? `${at} is absent, which is ${value}` : `${at} is ${value}`;
  return judgeCopies(words, pairOf(region), region, context);
}

function judgeCopies(
  words: string,
  pair: readonly string[] | undefined,
  region: string,
  context: RuleContext,
): readonly Finding[] {
  if (pair === undefined) {
    return [undecidable(`${words}: no dated source says which region ${region} is copied to`)];
  }
  return judgePlaces(
    context,
    pair.map((location) => ({
      location,
      words: `${words}, and ${region} is copied to ${location}`,
    })),
  );
}

/** Replicas, targets and keys, wherever in a resource they are named. */
function leafFindings(view: AzureView, leaf: ViewLeaf, context: RuleContext): readonly Finding[] {
  const { path } = leaf;
  const own = Object.hasOwn(ownTargetInput, view.kind) ? ownTargetInput[view.kind] : undefined;
  const judge = (place: () => AzurePlacement) =>
    settled(view, () => {
      const { places, findings } = place();
      return [...findings, ...judgePlaces(context, places)];
    });
  if (targetInput.test(path) || own?.test(path)) {
    return judge(() => targetPlacement(view, leaf, context));
  }
  if (keyInput.test(path) && !view.kind.startsWith("keyvault/")) {
    return judge(() => keyPlacement(view, leaf, context));
  }
  if (/(?:^|\.)marketplacePartnerId$/i.test(path)) {
    return settled(view, () => [
      undecidable(`\`${path}\` names a partner, whose place is not seen`),
    ]);
  }
  // Where it rests itself is judged above.
  if (
    path.toLowerCase() === "location" ||
    !placeInput.test(path) ||
    freeMap.test(path) ||
    isPlaceless(view.kind)
  ) {
    return [];
  }
  return judge(() => {
    const location = leaf.text();
    if (location === GROUP_LOCATION) return groupPlacement(view, `\`${path}\``, context);
    const places = location ? [{ location, words: `\`${path}\` is ${location}` }] : [];
    return { places, findings: [] };
  });
}

function targetPlacement(view: AzureView, leaf: ViewLeaf, context: RuleContext): AzurePlacement {
  return orSources(view, leaf, targetKinds, context, (id) =>
    idPlacement(view, `\`${leaf.path}\``, id, context),
  );
}

function keyPlacement(view: AzureView, leaf: ViewLeaf, context: RuleContext): AzurePlacement {
  const at = `\`${leaf.path}\``;
  return orSources(view, leaf, keyKinds, context, (address) => {
    const host = URL.parse(address)?.hostname ?? "";
    const [, name, service] = /^([a-z0-9-]+)\.(vault|managedhsm)\.azure\.net$/.exec(host) ?? [];
    if (name === undefined) {
      return { places: [], findings: [undecidable(`${at} is not the address of a key vault`)] };
    }
    const kind = service === "vault" ? "keyvault/Vault" : "keyvault/ManagedHsm";
    return byName(view, at, kind, name, context);
  });
}

/** What a text names, or at preview, while it is not known, the resources it comes from. */
function orSources(
  view: AzureView,
  { path, text }: ViewLeaf,
  kinds: readonly string[],
  context: RuleContext,
  place: (text: string) => AzurePlacement,
): AzurePlacement {
  let known: string | undefined;
  try {
    known = text();
  } catch (error) {
    const sources = isNotKnown(error) ? sourcesOf(view, path, kinds) : [];
    if (sources.length === 0) throw error;
    const placements = sources.map((source) => atHolder(`\`${path}\``, source, context));
    return {
      places: placements.flatMap(({ places }) => places),
      findings: placements.flatMap(({ findings }) => findings),
    };
  }
  return known === undefined || known === "" ? { places: [], findings: [] } : place(known);
}
