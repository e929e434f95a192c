import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { azureNativeModel } from "../../../../offline/providers/azure-native/model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";
import { check, config, targetOf } from "./checked.ts";
import { rows } from "./rows/all.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const subscriptionId = "11111111-2222-4333-8444-555555555555";
const workspace = { resourceGroupName: "cowork-us", workspaceName: "cowork-logs" };

describe("the location", () => {
  const elsewhere = { subscriptionId };

  it("is the provider's when the resource names none, and is written into the inputs", () => {
    const { inputs, failures } = check("operationalinsights/Workspace", workspace);
    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      ...workspace,
      location: "eastus2",
      azureApiVersion: "2023-09-01",
    });
  });

  it("is the resource's own when it names one", () => {
    const given = { ...workspace, location: "West US 3" };
    expect(check("operationalinsights/Workspace", given).inputs.location).toBe("West US 3");
  });

  it("stays what it was in the last run when the provider's changes", () => {
    const olds = { ...workspace, location: "westus3" };
    const { inputs } = check("operationalinsights/Workspace", workspace, { olds });
    expect(inputs.location).toBe("westus3");
  });

  it("is unknown while the group's name is, and the provider names none", () => {
    const later = { ...workspace, resourceGroupName: unknown };
    const { inputs, failures } = check("operationalinsights/Workspace", later, {
      given: elsewhere,
    });
    expect(failures).toEqual([]);
    expect(inputs.location).toBe(unknown);
  });

  it("is that of the resource group once there is one, made in this run or in an earlier one", () => {
    const groups: Properties = { resourceGroupName: "cowork-us", location: "Central US" };
    const made = azureNativeModel();
    made.create(targetOf("resources/ResourceGroup"), groups, elsewhere);
    const kept = azureNativeModel();
    kept.check(targetOf("resources/ResourceGroup"), groups, groups, elsewhere);
    for (const model of [made, kept]) {
      const options = { given: elsewhere, model };
      const { inputs } = check("operationalinsights/Workspace", workspace, options);
      expect(inputs.location).toBe("centralus");
    }
  });

  it("of a group in another subscription does not count", () => {
    const model = azureNativeModel();
    const groups = { resourceGroupName: "cowork-us", location: "centralus" };
    const other = { subscriptionId: "22222222-2222-4333-8444-555555555555" };
    model.create(targetOf("resources/ResourceGroup"), groups, other);
    const options = { given: elsewhere, model };
    expect(check("operationalinsights/Workspace", workspace, options).failures).toHaveLength(1);
  });

  it("is asked for when neither the resource, the provider nor the group says", () => {
    const { inputs, failures } = check("operationalinsights/Workspace", workspace, {
      given: elsewhere,
    });
    expect(failures).toEqual([
      "location: neither the resource nor its provider names a location, and its resource group is not known; set `location` on either",
    ]);
    expect(inputs).not.toHaveProperty("location");
  });

  it.each([
    ["eastus22", '"eastus22" is not an Azure region, as eastus2; did you mean "eastus2"?'],
    ["global", '"global" is not an Azure region, as eastus2'],
    ["", '"" is not an Azure region, as eastus2'],
  ])("%j is refused", (location, reason) => {
    expect(check("operationalinsights/Workspace", { ...workspace, location }).failures).toEqual([
      `location: ${reason}`,
    ]);
  });

  it("of what exists once for all regions must be global, and the provider's is not", () => {
    const zone = {
      resourceGroupName: "cowork-us",
      privateZoneName: "privatelink.openai.azure.com",
    };
    expect(check("privatedns/PrivateZone", zone).failures).toEqual([
      'location: "eastus2" is not "global", the only location of azure-native:privatedns:PrivateZone; set it on the resource',
    ]);
    expect(check("privatedns/PrivateZone", { ...zone, location: "Global" }).failures).toEqual([]);
  });

  it("is not filled into what has none, nor into a deployment of a template", () => {
    expect(check("network/Subnet", {}).inputs).not.toHaveProperty("location");
    expect(check("resources/Deployment", {}).inputs).not.toHaveProperty("location");
  });

  it("of a policy's assignment and of a stack is left out when nobody says", () => {
    const given = {
      scope: `/subscriptions/${subscriptionId}`,
      policyDefinitionId: "/providers/Microsoft.Authorization/policyDefinitions/a",
    };
    const { inputs, failures } = check("authorization/PolicyAssignment", given, {
      given: elsewhere,
    });
    expect(failures).toEqual([]);
    expect(inputs).not.toHaveProperty("location");
  });
});

describe("names", () => {
  it.each<[string, string, Properties, RegExp, boolean]>([
    ["resources/ResourceGroup", "resourceGroupName", {}, /^claude[0-9a-f]{8}$/, true],
    ["cognitiveservices/Account", "accountName", {}, /^claude[0-9a-f]{8}$/, true],
    ["keyvault/Vault", "vaultName", {}, /^claude[0-9a-f]{8}$/, true],
    [
      "resources/DeploymentStackAtResourceGroup",
      "deploymentStackName",
      {},
      /^claude[0-9a-f]{8}$/,
      true,
    ],
    ["monitor/DiagnosticSetting", "name", {}, /^claude[0-9a-f]{8}$/, true],
    ["keyvault/Key", "keyName", {}, /^claude$/, false],
    ["network/Subnet", "subnetName", {}, /^claude$/, false],
    ["network/PrivateDnsZoneGroup", "privateDnsZoneGroupName", {}, /^claude$/, false],
    ["privatedns/VirtualNetworkLink", "virtualNetworkLinkName", {}, /^claude$/, false],
    [
      "authorization/RoleAssignment",
      "roleAssignmentName",
      {},
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
      true,
    ],
    [
      "authorization/RoleDefinition",
      "roleDefinitionId",
      {},
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
      true,
    ],
  ])("of %s are made in %s", (type, property, given, pattern, isRandom) => {
    const { inputs } = check(type, given);
    expect(inputs[property]).toMatch(pattern);
    expect(check(type, given).inputs[property]).toBe(inputs[property]);
    expect(inputs.__createBeforeDelete).toBe(isRandom ? true : undefined);
  });

  it("are kept from the last run, whoever chose them, and so is the note who did", () => {
    const type = "cognitiveservices/Account";
    const made = { accountName: "claude00000000", __createBeforeDelete: true };
    expect(check(type, {}, { olds: made }).inputs).toMatchObject(made);
    const chosen = check(type, {}, { olds: { accountName: "chosen" } }).inputs;
    expect(chosen.accountName).toBe("chosen");
    expect(chosen).not.toHaveProperty("__createBeforeDelete");
  });

  it("of a resource made again elsewhere are others", () => {
    const type = "cognitiveservices/Account";
    const here = check(type, { location: "eastus2" }).inputs.accountName;
    expect(check(type, { location: "westus3" }).inputs.accountName).not.toBe(here);
  });

  it("are refused where Azure would refuse what the provider makes", () => {
    const { vaultName: _, ...unnamed } = rows["keyvault/Vault"]![0];
    const { inputs, failures } = check("keyvault/Vault", unnamed, {
      name: "cowork-customer-managed",
    });
    expect(failures).toEqual([
      `vaultName: "${inputs.vaultName}" is not a vault name: 3 to 24 letters, digits and hyphens, a letter first, no hyphen last, no two in a row`,
    ]);
  });
});

describe("names the SDK does not have", () => {
  it("are refused, with what would happen to them in life", () => {
    const given = {
      ...rows["cognitiveservices/Deployment"]![0],
      properties: {
        model: { format: "OpenAI", name: "gpt-5", version: "2025-08-07" },
        modelProviderData: { organizationName: "Example Corp" },
      },
    };
    expect(check("cognitiveservices/Deployment", given).failures).toEqual([
      "properties.modelProviderData: cognitiveservices/DeploymentPropertiesArgs has no input of this name; the real provider would drop it without a word",
    ]);
  });
});

describe("nested objects", () => {
  it("carry no list of defaults: no bridge stands between this provider and Azure", () => {
    const { inputs } = check("cognitiveservices/Account", rows["cognitiveservices/Account"]![0]);
    expect(inputs.sku).toEqual({ name: "S0" });
  });
});

describe("values that are not known yet", () => {
  const someUnknown = fc.constantFrom(...Object.entries(rows)).chain(([type, [given]]) =>
    fc.subarray(Object.keys(given)).map((names) => ({
      type,
      news: { ...given, ...Object.fromEntries(names.map((name) => [name, unknown])) },
    })),
  );

  it("are never refused, whichever they are", () => {
    fc.assert(
      fc.property(someUnknown, ({ type, news }) => {
        const model = azureNativeModel();
        const { inputs, failures } = check(type, news, { model });
        expect(failures).toEqual([]);
        model.previewCreate(targetOf(type), inputs, config);
      }),
      { numRuns: 300 },
    );
  });
});
