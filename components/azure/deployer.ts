import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import { RoleDefinition } from "@pulumi/azure-native/authorization/roleDefinition.js";
import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import { type DeployerParts, deployerActions, deployerSteps } from "./deployer-permissions.ts";
import { checkDeployer } from "./deployer-trust.ts";
import type { FoundryDeployer } from "./foundry-route.ts";
import type { FoundryPlace } from "./place.ts";
import { roleDefinitionId } from "./roles.ts";

/** Arguments of {@link DeployerAccess}. */
export interface DeployerAccessArgs {
  /** Required. The deployer has rights in this resource group and in no other. */
  readonly place: FoundryPlace;
  /** Required. */
  readonly subscriptionId: string;
  /** Required. */
  readonly settings: FoundryDeployer;
  /** Required. Parts of the route, which decide the role's actions. */
  readonly parts: DeployerParts;
}

/**
 * CI that deploys the kit: no secret anywhere, one subject, one short-lived identity.
 *
 * Creates: a user-assigned identity, its one federated credential, a custom role and its assignment, all in the
 * route's resource group. The role holds no data action and no right over roles, identities or keys.
 *
 * Needs Owner or User Access Administrator on the group for whoever deploys the first time.
 *
 * @throws pulumi.ResourceError naming every rejected setting; see {@link checkDeployer}.
 * @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust-user-assigned-managed-identity (read 2026-11-21)
 */
export class DeployerAccess extends pulumi.ComponentResource {
  /** Client id of the identity: what CI is configured with. */
  readonly clientId: pulumi.Output<string>;
  /** What is left to people, a sentence each. */
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: DeployerAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:DeployerAccess", name, {}, opts);
    const { place, subscriptionId, settings, parts } = args;
    rejectBadInputs(this, name, checkDeployer("deployer", settings));
    const { resourceGroupName, region, names } = place;
    const identityName = `cowork-${names.label}-deployer`;
    const scope = `/subscriptions/${subscriptionId}/resourceGroups/${names.resourceGroup}`;

    const identity = new UserAssignedIdentity(
      `${name}-identity`,
      { resourceGroupName, location: region, resourceName: identityName },
      { parent: this },
    );
    new FederatedIdentityCredential(
      `${name}-federation`,
      {
        resourceGroupName,
        resourceName: identityName,
        federatedIdentityCredentialResourceName: "deployer",
        issuer: settings.issuer,
        subject: settings.subject,
        // The one audience Entra ID takes; the issuer's own default would let other tokens in.
        audiences: ["api://AzureADTokenExchange"],
      },
      { parent: this, dependsOn: [identity] },
    );
    const roleGuid = names.guid("role of the deployer");
    const role = new RoleDefinition(
      `${name}-role`,
      {
        roleDefinitionId: roleGuid,
        roleName: `Landing zone deployer ${names.label}`,
        roleType: "CustomRole",
        description:
          "Runs the kit's components again. Cannot change identities or roles, list keys, or call Claude.",
        scope,
        assignableScopes: [scope],
        permissions: [
          {
            actions: [...deployerActions(parts)],
            notActions: [],
            dataActions: [],
            notDataActions: [],
          },
        ],
      },
      // The identity comes after the resource group, and so does the role.
      { parent: this, dependsOn: [identity] },
    );
    new RoleAssignment(
      `${name}-grant`,
      {
        roleAssignmentName: names.guid("grant of the deployer"),
        scope,
        roleDefinitionId: roleDefinitionId(subscriptionId, roleGuid),
        principalId: identity.principalId,
        principalType: "ServicePrincipal",
      },
      // Azure never changes who an assignment is for; its name is fixed, so the old one goes first.
      { parent: this, dependsOn: [role], deleteBeforeReplace: true },
    );

    this.clientId = identity.clientId;
    this.remainingSteps = deployerSteps;
    this.registerOutputs({ clientId: this.clientId, remainingSteps: [...deployerSteps] });
  }
}
