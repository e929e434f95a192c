import { isFederationProvider, judgeProvider } from "../federation-provider.ts";
import { type Given, isGrant, judgeGrants } from "../gcp-grants.ts";
import {
  callsClaude,
  type GrantedRole,
  opens,
  permissionsOf,
  somePermissionsUnknown,
} from "../gcp-roles.ts";
import { defineRule, type Finding, fail, undecidable } from "../rule.ts";

/** Who signs in through somebody else's tokens, and who is granted what leads to Claude, is named. */
export const federationNamesWhomItTrusts = defineRule({
  name: "federation-names-whom-it-trusts",
  description:
    "Federation providers and grants that lead to Claude name a tenant, a group or one identity.",
  remediation:
    "Give the provider an attributeCondition that compares claims with fixed text, and google.subject a claim that never changes; grant to one group, service account or principal.",
  scope: "stack",
  appliesTo: (type) => isFederationProvider(type) || isGrant(type),
  judge(resource, context) {
    return isFederationProvider(resource.type)
      ? judgeProvider(resource)
      : judgeGrants(resource, context, mayLeadToClaude, judgeMember);
  },
});

function mayLeadToClaude(role: GrantedRole): boolean {
  return role.kind !== "google" || role.reach !== undefined;
}

function judgeMember({ role, member, words }: Given): readonly Finding[] {
  const { broad, people } = member;
  if (broad === undefined) {
    return people === undefined
      ? [undecidable(`${words} is a form of member this rule does not know`)]
      : [];
  }
  if (role.kind === "google") return [fail(`${words} ${broad}, and ${role.name} ${role.reach}`)];
  if (role.kind !== "custom") return [];
  if (role.role === undefined) {
    return [undecidable(`${words} ${broad}, and what ${role.name} permits is not in the stack`)];
  }
  const { known, complete } = permissionsOf(role.role);
  const leads = known.find(
    (permission) => callsClaude(permission) || opens(permission) !== undefined,
  );
  if (leads !== undefined) return [fail(`${words} ${broad}, and ${role.name} permits ${leads}`)];
  return complete ? [] : [somePermissionsUnknown];
}
