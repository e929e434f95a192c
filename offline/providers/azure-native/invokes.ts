import type { CheckedAnswer } from "../provider-model.ts";
import type { Answer } from "../shared/cloud.ts";
import { digits, uuidOf } from "../shared/template.ts";
import type { Properties, Value } from "../struct.ts";
import type { Memory } from "./memory.ts";
import { guidPattern } from "./rules.ts";
import type { Settings } from "./settings.ts";

/** Built-in roles by their id. Source: https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles, read 2026-11-21. */
const builtInRoles: ReadonlyMap<string, string> = new Map([
  ["a97b65f3-24c7-4388-baec-2e87135dc908", "Cognitive Services User"],
  ["53ca6127-db72-4b80-b1b0-d745d6d5456d", "Foundry User"],
  ["12338af0-0e69-4776-bea7-57ae8d297424", "Key Vault Crypto User"],
  ["e147488a-f6f5-4113-8e2d-b22465e65bf6", "Key Vault Crypto Service Encryption User"],
]);

/** What the stand-in answers for data sources. A token not here is refused, never answered empty. */
export function invokesWith(memory: Memory): ReadonlyMap<string, Answer<Settings>> {
  return new Map<string, Answer<Settings>>([
    ["azure-native:authorization:getClientConfig", clientConfig],
    ["azure-native:authorization:getRoleDefinition", roleDefinition],
    [
      "azure-native:resources:getResourceGroup",
      (args, settings) => resourceGroup(args, settings, memory),
    ],
  ]);
}

function clientConfig(_: Properties, settings: Settings): CheckedAnswer {
  const { clientId, subscriptionId, tenantId } = settings;
  return {
    answer: { clientId, objectId: uuidOf(digits(clientId, "object")), subscriptionId, tenantId },
  };
}

function roleDefinition({ roleDefinitionId, scope }: Properties): CheckedAnswer {
  const id = text(roleDefinitionId);
  const roleName = builtInRoles.get(id.toLowerCase());
  if (!guidPattern.test(id) || roleName === undefined)
    return refused(
      "roleDefinitionId",
      "the offline azure-native stand-in knows only a few built-in roles, listed in offline/providers/azure-native/invokes.ts",
    );
  return {
    answer: {
      assignableScopes: ["/"],
      azureApiVersion: "2022-05-01-preview",
      id: `${text(scope).replace(/\/$/, "")}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
      name: id,
      roleName,
      roleType: "BuiltInRole",
      type: "Microsoft.Authorization/roleDefinitions",
    },
  };
}

/** A group this process has not met lies where the provider says; where nobody says is not guessed. */
function resourceGroup(
  { resourceGroupName }: Properties,
  { subscriptionId, location: own }: Settings,
  memory: Memory,
): CheckedAnswer {
  const name = text(resourceGroupName);
  const location = memory.locationOf(subscriptionId, name) ?? own;
  if (name === "") return refused("resourceGroupName", "the call needs the name of a group");
  if (location === undefined)
    return refused(
      "resourceGroupName",
      `the offline azure-native stand-in has not met the resource group "${name}", and its provider names no location; set \`location\` on the provider`,
    );
  return {
    answer: {
      azureApiVersion: "2024-03-01",
      id: `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
      location,
      name,
      properties: { provisioningState: "Succeeded" },
      type: "Microsoft.Resources/resourceGroups",
    },
  };
}

function refused(property: string, reason: string): CheckedAnswer {
  return { failures: [{ property, reason }] };
}

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}
