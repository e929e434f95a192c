import { readersOf } from "./lists.ts";
import { textOf } from "./placement.ts";
import type { Finding, Resource, RuleContext } from "./rule.ts";
import { isUnknownRead } from "./unknown.ts";

const projectRole = "gcp:projects/iAMCustomRole:IAMCustomRole";
const organizationRole = "gcp:organizations/iAMCustomRole:IAMCustomRole";
const customRoles: ReadonlySet<string> = new Set([projectRole, organizationRole]);

/** Whether a type is a role somebody made. */
export function isCustomRole(type: string): boolean {
  return customRoles.has(type);
}

/** A role as a grant names it. */
export type GrantedRole =
  | { readonly kind: "google"; readonly name: string; readonly reach: string | undefined }
  /** `role` is the resource; `undefined` when it is not part of the stack. */
  | { readonly kind: "custom"; readonly name: string; readonly role: Resource | undefined }
  | { readonly kind: "unreadable"; readonly name: string };

/**
 * What Google's own roles reach, as the end of a sentence about the role. Most roles reach none of it.
 * https://docs.cloud.google.com/iam/docs/roles-permissions and
 * https://docs.cloud.google.com/iam/docs/roles-overview (read 2026-11-21)
 */
const reaches: readonly (readonly [RegExp, string])[] = [
  // `viewer` and `reader` read logs, datasets' lists and every configuration of the project.
  [/^roles\/(?:owner|editor|viewer|admin|writer|reader)$/, "is a basic role over every service"],
  [/^roles\/(?:aiplatform|ml)\./, "reaches far more of Agent Platform than a call to Claude"],
  [/\.serviceAgent$/i, "is meant for a service of Google's own"],
  [
    /^roles\/iam\.(?:serviceAccount(?:TokenCreator|User|OpenIdTokenCreator|Admin|KeyAdmin|ApiKeyBindingAdmin)|workloadIdentityUser)$/,
    "lets its holder act as a service account",
  ],
  [
    /^roles\/(?:iam\.(?:securityAdmin|roleAdmin|organizationRoleAdmin|workforcePool(?:Admin|Editor)|workloadIdentityPoolAdmin)|resourcemanager\.(?:organizationAdmin|folderAdmin|folderIamAdmin|projectIamAdmin))$/,
    "lets its holder grant every other role",
  ],
  [/^roles\/orgpolicy\.policyAdmin$/, "changes organization policies"],
];

/**
 * The role at a property of a grant, or what a policy document names. A role of the stack whose name is not
 * known yet is found by where the value came from; any other that is not known throws.
 */
export function roleOf(resource: Resource, read: () => unknown, context: RuleContext): GrantedRole {
  let name: string | undefined;
  try {
    name = textOf(read());
  } catch (error) {
    if (!isUnknownRead(error)) throw error;
    const [made, ...others] = resource.dependenciesOf("role");
    if (made === undefined || others.length > 0 || !isCustomRole(made.type)) throw error;
    return { kind: "custom", name: made.name, role: made };
  }
  if (name === undefined) return { kind: "unreadable", name: "" };
  if (/^roles\/[\w.]+$/.test(name)) {
    const reach = reaches.find(([form]) => form.test(name))?.[1];
    return { kind: "google", name, reach };
  }
  const custom = /^(projects|organizations)\/([^/]+)\/roles\/([\w.]+)$/.exec(name);
  if (custom === null) return { kind: "unreadable", name };
  const [, level, holder = "", id = ""] = custom;
  const types = new Set([level === "projects" ? projectRole : organizationRole]);
  const role = context.stack.findAll(types, "roleId", id).find((one) => holderOf(one) === holder);
  return { kind: "custom", name, role };
}

/** Project or organization a custom role belongs to; `undefined` while it is not known. */
function holderOf({ type, props, providerProps }: Resource): string | undefined {
  try {
    if (type === organizationRole) return textOf(props.orgId)?.replace(/^organizations\//, "");
    const project = textOf(props.project) ?? textOf(providerProps?.project);
    return project?.replace(/^projects\//, "");
  } catch (error) {
    if (isUnknownRead(error)) return undefined;
    throw error;
  }
}

/** Permissions of a custom role, and whether some of them are not known yet; a list that is absent is empty. */
export function permissionsOf({ props }: Resource): {
  readonly known: readonly string[];
  readonly complete: boolean;
} {
  const { permissions } = props;
  const known: string[] = [];
  let complete = true;
  for (const read of Array.isArray(permissions) ? readersOf(permissions) : []) {
    try {
      known.push(String(read()));
    } catch (error) {
      if (!isUnknownRead(error)) throw error;
      complete = false;
    }
  }
  return { known, complete };
}

/** What is said while {@link permissionsOf} is not complete. */
export const somePermissionsUnknown: Finding = {
  status: "not-proven",
  message: "some of `permissions` are not known yet",
};

/** The one permission a call to Claude needs of Agent Platform. */
export const callsClaude = (permission: string): boolean =>
  permission === "aiplatform.endpoints.predict";

/** Verbs of Agent Platform that change nothing. */
const readOnly =
  /\.(?:get|list|predict|explain|computeTokens|getIamPolicy|search|query\w*|read\w*)$/;

/**
 * What else a permission opens that nobody who calls Claude may have, as the end of a sentence; `undefined` for
 * the rest. `consents.update` takes the addendum that shares content, `endpoints.setPublisherModelConfig` turns
 * sharing and logging on:
 * https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/partner-models/claude/cyber-verification-program (read 2026-11-21)
 */
export function opens(permission: string): string | undefined {
  if (permission.includes("*")) return "is a pattern, and whatever Google adds falls under it";
  if (/\.consents\./.test(permission)) return "is about the switches that share content";
  if (/^aiplatform\./.test(permission) && !readOnly.test(permission)) {
    return "changes Agent Platform, where content can be logged and shared";
  }
  if (
    /^iam\.serviceAccounts\.(?:getAccessToken|getOpenIdToken|actAs|signBlob|signJwt|implicitDelegation)$/.test(
      permission,
    ) ||
    /^iam\.serviceAccount(?:Keys|ApiKeyBindings)\.create$/.test(permission)
  ) {
    return "lets its holder act as a service account";
  }
  if (/\.setIamPolicy$/.test(permission) || /^iam\.roles\.(?:create|update)$/.test(permission)) {
    return "lets its holder grant more";
  }
  return /^orgpolicy\.(?!.*\.(?:get|list)$)/.test(permission)
    ? "changes organization policies"
    : undefined;
}
