import { matches } from "../iam-actions.ts";
import { parseDocument } from "../iam-document.ts";
import { type Found, findByName, judgeEach } from "../references.ts";
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
const POLICIES: ReadonlySet<string> = new Set(["aws:iam/policy:Policy"]);

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
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": attachment(
    "policyArns.*",
    undefined,
    ["userName"],
  ),
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": attachment(
    "policyArns.*",
    undefined,
    ["groupName"],
  ),
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": attachment(
    "managedPolicyArn",
    undefined,
    ["permissionSetArn"],
  ),
  "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": attachment(
    "managedPolicyArns.*",
    undefined,
    ["permissionSetArn"],
  ),
  "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment": attachment(
    "customerManagedPolicyReference.name",
    undefined,
    ["permissionSetArn"],
  ),
  "aws:ssoadmin/customerManagedPolicyAttachmentsExclusive:CustomerManagedPolicyAttachmentsExclusive":
    attachment("customerManagedPolicyReferences.*.name", undefined, ["permissionSetArn"]),
};
/** Types that name policies of the accounts they reach, which are not the stack's account alone. */
const BY_NAME = /^aws:ssoadmin\/customerManaged/;

/** No principal a laptop signs in as holds a managed policy that is broader than the reviewed grant. */
export const laptopPrincipalsHoldNoBroadPolicy = defineRule({
  name: "laptop-principals-hold-no-broad-policy",
  description:
    "Principals that laptops sign in as hold no managed policy that is broad or that nobody can read.",
  remediation:
    "Detach the managed policy; grant exact profiles in a policy that is part of the stack.",
  scope: "stack",
  appliesTo: (type) => type === ROLE || Object.hasOwn(ATTACHMENTS, type),
  judge(resource, context) {
    if (resource.type === ROLE) {
      return judgeEach(resource, "managedPolicyArns.*", POLICIES, (found) =>
        heldBy(found, resource, context).flatMap((policy) => judgeTrust(policy, resource)),
      );
    }
    const where = ATTACHMENTS[resource.type];
    if (where === undefined) return [];
    let named = false;
    const findings = judgeEach(resource, where.policies, POLICIES, (found) => {
      named = true;
      return heldBy(found, resource, context).flatMap((policy) => [
        ...where.people
          .filter((path) => valuesAtOrUnknown(resource, path))
          .map((path) => says(policy, `is attached to people (\`${path}\`)`)),
        ...(where.roles === undefined ? [] : judgeRoles(policy, resource, where.roles, context)),
        ...(hasTarget(resource, where)
          ? []
          : [undecidable(`${policy.name}: who receives it is absent`)]),
      ]);
    });
    return named || findings.length > 0
      ? findings
      : [undecidable(`\`${where.policies}\` is absent`)];
  },
});

function attachment(policies: string, roles: string | undefined, people: readonly string[] = []) {
  return { policies, roles, people };
}

/** A managed policy that does not simply read, and is not judged as a resource of the stack. */
interface Held {
  readonly name: string;
  /** Known to grant too much; else what it grants is not seen. */
  readonly broad: boolean;
}

function heldBy(
  { value, sources }: Found,
  resource: Resource,
  context: RuleContext,
): readonly Held[] {
  // A policy of the stack is judged where it stands.
  if (sources.length > 0) return [];
  const text = String(value);
  const aws = /^arn:[^:]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(text)?.[1];
  if (aws !== undefined) {
    const broad = BROAD.has(aws) || isModelPolicy(aws);
    return broad || !READS.test(aws) ? [{ name: aws, broad }] : [];
  }
  const own = text.slice(text.lastIndexOf("/") + 1);
  const seen = !BY_NAME.test(resource.type) && findByName(context, POLICIES, "name", own);
  return seen ? [] : [{ name: own, broad: false }];
}

function says({ name, broad }: Held, what: string): Finding {
  return broad
    ? fail(`${name} ${what}`)
    : undecidable(`${name} ${what}: what it grants is not seen`);
}

/** Names AWS gives policies that show what exists and start nothing. */
const READS = /(ReadOnly|ReadOnlyAccess|ViewOnlyAccess)$|^SecurityAudit$/;

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
  policy: Held,
  resource: Resource,
  path: string,
  context: RuleContext,
): readonly Finding[] {
  return judgeEach(resource, path, ROLES, ({ value, sources }) => {
    if (sources.length > 0) return sources.flatMap((role) => judgeTrust(policy, role));
    const role = findByName(context, ROLES, "name", String(value));
    return role === undefined
      ? [
          undecidable(
            `${policy.name} is attached to role "${value}", whose trust policy is not seen`,
          ),
        ]
      : judgeTrust(policy, role);
  });
}

function judgeTrust(policy: Held, role: Resource): readonly Finding[] {
  const parsed = parseDocument(role.props.assumeRolePolicy);
  if ("problem" in parsed) {
    return [undecidable(`${policy.name}: the trust policy of ${role.name}: ${parsed.problem}`)];
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
    if (signIn) return [says(policy, `is given to ${role.name}, which laptops may assume`)];
    return Object.keys(others).length > 0 || statement.hasNotPrincipal
      ? [
          undecidable(
            `${policy.name} is given to ${role.name}: who stands behind its principals is not seen`,
          ),
        ]
      : [];
  });
}
