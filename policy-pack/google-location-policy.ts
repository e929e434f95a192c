import { googlePlaceVerdict } from "../residency/gcp/resting-places.ts";
import { constraintOf, inForce } from "./gcp-organization-policy.ts";
import { findingsOf } from "./google-placement.ts";
import { type Finding, fail, type Resource, type RuleContext } from "./rule.ts";

const LOCATIONS = "gcp.resourceLocations";

/**
 * What an organization policy lets be made outside the zone. A policy of denied values only narrows; one in dry run
 * opens nothing. A constraint that is absent is reported by `vertex-content-is-not-shared`.
 * https://docs.cloud.google.com/organization-policy/restrict-locations (read 2026-11-21)
 */
export function judgeLocationPolicy(resource: Resource, { zone }: RuleContext): readonly Finding[] {
  if (constraintOf(resource) !== LOCATIONS) return [];
  const policy = inForce(resource);
  if (policy === undefined) return [];
  if (policy.reset) {
    return [fail(`${LOCATIONS} is set back to the default, which allows every location`)];
  }
  return policy.rules.flatMap(({ path, allowAll, allowed }) => [
    ...(allowAll ? [fail(`\`${path}\` allows every location`)] : []),
    ...allowed.flatMap((value) =>
      findingsOf(`\`${path}\` allows "${value}"`, googlePlaceVerdict(zone, placeOf(value))),
    ),
  ]);
}

/** `europe-west3` of `is:europe-west3` and of the value group `in:europe-west3-locations`. */
function placeOf(value: string): string {
  return /^in:(.+)-locations$/.exec(value)?.[1] ?? value.replace(/^is:/, "");
}
