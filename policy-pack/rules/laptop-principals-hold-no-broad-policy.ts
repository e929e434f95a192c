import { matches } from "../iam-actions.ts";
import { parseDocument } from "../iam-document.ts";
import { findByName, valuesAt } from "../references.ts";
import {
  defineRule,
  type Finding,
  fail,
  type Resource,
  type RuleContext,
  undecidable,
} from "../rule.ts";

const ROLE = "aws:iam/role:Role";
const ROLES: ReadonlySet<string> = new Set([ROLE]);
const NONE: ReadonlySet<string> = new Set();

/** AWS managed policies that grant invocation, or the right to grant it, without naming a model. */
const BROAD: ReadonlySet<string> = new Set([
  "AdministratorAccess",
  "PowerUserAccess",
  "IAMFullAccess",
  "DataScientist",
  "AmazonSageMakerFullAccess",
]);

/** Type -> where the policies are named, and where the roles are; `people` need no look at a trust policy. */
const ATTACHMENTS: Readonly<
  Record<string, { policies: string; roles: string | undefined; people: readonly string[] }>
> = {
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": attachment("policyArn", "role"),
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": attachment(
    "policyArns.*",
    "roleName",
  ),
  "aws:iam/policyAttachment:PolicyAttachment": attachment("policyArn", "roles.*", [
    "users.*",
    "groups.*",
  ]),
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": attachment("policyArn", undefined, ["user"]),
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": attachment("policyArn", undefined, [
    "group",
  ]),
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": attachment(
    "managedPolicyArn",
    undefined,
    ["permissionSetArn"],
  ),
};

/** No principal a laptop signs in as holds a managed policy that is broader than the reviewed grant. */
export const laptopPrincipalsHoldNoBroadPolicy = defineRule({
  name: "laptop-principals-hold-no-broad-policy",
  description: "Principals that laptops sign in as hold no broad managed policy.",
  remediation: "Detach the managed policy; grant exact profiles in a policy of your own.",
  scope: "stack",
  appliesTo: (type) => type === ROLE || Object.hasOwn(ATTACHMENTS, type),
  judge(resource, context) {
    if (resource.type === ROLE) {
      const broad = broadOf(resource, "managedPolicyArns.*");
      return broad.flatMap((policy) => judgeTrust(policy, resource));
    }
    const where = ATTACHMENTS[resource.type];
    if (where === undefined) return [];
    const named = valuesAt(resource, where.policies, NONE);
    if (named.length === 0) return [undecidable(`\`${where.policies}\` is absent`)];
    return broadOf(resource, where.policies).flatMap((policy) => [
      ...where.people
        .filter((path) => valuesAtOrUnknown(resource, path))
        .map((path) => fail(`${policy} is attached to people (\`${path}\`)`)),
      ...(where.roles === undefined ? [] : judgeRoles(policy, resource, where.roles, context)),
      ...(hasTarget(resource, where) ? [] : [undecidable(`${policy}: who receives it is absent`)]),
    ]);
  },
});

function attachment(policies: string, roles: string | undefined, people: readonly string[] = []) {
  return { policies, roles, people };
}

function broadOf(resource: Resource, path: string): readonly string[] {
  return valuesAt(resource, path, NONE)
    .map(({ value }) => /^arn:[^:]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(String(value))?.[1])
    .filter((name) => name !== undefined)
    .filter((name) => BROAD.has(name) || isModelPolicy(name));
}

/** Any policy AWS writes for Bedrock, Anthropic or mantle, new ones too, unless it only reads. */
function isModelPolicy(name: string): boolean {
  return /bedrock|anthropic/i.test(name) && !/ReadOnly$/.test(name);
}

/** Who receives the policy does not have to be known: somebody does. */
function valuesAtOrUnknown(resource: Resource, path: string): boolean {
  const [property = path] = path.split(".");
  return Object.hasOwn(resource.props, property);
}

function hasTarget(
  resource: Resource,
  { roles, people }: { roles: string | undefined; people: readonly string[] },
): boolean {
  return [...people, ...(roles === undefined ? [] : [roles])].some((path) =>
    valuesAtOrUnknown(resource, path),
  );
}

function judgeRoles(
  policy: string,
  resource: Resource,
  path: string,
  context: RuleContext,
): readonly Finding[] {
  return valuesAt(resource, path, ROLES).flatMap(({ value, sources }) => {
    if (sources.length > 0) return sources.flatMap((role) => judgeTrust(policy, role));
    const role = findByName(context, ROLES, "name", String(value));
    return role === undefined
      ? [undecidable(`${policy} is attached to role "${value}", whose trust policy is not seen`)]
      : judgeTrust(policy, role);
  });
}

function judgeTrust(policy: string, role: Resource): readonly Finding[] {
  const parsed = parseDocument(role.props.assumeRolePolicy);
  if ("problem" in parsed) {
    return [undecidable(`${policy}: the trust policy of ${role.name}: ${parsed.problem}`)];
  }
  return parsed.statements.flatMap((statement) => {
    if (statement.effect === "Deny") return [];
    const { Federated: federated = [], Service: services = [], ...others } = statement.principals;
    const signIn =
      federated.length > 0 ||
      services.some((service) => service.startsWith("rolesanywhere.")) ||
      statement.actions.some((action) =>
        ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"].some((a) => matches(action, a)),
      );
    if (signIn) return [fail(`${policy} is given to ${role.name}, which laptops may assume`)];
    return Object.keys(others).length > 0 || statement.hasNotPrincipal
      ? [
          undecidable(
            `${policy} is given to ${role.name}: who stands behind its principals is not seen`,
          ),
        ]
      : [];
  });
}
