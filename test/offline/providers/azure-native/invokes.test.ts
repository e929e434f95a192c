import { describe, expect, it } from "vitest";

import { azureNativeModel } from "../../../../offline/providers/azure-native/model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";
import { config, targetOf } from "./checked.ts";

function invoke(
  name: string,
  args: Properties = {},
  { given = config, model = azureNativeModel() } = {},
): Properties {
  const result = model.invoke(`azure-native:${name.replace("/", ":")}`, args, given);
  if ("answer" in result) return result.answer;
  throw new Error(result.failures.map((one) => `${one.property}: ${one.reason}`).join("\n"));
}

it("the client is the provider's own settings", () => {
  expect(invoke("authorization/getClientConfig")).toEqual({
    clientId: "cccccccc-0000-4000-8000-000000000001",
    objectId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    subscriptionId: "11111111-2222-4333-8444-555555555555",
    tenantId: "99999999-2222-4333-8444-555555555555",
  });
});

describe("a role", () => {
  const name = "authorization/getRoleDefinition";
  const scope = "/subscriptions/11111111-2222-4333-8444-555555555555";

  it("that is built in has its name and an id in the scope", () => {
    const roleDefinitionId = "a97b65f3-24c7-4388-baec-2e87135dc908";
    expect(invoke(name, { roleDefinitionId, scope })).toMatchObject({
      id: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${roleDefinitionId}`,
      roleName: "Cognitive Services User",
      roleType: "BuiltInRole",
    });
  });

  it("that is not known is refused", () => {
    const message =
      "roleDefinitionId: the offline azure-native stand-in knows only a few built-in roles, listed in offline/providers/azure-native/invokes.ts";
    expect(() => invoke(name, { roleDefinitionId: "Owner", scope })).toThrow(message);
    expect(() => invoke(name, { scope })).toThrow(message);
  });
});

describe("a resource group", () => {
  const name = "resources/getResourceGroup";
  const elsewhere = { subscriptionId: "11111111-2222-4333-8444-555555555555" };

  it("lies where it was made, whatever the provider says", () => {
    const model = azureNativeModel();
    const inputs = { resourceGroupName: "cowork-us", location: "westus3" };
    model.create(targetOf("resources/ResourceGroup"), inputs, config);
    expect(invoke(name, { resourceGroupName: "Cowork-US" }, { model })).toMatchObject({
      id: "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/Cowork-US",
      location: "westus3",
      name: "Cowork-US",
    });
  });

  it("that was never met lies where the provider says", () => {
    expect(invoke(name, { resourceGroupName: "hub" }).location).toBe("eastus2");
  });

  it("is refused when nobody says where it lies, or which it is", () => {
    expect(() => invoke(name, { resourceGroupName: "hub" }, { given: elsewhere })).toThrow(
      'resourceGroupName: the offline azure-native stand-in has not met the resource group "hub", and its provider names no location; set `location` on the provider',
    );
    expect(() => invoke(name)).toThrow("resourceGroupName: the call needs the name of a group");
  });
});
