import { leavesOf } from "../leaves.ts";
import { isRegional, judgeRegion, regionOf } from "../placement.ts";
import { defineRule, type Finding, type Resource, type RuleContext, undecidable } from "../rule.ts";

/** Providers that create nothing in any place. */
const PLACELESS: readonly string[] = ["pulumi", "random"];

/** Providers other rules of the pack judge; a directory (`azuread`) rests where its tenant was founded. */
const JUDGED_ELSEWHERE: readonly string[] = ["gcp", "azure-native", "azuread"];

/**
 * Types that create whatever a template, a product or a module says, in text no rule reads: a role that may call
 * anything is as easily hidden in one as a bucket.
 */
const TEMPLATES: ReadonlySet<string> = new Set([
  "aws:cloudcontrol/resource:Resource",
  "aws:cloudformation/stack:Stack",
  "aws:cloudformation/stackSet:StackSet",
  "aws:cloudformation/stackSetInstance:StackSetInstance",
  "aws:cloudformation/stackInstances:StackInstances",
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
]);

/** Every regional AWS resource rests inside the zone, and nothing comes from a provider no rule can judge. */
export const resourcesStayInTheZone = defineRule({
  name: "resources-stay-in-the-zone",
  description: "Every regional resource is in a region inside the stack's zone.",
  remediation:
    "Set `region` on the resource, or on its provider, to a region inside the zone. Declare what a template would create as resources.",
  scope: "resource",
  // Components have no provider behind them; their type tokens are anybody's choice.
  appliesTo: (type) => isRegional(type) || !isProviderless(type),
  judge(resource, { zone }) {
    if (!isRegional(resource.type)) {
      if (resource.providerProps === undefined) return [];
      const [provider = ""] = resource.type.split(":");
      return [undecidable(`no rule yet judges where resources of provider \`${provider}\` rest`)];
    }
    if (TEMPLATES.has(resource.type)) {
      return [undecidable("what it creates stands in a template that no rule reads")];
    }
    const region = regionOf(resource);
    return [
      ...(region === undefined
        ? [undecidable("neither the resource nor its provider says which `region` it is in")]
        : judgeRegion(zone, region, "its region")),
      ...judgeOtherRegions(resource, zone),
    ];
  },
});

/** `peerRegion`, `replicas.0.regionName`, `regions.1`: properties that name a second region, whatever the service. */
const OTHER_REGION = /(^|\.)(?!region$)\w*[rR]egions?(Name|Lists)?(\.\d+)*$|\.region$/;
/** The shape of a region's name; `ALL_REGIONS` and the like are judged where the type is known. */
const REGION_NAME = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

/** Copies, peers and aggregators reach from a region inside the zone into the one they name. */
function judgeOtherRegions({ props }: Resource, zone: RuleContext["zone"]): readonly Finding[] {
  return leavesOf(props).flatMap(({ path, text }) =>
    text !== undefined && OTHER_REGION.test(path) && REGION_NAME.test(text)
      ? judgeRegion(zone, text, `\`${path}\``)
      : [],
  );
}

function isProviderless(type: string): boolean {
  const [provider = ""] = type.split(":");
  return provider === "aws" || PLACELESS.includes(provider) || JUDGED_ELSEWHERE.includes(provider);
}
