import { type Given, isGrant, judgeGrants } from "../gcp-grants.ts";
import {
  callsClaude,
  isCustomRole,
  opens,
  permissionsOf,
  somePermissionsUnknown,
} from "../gcp-roles.ts";
import { defineRule, type Finding, fail, type Resource, undecidable } from "../rule.ts";

/** People call Claude through a role that can do nothing else. */
export const peopleGetTheCustomRoleOnly = defineRule({
  name: "people-get-the-custom-role-only",
  description: "People hold no role that does more than call Claude.",
  remediation:
    "Grant a custom role with aiplatform.endpoints.predict and serviceusage.services.use only; give what deploys a service account of its own.",
  scope: "stack",
  appliesTo: (type) => isCustomRole(type) || isGrant(type),
  judge(resource, context) {
    if (isCustomRole(resource.type)) return judgeRole(resource);
    return judgeGrants(
      resource,
      context,
      (role) => role.kind !== "google" || role.reach !== undefined,
      judgeMember,
    );
  },
});

function judgeRole(role: Resource): readonly Finding[] {
  if (!Array.isArray(role.props.permissions)) return [undecidable("`permissions` is absent")];
  const { known, complete } = permissionsOf(role);
  const calls = known.some(callsClaude);
  const opened = known.flatMap((permission) => {
    const what = opens(permission);
    if (what === undefined) return [];
    if (permission.includes("*")) return [fail(`permission "${permission}" ${what}`)];
    return calls ? [fail(`permission "${permission}" ${what}: not for who may call Claude`)] : [];
  });
  return complete ? opened : [...opened, somePermissionsUnknown];
}

function judgeMember({ role, member, words }: Given): readonly Finding[] {
  if (member.people === false) return [];
  if (member.people === undefined) {
    return [undecidable(`${words} may be people: its form is not known to this rule`)];
  }
  if (role.kind === "google") return [fail(`${words} gets ${role.name}, which ${role.reach}`)];
  if (role.kind !== "custom") return [];
  if (role.role === undefined) {
    return [undecidable(`${words} gets ${role.name}, and what that permits is not in the stack`)];
  }
  const { known, complete } = permissionsOf(role.role);
  const opened = known.flatMap((permission) => {
    const what = opens(permission);
    return what === undefined
      ? []
      : [fail(`${words} gets ${role.name}, whose permission "${permission}" ${what}`)];
  });
  return complete ? opened : [...opened, somePermissionsUnknown];
}
