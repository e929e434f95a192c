import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import { type DeployerParts, deployerActions, deployerSteps } from "./deployer-permissions.ts";
import { checkDeployer } from "./deployer-trust.ts";
import type { FoundryDeployer } from "./foundry-route.ts";

/** Arguments of {@link DeployerAccess}. */
export interface DeployerAccessArgs {
  /** Required. */
  readonly subscriptionId: string;
  /** Required. Group that holds the whole route: the deployer has rights in no other. */
  readonly resourceGroupName: string;
  /** Required. Azure region of the identity, that of the route. */
  readonly location: string;
  /**
   * Required. Name of the identity and part of the role's: unique in the tenant, 3 to 64 letters, digits and
   * dashes.
   */
  readonly identityName: string;
  /** Required. */
  readonly settings: FoundryDeployer;
  /** Required. Parts of the route, which decide the role's actions. */
  readonly parts: DeployerParts;
  /** What must exist before: the resource group. */
  readonly after?: readonly pulumi.Resource[] | undefined;
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
    const { subscriptionId, resourceGroupName, location, identityName, settings, parts } = args;
    rejectBadInputs(this, name, [
      ...(/^[A-Za-z0-9][A-Za-z0-9-]{2,63}$/.test(identityName)
        ? []
        : [
            {
              path: "identityName",
              reason: `"${identityName}" is not 3 to 64 letters, digits and dashes`,
            },
          ]),
      ...checkDeployer("settings", settings),
    ]);
    const first = { parent: this, dependsOn: [...(args.after ?? [])] };
    const scope = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;

    const identity = new managedidentity.UserAssignedIdentity(
      `${name}-identity`,
      { resourceGroupName, location, resourceName: identityName },
      first,
    );
    new managedidentity.FederatedIdentityCredential(
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
    const role = new authorization.RoleDefinition(
      `${name}-role`,
      {
        scope,
        roleName: `${identityName} (landing zone deployer)`,
        description:
          "Runs the kit's components again. Cannot change identities or roles, list keys, or call Claude.",
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
      first,
    );
    new authorization.RoleAssignment(
      `${name}-grant`,
      {
        scope,
        roleDefinitionId: role.id,
        principalId: identity.principalId,
        principalType: "ServicePrincipal",
      },
      { parent: this },
    );

    this.clientId = identity.clientId;
    this.remainingSteps = deployerSteps;
    this.registerOutputs({ clientId: this.clientId, remainingSteps: [...deployerSteps] });
  }
}
