import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import { RoleDefinition } from "@pulumi/azure-native/authorization/roleDefinition.js";
import * as pulumi from "@pulumi/pulumi";

import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import type { FoundryRouteSettings } from "./foundry-route.ts";
import type { FoundryPlace } from "./place.ts";
import { builtInRoleId, roleDefinitionId } from "./roles.ts";

/**
 * All a person may do, from Anthropic's own page. Neither Owner nor Contributor has any data action, so that
 * whoever administers the account cannot call Claude with it.
 * @see https://code.claude.com/docs/en/microsoft-foundry (2026-08-22)
 */
export const callerDataActions = ["Microsoft.CognitiveServices/accounts/providers/*"] as const;

/** Arguments of {@link CallerRole}. */
export interface CallerRoleArgs extends Pick<FoundryRouteSettings, "access"> {
  readonly place: FoundryPlace;
  readonly subscriptionId: string;
  /** Required. Resource id of the account: the assignment goes no wider. */
  readonly accountId: string;
  /** Required. What the assignment waits for. */
  readonly account: pulumi.Resource;
}

/**
 * The right to call Claude on one account, and the one group that has it.
 *
 * Creates: a role of its own unless Microsoft's is asked for, and one assignment on the account.
 *
 * @throws pulumi.ResourceError when the group is no object id.
 */
export class CallerRole extends pulumi.ComponentResource {
  /** Name people see in the portal. */
  readonly roleName: string;
  /** What neither Azure nor Pulumi settles: a sentence each. */
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: CallerRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:CallerRole", name, {}, opts);
    rejectBadInputs(this, name, checkCallerRole(args));
    const { access, place, subscriptionId, accountId, account } = args;
    const { names } = place;
    const scope = `/subscriptions/${subscriptionId}/resourceGroups/${names.resourceGroup}`;
    const narrow = access.role === "claude-caller";
    this.roleName = narrow ? `Claude caller ${names.label}` : "Cognitive Services User";

    const roleGuid = names.guid("role of the callers");
    const role = narrow
      ? new RoleDefinition(
          `${name}-role`,
          {
            roleDefinitionId: roleGuid,
            roleName: this.roleName,
            roleType: "CustomRole",
            description: "Calls Claude deployments, and nothing else.",
            scope,
            assignableScopes: [scope],
            permissions: [
              {
                actions: [],
                notActions: [],
                dataActions: [...callerDataActions],
                notDataActions: [],
              },
            ],
          },
          { parent: this, dependsOn: [account] },
        )
      : undefined;
    new RoleAssignment(
      `${name}-grant`,
      {
        roleAssignmentName: names.guid(`${access.role} of ${access.groupId}`),
        scope: accountId,
        principalId: access.groupId,
        principalType: "Group",
        roleDefinitionId: narrow
          ? roleDefinitionId(subscriptionId, roleGuid)
          : builtInRoleId(subscriptionId, "cognitiveServicesUser"),
      },
      {
        parent: this,
        dependsOn: [account, ...(role === undefined ? [] : [role])],
        deleteBeforeReplace: true,
      },
    );
    this.remainingSteps = narrow
      ? [
          "As a member of the group, send one message and count its tokens; if Azure still answers 401 after ten minutes, set access.role to cognitive-services-user (docs/foundry.md).",
        ]
      : [];
    this.registerOutputs({ roleName: this.roleName });
  }
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Pure, so that the edge cases are tested without an engine. */
export function checkCallerRole({ access }: Pick<CallerRoleArgs, "access">): Problem[] {
  if (guid.test(access.groupId)) return [];
  const reason = `"${access.groupId}" is no object id; give the Entra group's object id, a GUID`;
  return [{ path: "access.groupId", reason }];
}
