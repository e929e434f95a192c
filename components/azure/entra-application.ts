import { ApplicationApiAccess } from "@pulumi/azuread/applicationApiAccess.js";
import { ApplicationFallbackPublicClient } from "@pulumi/azuread/applicationFallbackPublicClient.js";
import { ApplicationRedirectUris } from "@pulumi/azuread/applicationRedirectUris.js";
import { ApplicationRegistration } from "@pulumi/azuread/applicationRegistration.js";
import { AppRoleAssignment } from "@pulumi/azuread/appRoleAssignment.js";
import { getServicePrincipalOutput } from "@pulumi/azuread/getServicePrincipal.js";
import { Provider } from "@pulumi/azuread/provider.js";
import { ServicePrincipal } from "@pulumi/azuread/servicePrincipal.js";
import { ServicePrincipalDelegatedPermissionGrant } from "@pulumi/azuread/servicePrincipalDelegatedPermissionGrant.js";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import type { LegalOptIn } from "../shared/legal-opt-in.ts";
import {
  checkDesktopApplication,
  cognitiveServices,
  type DesktopAuthFlow,
  desktopApplicationSteps,
  needsPublicClientFlows,
  redirectUris,
} from "./entra-application-plan.ts";

export type { DesktopAuthFlow };

/** Arguments of {@link DesktopApplication}. */
export interface DesktopApplicationArgs {
  /** Required. Name people see when they sign in, at most 120 characters. */
  readonly displayName: string;
  /** Required. Entra tenant, a UUID: the one place where the application can sign anybody in. */
  readonly tenantId: string;
  /** Required. How the desktop signs people in; decides redirect URIs and public client flows. */
  readonly authFlow: DesktopAuthFlow;
  /**
   * Object id of the one group that may sign in; anybody else gets no token. Groups need Entra ID P1.
   * Default: everybody of the tenant may sign in, and reaches what their roles on the resource allow.
   */
  readonly groupObjectId?: string | undefined;
  /** Tenant-wide admin consent, a legal act. Default: none is given, and it is a remaining step. */
  readonly adminConsent?: LegalOptIn | undefined;
  /** Required. ISO date that an acceptance must not be later than. */
  readonly today: string;
}

/**
 * The application with which Claude Desktop signs people in at Entra ID for a Foundry route: single tenant,
 * public client, no secret and no certificate, one delegated permission (`user_impersonation` of Azure
 * Cognitive Services).
 *
 * Creates: a provider pinned to the tenant, the registration, its redirect URIs, the API permission and the
 * service principal; with device-code and broker the public client flows; with a group its assignment; with
 * admin consent the tenant-wide grant. Signing in gives no access: that takes a data-plane role as well.
 *
 * Split resources, because the redirect URI of the Windows broker holds the application's own id.
 *
 * @throws pulumi.ResourceError naming every rejected argument; see {@link checkDesktopApplication}.
 * @see https://claude.com/docs/third-party/claude-desktop/foundry (2026-07)
 * @see https://claude.com/docs/third-party/claude-desktop/entra-broker (2026-08)
 */
export class DesktopApplication extends pulumi.ComponentResource {
  /** Application (client) id: what profiles carry. */
  readonly clientId: pulumi.Output<string>;
  /** Plain: as given. */
  readonly tenantId: string;
  /** What is left to people, a sentence each. */
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: DesktopApplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:DesktopApplication", name, {}, opts);
    rejectBadInputs(this, name, checkDesktopApplication(args));
    const { tenantId, authFlow, displayName } = args;
    // Of its own, so that no ambient sign-in decides in which tenant the application lands.
    const tenant = new Provider(`${name}-tenant`, { tenantId }, { parent: this });
    const child = { parent: this, provider: tenant };

    const registration = new ApplicationRegistration(
      `${name}-registration`,
      {
        displayName,
        description: "Signs people in to Claude Desktop. Public client: has no secret.",
        signInAudience: "AzureADMyOrg",
        implicitAccessTokenIssuanceEnabled: false,
        implicitIdTokenIssuanceEnabled: false,
      },
      child,
    );
    const applicationId = registration.id;
    new ApplicationRedirectUris(
      `${name}-redirects`,
      {
        applicationId,
        type: "PublicClient",
        // Only the broker's holds the id: what does not is known before the application exists.
        redirectUris:
          authFlow === "broker"
            ? registration.clientId.apply((id) => [...redirectUris(authFlow, id)])
            : [...redirectUris(authFlow, "")],
      },
      child,
    );
    if (needsPublicClientFlows(authFlow)) {
      new ApplicationFallbackPublicClient(
        `${name}-public-client`,
        { applicationId, enabled: true },
        child,
      );
    }
    const permission = new ApplicationApiAccess(
      `${name}-permission`,
      {
        applicationId,
        apiClientId: cognitiveServices.clientId,
        scopeIds: [cognitiveServices.scopeId],
      },
      child,
    );
    const principal = new ServicePrincipal(
      `${name}-principal`,
      {
        clientId: registration.clientId,
        appRoleAssignmentRequired: args.groupObjectId !== undefined,
      },
      child,
    );
    this.#assign(name, args, principal, tenant);
    this.#consent(name, args, principal, permission, tenant);

    this.clientId = registration.clientId;
    this.tenantId = tenantId;
    this.remainingSteps = desktopApplicationSteps(args);
    this.registerOutputs({
      clientId: this.clientId,
      tenantId,
      remainingSteps: [...this.remainingSteps],
    });
  }

  #assign(
    name: string,
    { groupObjectId }: DesktopApplicationArgs,
    principal: ServicePrincipal,
    tenant: Provider,
  ): void {
    if (groupObjectId === undefined) return;
    new AppRoleAssignment(
      `${name}-group`,
      {
        // The application has no roles of its own: this is Entra's id for "may use it".
        appRoleId: "00000000-0000-0000-0000-000000000000",
        principalObjectId: groupObjectId,
        resourceObjectId: principal.objectId,
      },
      { parent: this, provider: tenant },
    );
  }

  #consent(
    name: string,
    { adminConsent }: DesktopApplicationArgs,
    principal: ServicePrincipal,
    permission: ApplicationApiAccess,
    tenant: Provider,
  ): void {
    if (adminConsent === undefined) return;
    // Looked up, never adopted: a destroy would try to delete Microsoft's own service principal.
    const api = getServicePrincipalOutput(
      { clientId: cognitiveServices.clientId },
      { parent: this, provider: tenant },
    );
    new ServicePrincipalDelegatedPermissionGrant(
      `${name}-consent`,
      {
        servicePrincipalObjectId: principal.objectId,
        resourceServicePrincipalObjectId: api.objectId,
        claimValues: [cognitiveServices.scope],
      },
      { parent: this, provider: tenant, dependsOn: [permission] },
    );
  }
}
