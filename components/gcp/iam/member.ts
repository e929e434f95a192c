import type { Problem } from "../../../residency/problem.ts";
import { textProblems } from "./check-values.ts";

/** Kinds of member that are never one group or one service, and what to use instead. */
const refused: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /^allUsers$/i, why: "is everybody on the internet" },
  { pattern: /^allAuthenticatedUsers$/i, why: "is everybody with any Google account" },
  { pattern: /^domain:/i, why: "is a whole domain" },
  { pattern: /^project(Owner|Editor|Viewer):/i, why: "is whoever holds a basic role" },
  { pattern: /^deleted:/i, why: "was deleted" },
  { pattern: /^user:/i, why: "is one person's account" },
  {
    pattern: /^principalSet:\/\/(goog|cloudresourcemanager\.googleapis\.com)\//i,
    why: "is everybody of an organization or project",
  },
  {
    pattern: /^serviceAccount:.*@(developer|appspot|cloudservices)\.gserviceaccount\.com$/i,
    why: "is a default account that other workloads share",
  },
];

const email = "[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+";
const pool =
  "iam\\.googleapis\\.com/(locations/global/workforcePools/[a-z0-9-]+|projects/\\d+/locations/global/workloadIdentityPools/[a-z0-9-]+)";

/**
 * Ways IAM names one group, one service account, one federated subject, or the federated people with one
 * group or attribute. https://docs.cloud.google.com/iam/docs/principal-identifiers (read 2026-11-21)
 */
const accepted = [
  new RegExp(`^group:${email}$`),
  /^serviceAccount:[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z][a-z0-9-]{4,28}[a-z0-9]\.iam\.gserviceaccount\.com$/,
  new RegExp(`^principal://${pool}/subject/\\S.*$`),
  new RegExp(`^principalSet://${pool}/(group|attribute\\.[a-z0-9_]+)/\\S.*$`),
];

/** Why a member may not be granted anything; empty when it is one group, one service or one subject. */
export function memberProblems(path: string, member: string | undefined): Problem[] {
  const missing = textProblems(path, member, "who may call Claude, as IAM names it");
  if (missing.length > 0 || member === undefined) return missing;
  const broad = refused.find(({ pattern }) => pattern.test(member));
  if (broad !== undefined) {
    return [{ path, reason: `"${member}" ${broad.why}; name one service account or one group` }];
  }
  if (accepted.some((pattern) => pattern.test(member))) return [];
  const reason = `"${member}" is no member this kit grants to; write serviceAccount:NAME@PROJECT.iam.gserviceaccount.com, or a principal:// or principalSet:// of one pool`;
  return [{ path, reason }];
}

/** One principal, given as IAM names it. A group is a sign-in of its own. */
export function checkPrincipalMember(path: string, member: string | undefined): Problem[] {
  if (member?.startsWith("group:")) {
    const reason = `"${member}" is a group; use access kind google-group`;
    return [{ path, reason }];
  }
  return memberProblems(path, member);
}

/** IAM's name of a Google group. */
export function groupMember(group: string): string {
  return `group:${group}`;
}

/** A group's address: nothing that could be read as another kind of member. */
export function checkGoogleGroup(path: string, group: string | undefined): Problem[] {
  const missing = textProblems(path, group, "the group's address");
  if (missing.length > 0 || group === undefined) return missing;
  return new RegExp(`^${email}$`).test(group)
    ? []
    : [{ path, reason: `"${group}" is no group's address; write name@company.example` }];
}
