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
      ...judgeAddresses(resource),
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

/** `arn:aws:sqs:eu-west-1:...`; ARNs without a region say nothing here. */
const ARN_REGION = /^arn:[^:]+:[^:]+:([a-z]{2,}(?:-[a-z]+)+-\d+):/;

/** A provider that calls addresses of its own choice makes its region a mere word. */
function judgeAddresses({ providerProps = {} }: Resource): readonly Finding[] {
  const { endpoints } = providerProps;
  const none = endpoints === undefined || (Array.isArray(endpoints) && endpoints.length === 0);
  return none || endpoints === "" || endpoints === "[]"
    ? []
    : [undecidable("its provider sets `endpoints`: what they lead to is not seen")];
}

/** Copies, peers, subscriptions and targets reach from a region inside the zone into the one they name. */
function judgeOtherRegions({ props }: Resource, zone: RuleContext["zone"]): readonly Finding[] {
  return leavesOf(props).flatMap(({ path, text }) => {
    // A tag is a note: it sends nothing anywhere.
    if (text === undefined || /^tags(All)?\./.test(path)) return [];
    if (OTHER_REGION.test(path) && REGION_NAME.test(text)) {
      return judgeRegion(zone, text, `\`${path}\``);
    }
    const named = ARN_REGION.exec(text)?.[1];
    return named === undefined ? [] : judgeRegion(zone, named, `\`${path}\` "${text}"`);
  });
}

function isProviderless(type: string): boolean {
  const [provider = ""] = type.split(":");
  return provider === "aws" || PLACELESS.includes(provider) || JUDGED_ELSEWHERE.includes(provider);
}
