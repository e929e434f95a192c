import type { Wanted } from "../shared/cloud.ts";
import { digits, uuidOf } from "../shared/template.ts";
import { isMap, type Properties, unknown, type Value } from "../struct.ts";
import { managedIds } from "./arm-template.ts";
import { armTypeOf, namingOf } from "./resource-types.ts";
import type { Settings } from "./settings.ts";

const moment = "2026-01-01T00:00:00Z";
const moments = new Set([
  ...["createdOn", "updatedOn", "createdAt", "updatedAt", "createdDate", "modifiedDate"],
]);

/** What every service of Azure answers alike. */
export function conventionalOutput(
  name: string,
  { type, inputs, settings }: Wanted<Settings>,
): Value | undefined {
  if (name === "name") return inputs[namingOf(type.token).input];
  if (name === "type")
    return armTypeOf(type.token).replace("{recordType}", String(inputs.recordType));
  if (name === "provisioningState") return "Succeeded";
  if (name === "etag") return '"00000000-0000-0000-0000-000000000000"';
  if (moments.has(name)) return moment;
  if (name === "createdBy" || name === "updatedBy") return settings.clientId;
  if (name === "systemData")
    return {
      createdAt: moment,
      createdBy: settings.clientId,
      createdByType: "Application",
      lastModifiedAt: moment,
      lastModifiedBy: settings.clientId,
      lastModifiedByType: "Application",
    };
  if (name === "resources" && type.token.endsWith(":DeploymentStackAtResourceGroup"))
    return managedIds(inputs.template, groupId(inputs, settings)).map((id) => ({
      id,
      status: "managed",
      denyStatus: denyStatus(inputs),
    }));
  return undefined;
}

/** What templates of Azure types may name beyond inputs and outputs. */
export function factOf(
  name: string,
  { urn, inputs, settings }: Wanted<Settings>,
): Value | undefined {
  switch (name) {
    case "subscription":
      return settings.subscriptionId;
    case "tenant":
      return settings.tenantId;
    case "groupId":
      return groupId(inputs, settings);
    case "subdomain":
      return subdomain(inputs) ?? text(inputs.accountName);
    case "accountEndpoint":
      // An account without a subdomain answers on the host of its region.
      return subdomain(inputs) === undefined
        ? `https://${text(inputs.location)}.api.cognitive.microsoft.com/`
        : `https://${subdomain(inputs)}.cognitiveservices.azure.com/`;
    case "systemPrincipal":
      return hasSystemIdentity(inputs) ? uuidOf(digits(urn, "principal")) : "";
    default:
      return undefined;
  }
}

function groupId({ resourceGroupName }: Properties, { subscriptionId }: Settings): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${text(resourceGroupName)}`;
}

function subdomain({ properties }: Properties): string | undefined {
  const name = isMap(properties) ? properties.customSubDomainName : undefined;
  return typeof name === "string" && name !== unknown ? name : undefined;
}

/** A user-assigned identity alone gives the resource no principal of its own. */
function hasSystemIdentity({ identity }: Properties): boolean {
  return isMap(identity) && text(identity.type).startsWith("SystemAssigned");
}

function denyStatus({ denySettings }: Properties): string {
  const mode = isMap(denySettings) ? text(denySettings.mode) : "none";
  return mode === "" ? "none" : mode;
}

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}
