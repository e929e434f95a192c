import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import {
  type PlannedPolicy,
  type PolicyRule,
  plannedPolicies,
} from "./organization-policy-plan.ts";
import { checkDataRegion, type GooglePlace, type StoreProject } from "./store-place.ts";
import type { VertexRouteSettings } from "./vertex-route.ts";

export type OrganizationPolicySettings = NonNullable<VertexRouteSettings["organizationPolicies"]>;

/** Arguments of {@link OrganizationPolicies}. */
export interface OrganizationPoliciesArgs {
  /** Required. `ready` should hold the enabled models too: a denied global host may refuse enabling. */
  readonly project: StoreProject;
  /** Required. */
  readonly place: GooglePlace;
  /** Required. Publisher model ids of the route. */
  readonly models: readonly string[];
  /** Required. What the policies are set on, and whether they only report. */
  readonly settings: OrganizationPolicySettings;
  /** The organization's number. Required with scope `organization`. */
  readonly organizationId?: string | undefined;
}

/**
 * Organization policies that hold even where this kit does not run. Opt-in, dry run first.
 *
 * Creates in `enforced` mode: one policy each for endpoints, models, features, locations and service-account keys
 * (see {@link plannedPolicies} for what each does and does not do). In `dry-run` mode only those that Google
 * takes as a dry run; the others wait, and {@link OrganizationPolicies.remainingSteps} names them. On a folder or an
 * organization they hold for every project below: the list of models too, Google's own models included.
 * Two routes must not set them on the same parent: there is one policy a constraint and parent.
 *
 * Needs the API `orgpolicy.googleapis.com`, and `roles/orgpolicy.policyAdmin` on the organization for whoever deploys.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 */
export class OrganizationPolicies extends pulumi.ComponentResource {
  /** Constraints set, without `constraints/`. */
  readonly constraints: readonly string[];
  /** What is left to people, a sentence each. */
  readonly remainingSteps: readonly string[];

  constructor(
    name: string,
    args: OrganizationPoliciesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cowork:gcp:OrganizationPolicies", name, {}, opts);
    rejectBadInputs(this, name, [
      ...checkDataRegion(args.place),
      ...checkOrganizationPolicies(args),
      ...(args.models.length === 0
        ? [{ path: "models", reason: "empty; no model would be allowed" }]
        : []),
    ]);
    const { project, place, models, settings } = args;
    const parent = parentOf(args);
    const all = plannedPolicies({ ...place, models, scope: settings.scope });
    const [set, waiting] =
      settings.mode === "enforced" ? [all, []] : split(all, ({ canDryRun }) => canDryRun);

    for (const policy of set) {
      const spec = specOf(policy);
      new gcp.orgpolicy.Policy(
        `${name}-${policy.constraint.replaceAll(".", "-")}`,
        {
          parent,
          name: `${parent}/policies/${policy.constraint}`,
          ...(settings.mode === "enforced" ? { spec } : { dryRunSpec: spec }),
        },
        { parent: this, dependsOn: [...project.ready] },
      );
    }

    this.constraints = set.map(({ constraint }) => constraint);
    this.remainingSteps = stepsOf(parent, settings.mode, waiting);
    this.registerOutputs({
      constraints: [...this.constraints],
      mode: settings.mode,
      remainingSteps: [...this.remainingSteps],
    });
  }
}

function parentOf({ project, settings, organizationId }: OrganizationPoliciesArgs): string {
  switch (settings.scope) {
    case "project":
      return `projects/${project.projectId}`;
    case "folder":
      return `folders/${settings.folderId}`;
    case "organization":
      return `organizations/${organizationId}`;
  }
}

function specOf({ rule, inheritFromParent }: PlannedPolicy) {
  return { rules: [mutable(rule)], ...(inheritFromParent && { inheritFromParent }) };
}

/** The SDK's lists are not readonly. */
function mutable(rule: PolicyRule) {
  if (!("values" in rule)) return rule;
  return "allowedValues" in rule.values
    ? { values: { allowedValues: [...rule.values.allowedValues] } }
    : { values: { deniedValues: [...rule.values.deniedValues] } };
}

function split<T>(list: readonly T[], first: (item: T) => boolean): [readonly T[], readonly T[]] {
  return [list.filter(first), list.filter((item) => !first(item))];
}

function stepsOf(
  parent: string,
  mode: OrganizationPolicySettings["mode"],
  waiting: readonly PlannedPolicy[],
): string[] {
  if (mode === "enforced") {
    return [
      `Call the global host of Agent Platform once and see it refused: the value of gcp.restrictEndpointUsage on ${parent} is not documented for it (docs/runbook-vertex.md).`,
    ];
  }
  const names = waiting.map(({ constraint }) => constraint).join(", ");
  return [
    `Read what the dry run on ${parent} would have refused, then set organizationPolicies.mode to enforced (docs/runbook-vertex.md).`,
    `Not in the dry run, because Google takes none for them: ${names}; they come into force with mode enforced (docs/runbook-vertex.md).`,
  ];
}

/** Problems of the settings alone, under the names of the stack file. Pure. */
export function checkOrganizationPolicies({
  settings,
  organizationId,
}: Pick<OrganizationPoliciesArgs, "settings" | "organizationId">): Problem[] {
  const { scope, folderId } = settings;
  const path = "organizationPolicies.folderId";
  const problems: Problem[] = [];
  if (scope === "folder" && folderId === undefined) {
    problems.push({ path, reason: "missing; scope folder needs the folder's number" });
  } else if (folderId !== undefined && !/^\d{6,20}$/.test(folderId)) {
    const reason = `"${folderId}" is not a number of 6 to 20 digits; give the folder's number`;
    problems.push({ path, reason });
  } else if (scope !== "folder" && folderId !== undefined) {
    const reason = `given, but the scope is ${scope}; leave it out, or use scope folder`;
    problems.push({ path, reason });
  }
  if (scope === "organization" && organizationId === undefined) {
    const reason = "missing; organizationPolicies.scope organization needs the number";
    problems.push({ path: "organizationId", reason });
  }
  return problems;
}
