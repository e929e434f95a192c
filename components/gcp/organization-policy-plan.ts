import { countriesOf } from "../../residency/countries.ts";
import { googlePlacesOf, googlePlaceVerdict } from "../../residency/gcp/resting-places.ts";
import type { Zone } from "../../residency/types.ts";

/** One rule of a policy; Google writes its switches as text. */
export type PolicyRule =
  | { readonly enforce: "TRUE" }
  | { readonly denyAll: "TRUE" }
  | { readonly values: { readonly allowedValues: readonly string[] } }
  | { readonly values: { readonly deniedValues: readonly string[] } };

/** One organization policy as it will be set. */
export interface PlannedPolicy {
  /** Without `constraints/`. */
  readonly constraint: string;
  readonly rule: PolicyRule;
  /** Whether rules set above stay. Only lists have it; absent means that this rule replaces them. */
  readonly inheritFromParent?: true;
  /** Whether Google takes it as a dry run; any other is refused there. */
  readonly canDryRun: boolean;
  /** One sentence. */
  readonly does: string;
  /** One sentence. */
  readonly doesNot: string;
}

/** What the policies are made from. */
export interface PolicyQuestion {
  readonly zone: Zone;
  readonly dataRegion: string;
  readonly models: readonly string[];
  readonly scope: "project" | "folder" | "organization";
}

/**
 * The policies of a route, in the order they matter.
 *
 * Dry runs: Google takes them for managed and custom constraints and a few older ones, and answers anything else
 * with an error ([dry run](https://docs.cloud.google.com/organization-policy/test-policies), read 2026-11-21).
 * That `restrictEndpointUsage` is among those is from its own page, which recommends it; that the three lists of
 * models, features and locations are not is the cautious reading (medium).
 */
export function plannedPolicies(question: PolicyQuestion): readonly PlannedPolicy[] {
  return [
    {
      // https://docs.cloud.google.com/docs/security/compliance/restrict-endpoint-usage (read 2026-11-21). The
      // value for Agent Platform is not on that page; third parties use it (medium). Denials add up, so those
      // set above stay.
      constraint: "gcp.restrictEndpointUsage",
      rule: { values: { deniedValues: ["aiplatform.googleapis.com"] } },
      inheritFromParent: true,
      canDryRun: true,
      does: "Refuses requests to the global host of Agent Platform, which promises no place of processing: the control Google names for it.",
      doesNot:
        "Does not choose among regions, and its exact value for Agent Platform is not documented: call the global host once and see it refused.",
    },
    {
      // https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/control-model-access (2026-08)
      constraint: "vertexai.allowedModels",
      rule: { values: { allowedValues: modelValues(question.models) } },
      canDryRun: false,
      does: "Lets only the route's models and token counting answer; a model that keeps or shares content stays shut.",
      doesNot: "Does not name a place: a listed model is allowed at every location.",
    },
    {
      // Same page. A list of denied values would open every feature that it does not name.
      constraint: "vertexai.allowedPartnerModelFeatures",
      rule: { denyAll: "TRUE" },
      canDryRun: false,
      does: "Shuts every extra feature of partner models, web_search first, whose queries leave for a third party.",
      doesNot:
        "Does not stop tools that run on the laptop; structured_outputs is shut as well, as it is by default.",
    },
    {
      // https://docs.cloud.google.com/organization-policy/restrict-locations (read 2026-11-21)
      constraint: "gcp.resourceLocations",
      rule: { values: { allowedValues: locationValues(question) } },
      canDryRun: false,
      does: "Refuses new keys, datasets, log buckets and other resources with a location elsewhere.",
      doesNot:
        "Does not reach calls to Claude (medium), resources without a location, or anything that exists already; it is no promise about data at rest.",
    },
    {
      // https://docs.cloud.google.com/iam/docs/service-account-overview (read 2026-11-21). The managed form of
      // iam.disableServiceAccountKeyCreation, because only that can be tried in a dry run.
      constraint: "iam.managed.disableServiceAccountKeyCreation",
      rule: { enforce: "TRUE" },
      canDryRun: true,
      does: "Refuses new keys of service accounts, so that nobody calls Claude with a file.",
      doesNot: "Does not revoke keys that exist.",
    },
  ];
}

/**
 * The page shows ids without their date, requests name them with it: both spellings of a dated id are allowed.
 * Without token counting an allowed model fails in ways that do not name the policy.
 */
function modelValues(models: readonly string[]): string[] {
  const spellings = models.flatMap((model) => [model, model.replace(/@.*$/, "")]);
  return [...new Set([...spellings, "count-tokens"])]
    .sort()
    .map((model) => `publishers/anthropic/models/${model}:predict`);
}

/**
 * In the route's own project its data region and nothing else. Above it other projects need the whole zone:
 * Google's value groups where a group lies in the zone, else the zone's regions one by one. `in:europe-locations`
 * is never used: it holds London and Zurich.
 */
function locationValues({ zone, dataRegion, scope }: PolicyQuestion): string[] {
  if (scope === "project") return [`in:${dataRegion}-locations`];
  const groups = [
    { group: "eu", countries: countriesOf("EU") },
    { group: "us", countries: countriesOf("US") },
  ].filter(({ group, countries }) => covers(zone, group, countries));
  const grouped: Zone = { ...zone, countries: groups.flatMap(({ countries }) => countries) };
  const rest = googlePlacesOf(zone).filter(
    (place) =>
      /^[a-z]+-[a-z]+\d+$/.test(place) && googlePlaceVerdict(grouped, place).status !== "inside",
  );
  return [...groups.map(({ group }) => group), ...rest].map((place) => `in:${place}-locations`);
}

function covers(zone: Zone, group: string, countries: readonly string[]): boolean {
  const inside = countries.every((country) => zone.countries.includes(country));
  return inside && googlePlaceVerdict(zone, group).status === "inside";
}
