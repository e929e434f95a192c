import { defaultPoolId } from "../names.ts";
import type { WorkforceSettings } from "../vertex-route.ts";
import { celClaim, celEquals, celText } from "./cel.ts";
import { isEntraIssuer } from "./issuers.ts";

/** What the sign-in of one route is made of. Plain values. */
export interface WorkforceArgs {
  /** The Google Cloud organization's number; its absence is a problem of its own. */
  readonly organizationId: string | undefined;
  /** Required. From `vertexLabel`. */
  readonly label: string;
  /** Required. */
  readonly settings: WorkforceSettings;
}

/** Names of a sign-in, known before anything exists. */
export interface WorkforceNames {
  readonly poolId: string;
  readonly providerId: string;
  /** What the application asks Google's token service for. */
  readonly audience: string;
  /** The members of the group, as IAM names them. */
  readonly principalSet: string;
}

/** A pool has one provider: the desktop application of one issuer. */
const providerId = "desktop";

export function workforceNames(label: string, settings: WorkforceSettings): WorkforceNames {
  const poolId = settings.poolId ?? defaultPoolId(label);
  const pool = `iam.googleapis.com/locations/global/workforcePools/${poolId}`;
  return {
    poolId,
    providerId,
    audience: `//${pool}/providers/${providerId}`,
    principalSet: `principalSet://${pool}/group/${settings.group}`,
  };
}

/**
 * Claims of the token -> what Google calls them. The subject is what audit records name and grants hang on,
 * so it comes from a claim that stays with the person.
 */
export function workforceMapping(settings: WorkforceSettings): Record<string, string> {
  const entra = isEntraIssuer(settings.issuer);
  return {
    "google.subject": celClaim(settings.subjectClaim ?? (entra ? "oid" : "sub")),
    "google.groups": celClaim(settings.groupsClaim ?? "groups"),
    ...(entra ? { "attribute.tenant": celClaim("tid") } : {}),
  };
}

/**
 * Who becomes a principal at all: people of the tenant and the group. Without it everybody the issuer knows
 * would, with nothing but the grant between them and Claude. A token without the claims is refused.
 */
export function workforceCondition(settings: WorkforceSettings): string {
  const { tenantId, group, groupsClaim = "groups" } = settings;
  const member = `${celText(group)} in ${celClaim(groupsClaim)}`;
  return tenantId === undefined ? member : `${celEquals({ tid: tenantId })} && ${member}`;
}
