import { googlePlaceVerdict } from "../../residency/gcp/resting-places.ts";
import { setsConstraint } from "../gcp-organization-policy.ts";
import { judgeLocationPolicy } from "../google-location-policy.ts";
import {
  findingsOf,
  follow,
  type GooglePlace,
  judgePlaces,
  locationIn,
  placeAt,
  placementOf,
  typesOf,
} from "../google-placement.ts";
import {
  freeMap,
  googleKind,
  googleToken,
  isPlaceless,
  keyTypes,
  nestedPlaceInput,
  placeInputs,
  placeSpecs,
  type Target,
} from "../google-places.ts";
import { leavesOf } from "../leaves.ts";
import { valuesAt } from "../references.ts";
import { defineRule, type Finding, fail, type Resource, type RuleContext } from "../rule.ts";
import { orNotProven } from "../unknown.ts";

const KEY = /projects\/[^/\s"]+\/locations\/[^/\s"]+\/keyRings\/[^/\s"]+\/cryptoKeys\/[^/\s"]+/g;
/** Inputs that name a key of Cloud KMS, whatever the type calls them. */
const KEY_INPUT = /(?:kmsKey|encryptionKey|cryptoKey)/i;
const keyTokens: ReadonlySet<string> = new Set(keyTypes.map(googleToken));

/** Every Google resource that holds data or keys rests inside the zone, as do its key and what it sends data to. */
export const googleDataStaysInTheZone = defineRule({
  name: "google-data-stays-in-the-zone",
  description: "Google resources, their keys and the targets of their logs are inside the zone.",
  remediation:
    "Set the location (not `global`), each copy's location, and a key in the same place. A sink's target must belong to the stack and be created first, or name its location.",
  scope: "stack",
  appliesTo: (type) =>
    setsConstraint(type) || (type.startsWith("gcp:") && !isPlaceless(googleKind(type))),
  judge(resource, context) {
    if (setsConstraint(resource.type)) {
      return orNotProven(() => judgeLocationPolicy(resource, context));
    }
    const { sendsTo = [], within, keepsNothing } = placeSpecs[googleKind(resource.type)] ?? {};
    const ownPlaces: GooglePlace[] = [];
    const restsInside = () => {
      if (keepsNothing) return [];
      const { places, findings } = placementOf(resource, context);
      ownPlaces.push(...places);
      return [...findings, ...judgePlaces(context.zone, places)];
    };
    return [
      ...orNotProven(restsInside),
      ...sendsTo.flatMap((target) => orNotProven(() => judgeTarget(resource, target, context))),
      ...nestedFindings(resource, context),
      ...keyFindings(resource, within?.property, ownPlaces, context),
    ];
  },
});

function judgeTarget(resource: Resource, target: Target, context: RuleContext): readonly Finding[] {
  if (!target.required && valuesAt(resource, target.property, typesOf(target)).length === 0) {
    return [];
  }
  const { places, findings } = follow(resource, target, context);
  return [...findings, ...judgePlaces(context.zone, places)];
}

/** Backups, replicas and nodes may rest elsewhere than the resource itself. */
function nestedFindings(resource: Resource, { zone }: RuleContext): readonly Finding[] {
  const { places = [] } = placeSpecs[googleKind(resource.type)] ?? {};
  const judged = [...placeInputs, ...places].map((path) => path.replace(/\*.*$/, ""));
  return leavesOf(resource.props)
    .filter(({ path }) => nestedPlaceInput.test(path) && !freeMap.test(path))
    .filter(({ path }) => !judged.some((root) => root.endsWith(".") && path.startsWith(root)))
    .flatMap(({ path, text }): readonly Finding[] =>
      text === undefined
        ? [{ status: "not-proven", message: `\`${path}\` is not known yet` }]
        : judgePlaces(zone, placeAt(path, text)),
    );
}

function keyFindings(
  resource: Resource,
  judged: string | undefined,
  ownPlaces: readonly GooglePlace[],
  context: RuleContext,
): readonly Finding[] {
  // A key names its ring, not a key it is encrypted with.
  if (keyTokens.has(resource.type)) return [];
  return leavesOf(resource.props).flatMap(({ path, text }) => {
    if (path === judged) return [];
    if (text !== undefined) {
      return [...text.matchAll(KEY)].flatMap(([key]) => {
        const location = locationIn(key) ?? "";
        return judgeKey({ location, words: `\`${path}\` is a key in ${location}` });
      });
    }
    return KEY_INPUT.test(path) ? orNotProven(() => judgeSources(path)) : [];
  });

  /** At preview a new key's name is not known: the key itself is judged instead. */
  function judgeSources(path: string): readonly Finding[] {
    const [property = path] = path.split(".");
    const sources = resource.dependenciesOf(property).filter(({ type }) => keyTokens.has(type));
    if (sources.length === 0) {
      return [{ status: "not-proven", message: `\`${path}\` is not known yet` }];
    }
    return sources.flatMap((source) => {
      const { places, findings } = placementOf(source, context);
      const lead = `\`${path}\` is ${source.name}: `;
      return [
        ...findings.map((finding) => ({ ...finding, message: lead + finding.message })),
        ...places.flatMap(({ location, words }) => judgeKey({ location, words: lead + words })),
      ];
    });
  }

  function judgeKey(key: GooglePlace): readonly Finding[] {
    const findings = findingsOf(key.words, googlePlaceVerdict(context.zone, key.location));
    const [own, ...others] = ownPlaces;
    const spread = others.some(({ location }) => location !== own?.location);
    // Copies in several places cannot all share a place with one key.
    if (findings.length > 0 || own === undefined || spread) return findings;
    return sameHome(own.location, key.location)
      ? []
      : [fail(`${key.words}, but the resource rests elsewhere: ${own.words}`)];
  }
}

/** A zone of a region (`europe-west1-b`) uses that region's keys. */
function sameHome(own: string, key: string): boolean {
  const region = own.toLowerCase().replace(/-[a-z]$/, "");
  return region === key.toLowerCase();
}
