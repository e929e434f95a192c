import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import { memberProblems } from "./iam/member.ts";

/**
 * All a laptop may do. Not `endpoints.computeTokens`, which custom roles may not hold and `predict` covers;
 * never `consents.update`, the switch of advanced AI and of sharing with Anthropic; not
 * `roles/aiplatform.user`, which is hundreds of permissions wide and lacks the second of these.
 * Sources: https://docs.cloud.google.com/iam/docs/custom-roles-permissions-support and
 * https://claude.com/docs/third-party/claude-desktop/vertex (read 2026-11-20).
 */
export const callerPermissions = [
  "aiplatform.endpoints.predict",
  "serviceusage.services.use",
] as const;

const roleId = "coworkClaudeCaller";

/** Full name of a project's caller role. Composed from plain configuration: known in any preview. */
export function callerRoleName(projectId: string): string {
  return `projects/${projectId}/roles/${roleId}`;
}

/** Arguments of {@link CallerRole}. */
export interface CallerRoleArgs {
  /** Required. */
  readonly projectId: string;
  /** Required. The one member that may call Claude, as IAM names it; see `vertexMember`. */
  readonly member: string;
  /** What must exist before: the project's APIs and, with workforce sign-in, the pool. */
  readonly after?: readonly pulumi.Resource[] | undefined;
}

/**
 * The right to call Claude in one project, and the one member who has it.
 *
 * Creates: a custom role and one grant without a condition: IAM knows no resource for a publisher's model
 * that a condition could name, so the grant is as narrow as the project is.
 *
 * @throws pulumi.ResourceError when the member is everybody, a whole domain or a pattern.
 * @see https://docs.cloud.google.com/iam/docs/creating-custom-roles
 */
export class CallerRole extends pulumi.ComponentResource {
  /** `projects/P/roles/ID` */
  readonly roleName: string;
  readonly member: string;

  constructor(name: string, args: CallerRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:CallerRole", name, {}, opts);
    const { projectId, member, after = [] } = args;
    rejectBadInputs(this, name, checkCallerRole(args));

    const role = new gcp.projects.IAMCustomRole(
      `${name}-role`,
      {
        project: projectId,
        roleId,
        title: "Claude caller",
        description: "Calls Claude models of this project, and nothing else.",
        permissions: [...callerPermissions],
        stage: "GA",
      },
      { parent: this, dependsOn: [...after] },
    );
    new gcp.projects.IAMMember(
      `${name}-grant`,
      { project: projectId, role: callerRoleName(projectId), member },
      { parent: this, dependsOn: [role, ...after] },
    );

    this.roleName = callerRoleName(projectId);
    this.member = member;
    this.registerOutputs({ roleName: this.roleName, member });
  }
}

/** Pure, so that the edge cases are tested without an engine. */
export function checkCallerRole({ member }: Pick<CallerRoleArgs, "member">): Problem[] {
  return memberProblems("member", member);
}
