import { regionVerdict } from "../residency/regions.ts";
import type { Zone } from "../residency/types.ts";
import { type Finding, fail, type Resource, undecidable } from "./rule.ts";

/**
 * Types without a region: prefixes of type tokens. Whatever is not listed is regional, so a new
 * global service is refused until somebody has looked at it.
 */
const GLOBAL_TYPES: readonly string[] = [
  "aws:iam/",
  "aws:organizations/",
  "aws:account/",
  "aws:budgets/",
  "aws:cloudfront/",
  "aws:globalaccelerator/",
  "aws:route53domains/",
  "aws:bedrock/useCaseForModelAccess:",
  "aws:route53/zone:",
  "aws:route53/zoneAssociation:",
  "aws:route53/vpcAssociationAuthorization:",
  "aws:route53/record:",
  "aws:route53/recordsExclusive:",
  "aws:route53/delegationSet:",
  "aws:route53/healthCheck:",
  "aws:route53/hostedZoneDnsSec:",
  "aws:route53/keySigningKey:",
];

/** Types that are regional although they have no `region` of their own: only the provider tells. */
const PROVIDER_REGION_ONLY: readonly string[] = ["aws:rolesanywhere/"];

/** Whether a resource of this type rests in one AWS region. */
export function isRegional(type: string): boolean {
  return type.startsWith("aws:") && !GLOBAL_TYPES.some((prefix) => type.startsWith(prefix));
}

/** The region a resource ends up in: its own, else its provider's; `undefined` when neither is given. */
export function regionOf(resource: Resource): string | undefined {
  const providerOnly = PROVIDER_REGION_ONLY.some((prefix) => resource.type.startsWith(prefix));
  const own = providerOnly ? undefined : textOf(resource.props.region);
  return own ?? textOf(resource.providerProps?.region);
}

/** Findings for a region named at `what`; none when it is inside the zone. */
export function judgeRegion(zone: Zone, region: string, what: string): readonly Finding[] {
  const { status, reason } = regionVerdict(zone, region);
  if (status === "inside") return [];
  const message = `${what} is ${region}: ${reason}`;
  return [status === "outside" ? fail(message) : undecidable(message)];
}

/** Non-empty text, else `undefined`. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
