import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import { ApplicationFederatedIdentityCredential } from "@pulumi/azuread/applicationFederatedIdentityCredential.js";
import { Provider } from "@pulumi/azuread/provider.js";
import type * as pulumi from "@pulumi/pulumi";

import type { ServicePlan } from "./plan.ts";
import { type ServiceRole, serviceRoleId } from "./roles.ts";

/** One identity a part; none of them has a secret. */
export function identityFor(
  name: string,
  { names, region }: ServicePlan,
  args: { readonly part: string; readonly resourceGroupName: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): UserAssignedIdentity {
  const { part, resourceGroupName } = args;
  return new UserAssignedIdentity(
    `${name}-${part}`,
    { resourceGroupName, location: region, resourceName: `${names.base}-${part}` },
    opts,
  );
}

/** One of Microsoft's roles on one thing, never on a group or a subscription. */
export function grantOn(
  name: string,
  { names }: ServicePlan,
  args: {
    readonly identity: UserAssignedIdentity;
    readonly role: ServiceRole;
    /** Resource id. */
    readonly scope: string;
    readonly purpose: string;
    /** What has to exist before. */
    readonly after?: readonly pulumi.Resource[];
  },
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const { identity, role, scope, purpose, after = [] } = args;
  return new RoleAssignment(
    name,
    {
      roleAssignmentName: names.guid(purpose),
      scope,
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: serviceRoleId(scope, role),
    },
    // Azure never changes who an assignment is for; its name is fixed, so the old one goes first.
    { ...opts, dependsOn: [...after], deleteBeforeReplace: true },
  );
}

/**
 * Lets the service's identity act for the Foundry caller application, in place of a secret.
 * @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity (looked up 2026-11-21)
 */
export function callerTrust(
  name: string,
  { tenantId, names }: ServicePlan,
  args: { readonly applicationObjectId: string; readonly identity: UserAssignedIdentity },
  opts: pulumi.CustomResourceOptions,
): void {
  const provider = new Provider(`${name}-entra`, { tenantId }, opts);
  new ApplicationFederatedIdentityCredential(
    name,
    {
      applicationId: `/applications/${args.applicationObjectId}`,
      displayName: names.app,
      description: "The cowork token service of this geography, by its managed identity",
      issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      subject: args.identity.principalId,
      // The one audience Entra takes.
      audiences: ["api://AzureADTokenExchange"],
    },
    { ...opts, provider },
  );
}
