import type { Wanted } from "../shared/cloud.ts";
import { digits, uuidOf } from "../shared/template.ts";
import type { Properties, Value } from "../struct.ts";
import { publishedApp } from "./published-apps.ts";
import type { Settings } from "./settings.ts";

/** Object id of the service principal of an application: one in each tenant, whoever asks. */
export function principalOf(clientId: string, { tenantId }: Settings): string {
  return uuidOf(digits(`${tenantId} ${clientId.toLowerCase()}`, "principal"));
}

/** What Entra answers alike. */
export function conventionalOutput(
  name: string,
  { type, inputs, settings }: Wanted<Settings>,
): Value | undefined {
  if (name === "publisherDomain") return "example.onmicrosoft.com";
  if (name === "applicationTenantId") return settings.tenantId;
  if (type.token.endsWith(":ServicePrincipal")) return principalOutput(name, inputs);
  return undefined;
}

function principalOutput(name: string, { clientId }: Properties): Value | undefined {
  const app = publishedApp(String(clientId));
  if (name === "displayName") return app?.displayName ?? "an application of this tenant";
  if (name === "oauth2PermissionScopeIds") return app?.scopes ?? {};
  if (name === "servicePrincipalNames") return [String(clientId)];
  if (name === "signInAudience") return app === undefined ? "AzureADMyOrg" : "AzureADMultipleOrgs";
  return name === "type" ? "Application" : undefined;
}

/** What templates of Entra types may name beyond inputs and outputs. */
export function factOf(name: string, { inputs, settings }: Wanted<Settings>): Value | undefined {
  switch (name) {
    case "principal":
      return principalOf(String(inputs.clientId), settings);
    case "applicationObjectId":
      return lastSegment(inputs.applicationId);
    case "principalObjectId":
      return lastSegment(inputs.servicePrincipalId);
    default:
      return undefined;
  }
}

function lastSegment(value: Value | undefined): string {
  const whole = String(value ?? "");
  return whole.slice(whole.lastIndexOf("/") + 1);
}
