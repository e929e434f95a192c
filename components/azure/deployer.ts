import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import { type DeployerParts, deployerActions, deployerSteps } from "./deployer-permissions.ts";
import { deployerRole } from "./deployer-role.ts";
import { checkDeployer } from "./deployer-trust.ts";
import type { FoundryDeployer } from "./foundry-route.ts";
import type { FoundryPlace } from "./place.ts";

/** Arguments of {@link DeployerAccess}. */
export interface DeployerAccessArgs {
  /** Required. The rights given here are in this resource group and in no other. */
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
  /** Object id of the identity: what roles are given to. */
  readonly principalId: pulumi.Output<string>;
  /** What is left to people, a sentence each. */
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: DeployerAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:DeployerAccess", name, {}, opts);
    const { place, subscriptionId, settings, parts } = args;
    rejectBadInputs(this, name, checkDeployer("deployer", settings));
    const { resourceGroupName, region, names } = place;
    const identityName = `cowork-${names.label}-deployer`;

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
    deployerRole(
      name,
      {
        subscriptionId,
        names,
        label: names.label,
        description:
          "Runs the kit's components again. Cannot change identities or roles, list keys, or call Claude.",
        actions: deployerActions(parts),
        principalId: identity.principalId,
        // The identity comes after the resource group, and so does the role.
        after: identity,
      },
      { parent: this },
    );

    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.remainingSteps = deployerSteps;
    this.registerOutputs({ clientId: this.clientId, remainingSteps: [...deployerSteps] });
  }
}
