import { describe, expect, it } from "vitest";

import { azureNativeModel } from "../../../../offline/providers/azure-native/model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";
import { config, targetOf } from "./checked.ts";
import { foundryRows, template } from "./rows/foundry.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const model = azureNativeModel();
const account = "cognitiveservices/Account";
const given = foundryRows[account]![0];
const preview = (type: string, inputs: Properties) =>
  model.previewCreate(targetOf(type), inputs, config);
const create = (type: string, inputs: Properties) =>
  model.create(targetOf(type), inputs, config).outputs;

describe("in a preview", () => {
  it("what the service adds beside what the program gave is unknown, each by itself", () => {
    expect(preview(account, given)).toMatchObject({
      name: unknown,
      properties: {
        customSubDomainName: "cowork-us-7f3a",
        disableLocalAuth: true,
        endpoint: unknown,
        endpoints: unknown,
      },
      identity: { type: "SystemAssigned", principalId: unknown },
    });
  });

  it("an object that is not known yet stays unknown as a whole", () => {
    expect(preview(account, { ...given, properties: unknown }).properties).toBe(unknown);
  });

  it("an account that exists keeps its addresses and its principal", () => {
    const olds = create(account, given);
    const news = { ...given, tags: { owner: "it" } };
    const change = { olds, news, preview: true };
    expect(model.update(targetOf(account), change, config)).toEqual({
      ...olds,
      tags: { owner: "it" },
    });
  });
});

describe("an account", () => {
  it("without a subdomain answers on the host of its region", () => {
    const { properties } = create(account, { ...given, location: "eastus2", properties: {} });
    expect(properties).toMatchObject({
      endpoint: "https://eastus2.api.cognitive.microsoft.com/",
    });
  });

  it("has a principal of its own only with a system-assigned identity", () => {
    const principal = (type: string) => create(account, { ...given, identity: { type } }).identity;
    expect(principal("SystemAssigned, UserAssigned")).toMatchObject({
      principalId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(principal("UserAssigned")).toMatchObject({ principalId: "" });
  });
});

describe("a deployment stack", () => {
  const type = "resources/DeploymentStackAtResourceGroup";
  const row = foundryRows[type]![0];

  it("names what it manages, and not what only Azure can name", () => {
    const [first] = template.resources;
    const resources = [first!, { ...first!, name: "[variables('name')]" }];
    const outputs = create(type, { ...row, template: { ...template, resources } });
    expect(outputs.resources).toEqual([
      {
        id: "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/cowork-us/providers/Microsoft.CognitiveServices/accounts/cowork/deployments/claude-sonnet-5-5",
        status: "managed",
        denyStatus: "denyWriteAndDelete",
      },
    ]);
  });

  it("does not know them in a preview", () => {
    expect(preview(type, row).resources).toBe(unknown);
  });
});

describe("a deployment stack that is changed", () => {
  const type = "resources/DeploymentStackAtResourceGroup";
  const row = foundryRows[type]![0];
  const [first] = template.resources;
  const second = { ...first!, name: "cowork/b", dependsOn: ["cowork/claude-sonnet-5-5"] };
  const news = { ...row, template: { ...template, resources: [first!, second] } };
  const update = (preview: boolean) =>
    model.update(targetOf(type), { olds: create(type, row), news, preview }, config);

  it("manages what its new template holds, known once it is done", () => {
    const ids = (update(false).resources as { id: string }[]).map(({ id }) => id.split("/").at(-1));
    expect(ids).toEqual(["claude-sonnet-5-5", "b"]);
    expect(update(true).resources).toBe(unknown);
  });

  it("keeps the id of its last deployment", () => {
    expect(update(false).deploymentId).toBe(create(type, row).deploymentId);
  });
});

describe("an account that is changed", () => {
  it("keeps its addresses, and gets a principal when it gets an identity of its own", () => {
    const olds = create(account, { ...given, identity: { type: "UserAssigned" } });
    const changed = model.update(targetOf(account), { olds, news: given, preview: false }, config);
    expect(changed).toMatchObject({
      properties: { endpoint: "https://cowork-us-7f3a.cognitiveservices.azure.com/" },
      identity: { principalId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });
});

describe("a provider that names no subscription", () => {
  it("gets one that is nobody's", () => {
    const inputs = { resourceGroupName: "cowork-us", location: "eastus2" };
    expect(model.create(targetOf("resources/ResourceGroup"), inputs, {}).id).toBe(
      "/subscriptions/aaaaaaaa-0000-4000-8000-000000000001/resourceGroups/cowork-us",
    );
  });
});
