import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import { RoleDefinition } from "@pulumi/azure-native/authorization/roleDefinition.js";
import type * as pulumi from "@pulumi/pulumi";

import { roleDefinitionId } from "./roles.ts";

/** What {@link deployerRole} is given. */
export interface DeployerRoleArgs {
  readonly subscriptionId: string;
  readonly names: {
    readonly resourceGroup: string;
    readonly guid: (purpose: string) => string;
  };
  /** Ends the role's name. */
  readonly label: string;
  readonly description: string;
  readonly actions: readonly string[];
  /** Object id of the identity CI deploys with. */
  readonly principalId: pulumi.Input<string>;
  /** A role cannot be made in a group that does not exist. */
  readonly after: pulumi.Resource;
}

/** A custom role without data actions in one resource group, and its one assignment. */
export function deployerRole(
  name: string,
  args: DeployerRoleArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const { subscriptionId, names } = args;
  const scope = `/subscriptions/${subscriptionId}/resourceGroups/${names.resourceGroup}`;
  const roleGuid = names.guid("role of the deployer");
  const role = new RoleDefinition(
    `${name}-role`,
    {
      roleDefinitionId: roleGuid,
      roleName: `Landing zone deployer ${args.label}`,
      roleType: "CustomRole",
      description: args.description,
      scope,
      assignableScopes: [scope],
      permissions: [
        { actions: [...args.actions], notActions: [], dataActions: [], notDataActions: [] },
      ],
    },
    { ...opts, dependsOn: [args.after] },
  );
  new RoleAssignment(
    `${name}-grant`,
    {
      roleAssignmentName: names.guid("grant of the deployer"),
      scope,
      roleDefinitionId: roleDefinitionId(subscriptionId, roleGuid),
      principalId: args.principalId,
      principalType: "ServicePrincipal",
    },
    // Azure never changes who an assignment is for; its name is fixed, so the old one goes first.
    { ...opts, dependsOn: [role], deleteBeforeReplace: true },
  );
}
