import { describe, expect, it } from "vitest";

import { azureNativeModel } from "../../../../offline/providers/azure-native/model.ts";
import { modelledTypes, tokenOf } from "../../../../offline/providers/azure-native/type-tokens.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";
import { config, targetOf } from "./checked.ts";

const model = azureNativeModel();

describe("inputs that force a replacement", () => {
  it.each([
    ["resources/ResourceGroup", ["resourceGroupName"], ["tags"]],
    [
      "resources/DeploymentStackAtResourceGroup",
      ["deploymentStackName"],
      ["template", "denySettings"],
    ],
    [
      "cognitiveservices/Account",
      ["accountName", "kind", "properties.customSubDomainName", "resourceGroupName"],
      ["properties", "properties.disableLocalAuth", "sku", "identity"],
    ],
    ["keyvault/Vault", ["vaultName"], ["properties"]],
    ["keyvault/Key", ["keyName", "properties.keySize", "vaultName"], ["properties.rotationPolicy"]],
    ["authorization/RoleAssignment", ["principalId", "roleAssignmentName", "scope"], ["condition"]],
    ["authorization/RoleDefinition", ["roleDefinitionId", "scope"], ["permissions"]],
    ["network/Subnet", ["subnetName", "virtualNetworkName"], ["addressPrefix"]],
    ["network/PrivateEndpoint", ["subnet"], ["customDnsConfigs"]],
    ["network/PrivateDnsZoneGroup", ["privateEndpointName"], ["privateDnsZoneConfigs"]],
    ["monitor/DiagnosticSetting", ["name", "resourceUri"], ["workspaceId", "logs"]],
    ["operationalinsights/Workspace", ["workspaceName"], ["retentionInDays"]],
  ])("of %s include %j and none of %j", (type, replacing, inPlace) => {
    const replaceOn = model.replaceOn(tokenOf(type));
    expect(replacing.filter((name) => !replaceOn.has(name))).toEqual([]);
    expect(inPlace.filter((name) => replaceOn.has(name))).toEqual([]);
  });

  it("always include the location", () => {
    for (const type of modelledTypes)
      expect(model.replaceOn(tokenOf(type)).has("location")).toBe(true);
  });
});

describe("what a diff compares", () => {
  const compared = (inputs: Properties) =>
    model.compared(targetOf("cognitiveservices/Account"), { inputs }, config);

  it("is the region, however it is written", () => {
    expect(compared({ location: "East US 2" })).toEqual({ location: "eastus2" });
  });

  it("is not what the provider notes for itself", () => {
    expect(compared({ accountName: "a", __createBeforeDelete: true })).toEqual({
      accountName: "a",
    });
  });
});

describe("a replacement", () => {
  it("deletes first, unless the provider made the name", () => {
    expect(model.deletesFirst?.({ accountName: "chosen" })).toBe(true);
    expect(model.deletesFirst?.({ accountName: "a1", __createBeforeDelete: true })).toBe(false);
  });
});
