import type * as pulumi from "@pulumi/pulumi";

import { foundryModelName } from "../../residency/azure/foundry.ts";
import { deploymentName } from "./deployment-template.ts";
import { DesktopApplication, type DesktopApplicationArgs } from "./entra-application.ts";
import type {
  FoundryApplication,
  FoundryDeployment,
  FoundryResourceArgs,
} from "./foundry-route.ts";
import { foundryNames } from "./names.ts";

/** What laptops sign in with. */
export interface FoundrySignIn {
  readonly clientId: pulumi.Input<string>;
  readonly remainingSteps: readonly string[];
}

/** The application of a route: made here, or the company's own. */
export function foundrySignIn(
  name: string,
  args: FoundryResourceArgs,
  opts: pulumi.ComponentResourceOptions,
): FoundrySignIn {
  const { application } = args.route;
  if (application.kind === "create") {
    return new DesktopApplication(name, applicationArgs(args, application), opts);
  }
  const step = `See that the application ${application.clientId} is a public client of tenant ${args.route.tenantId} with the redirect URIs of its sign-in and, unless a token service gives the tokens, user_impersonation consented (docs/foundry-sign-in.md).`;
  return { clientId: application.clientId, remainingSteps: [step] };
}

/** A helper signs in on its own, with the redirect URI of a browser when it uses this application. */
export function applicationArgs(
  { organization, geography, route, today }: FoundryResourceArgs,
  application: Extract<FoundryApplication, { kind: "create" }>,
): DesktopApplicationArgs {
  const { label } = foundryNames({ organization, geography, route });
  return {
    displayName: application.displayName ?? `Claude Desktop ${label}`,
    tenantId: route.tenantId,
    authFlow: route.desktop.kind === "interactive" ? route.desktop.authFlow : "browser",
    groupObjectId: route.access.groupId,
    adminConsent: application.adminConsent,
    today,
  };
}

/** Deployments as the contract describes them. */
export function modelOutputs(models: readonly FoundryDeployment[]) {
  return models.map((deployment) => ({
    id: deploymentName(deployment),
    model: deployment.model,
    version: deployment.version,
    sku: deployment.sku,
    label: foundryModelName(deployment.model),
    // The verdict was `inside`: of the two types, only the data zone promises a place.
    processedIn: deployment.sku === "DataZoneStandard" ? "US" : "azure-anywhere",
  }));
}
