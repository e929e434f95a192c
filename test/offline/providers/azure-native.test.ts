import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startAzureNativeProvider } from "../../../offline/providers/azure-native.ts";
import type { ProviderServer } from "../../../offline/providers/server.ts";
import type { Value } from "../../../offline/providers/struct.ts";
import { foundryRows, template } from "./azure-native/rows/foundry.ts";
import { type Client, connect } from "./client.ts";

const account = "azure-native:cognitiveservices:Account";
const stack = "azure-native:resources:DeploymentStackAtResourceGroup";
const subscriptionId = "11111111-2222-4333-8444-555555555555";

let server: ProviderServer;
let client: Client;

beforeAll(async () => {
  server = await startAzureNativeProvider();
  client = connect(server.port);
  await client.handshake();
  await client.configure({ subscriptionId, location: "eastus2" });
});

afterAll(() => {
  client.close();
  server.close();
});

describe("the provider itself", () => {
  it("says which SDK it imitates", async () => {
    expect((await client.getPluginInfo()).getVersion()).toBe("3.28.0");
    expect((await client.getSchema()).getSchema()).toBe(
      '{"name":"azure-native","version":"3.28.0"}',
    );
  });

  it("accepts its settings as the engine sends them, everything but text as JSON text", async () => {
    const settings = {
      subscriptionId,
      tenantId: "99999999-2222-4333-8444-555555555555",
      environment: "public",
      location: "eastus2",
      useOidc: "true",
      auxiliaryTenantIds: "[]",
      version: "3.28.0",
    };
    expect(await client.checkConfig(settings)).toEqual({ inputs: settings, failures: [] });
  });

  it("refuses settings that do not exist or have the wrong form", async () => {
    const settings = {
      subscription: "mine",
      subscriptionId: "mine",
      tenantId: "example.com",
      environment: "global",
      useOidc: "yes",
    };
    const guid = "a GUID, as 7d312290-28c8-473c-a0ed-8e53749b6d6d";
    expect((await client.checkConfig(settings)).failures).toEqual([
      'subscription: pulumi:providers:azure-native has no input of this name; did you mean "subscriptionId"?',
      "useOidc: expected boolean, got string",
      `subscriptionId: "mine" is not ${guid}`,
      `tenantId: "example.com" is not ${guid}`,
      'environment: "global" is not one of "public", "usgovernment", "china"',
    ]);
  });

  it("gives each of several instances the subscription it was configured with", async () => {
    const group = "azure-native:resources:ResourceGroup";
    const ids = ["aaaa", "bbbb"].map((part) => `11111111-${part}-4333-8444-555555555555`);
    const instances = await Promise.all(
      ids.map(async (id) => {
        const instance = connect(server.port);
        await instance.attach();
        await instance.configure({ subscriptionId: id });
        return instance;
      }),
    );
    const inputs = { resourceGroupName: "g", location: "eastus2" };
    const made = await Promise.all(instances.toReversed().map((one) => one.create(group, inputs)));
    expect(made.map(({ id }) => id)).toEqual(
      ids.toReversed().map((id) => `/subscriptions/${id}/resourceGroups/g`),
    );
    for (const instance of instances) instance.close();
  });
});

describe("resources", () => {
  const given = foundryRows["cognitiveservices/Account"]![0];

  it("are replaced when their name, region or subdomain changes, and not when the region is only written otherwise", async () => {
    const olds = { ...given, location: "eastus2" };
    const replaced = async (change: Record<string, Value>) =>
      (await client.diff(account, olds, { ...olds, ...change })).replaces;
    expect(await replaced({ accountName: "other" })).toEqual(["accountName"]);
    expect(await replaced({ location: "westus3" })).toEqual(["location"]);
    const properties = { customSubDomainName: "other", disableLocalAuth: true };
    expect(await replaced({ properties })).toEqual(["properties"]);
    expect(await client.diff(account, olds, { ...olds, location: "East US 2" })).toMatchObject({
      changes: 1,
      details: {},
    });
  });

  it("are changed in place beside a subdomain that stays", async () => {
    const properties = { customSubDomainName: "cowork-us-7f3a", disableLocalAuth: false };
    expect(await client.diff(account, given, { ...given, properties })).toEqual({
      changes: 2,
      diffs: ["properties"],
      replaces: [],
      details: { "properties.disableLocalAuth": 4 },
    });
  });

  it("are deleted before they are replaced, unless the provider made their name", async () => {
    const moved = { ...given, location: "westus3" };
    const olds = { ...given, location: "eastus2" };
    expect((await client.diff(account, olds, moved)).deletesFirst).toBe(true);
    const made = { ...olds, __createBeforeDelete: true };
    expect(await client.diff(account, made, moved)).not.toHaveProperty("deletesFirst");
  });
});

describe("the template inside a deployment stack", () => {
  const given = foundryRows["resources/DeploymentStackAtResourceGroup"]![0];
  const [first] = template.resources;
  const named = (name: string, version = "2") => ({
    ...first!,
    name: `cowork/${name}`,
    properties: {
      ...first!.properties,
      model: { ...first!.properties.model, version },
    },
  });
  const of = (...resources: readonly Value[]) => ({
    ...given,
    template: { ...template, resources },
  });
  const details = async (olds: readonly Value[], news: readonly Value[]) =>
    (await client.diff(stack, of(...olds), of(...news))).details;

  it("shows the leaf that changed, and is changed in place", async () => {
    const olds = of(named("a"), named("b"));
    const news = of(named("a"), named("b", "1"));
    expect(await client.diff(stack, olds, news)).toEqual({
      changes: 2,
      diffs: ["template"],
      replaces: [],
      details: { "template.resources[1].properties.model.version": 4 },
    });
  });

  it("shows a deployment that comes or goes as one addition or one deletion, wherever it stands", async () => {
    const [a, b, c] = [named("a"), named("b"), named("c")] as const;
    expect(await details([b, c], [a, b, c])).toEqual({ "template.resources[0]": 0 });
    expect(await details([a, b, c], [b, c])).toEqual({ "template.resources[0]": 2 });
    expect(await details([a], [a, b])).toEqual({ "template.resources[1]": 0 });
  });

  it("shows nothing when deployments only change places", async () => {
    expect(await details([named("a"), named("b")], [named("b"), named("a")])).toEqual({});
  });

  it("shows a deployment that moved and changed place by place, as nothing else could", async () => {
    expect(await details([named("a"), named("b")], [named("b", "1"), named("a")])).toEqual({
      "template.resources[0].name": 4,
      "template.resources[0].properties.model.version": 4,
      "template.resources[1].name": 4,
    });
  });

  it("shows a leaf that is not known yet as changed, and the others as they are", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const later = { ...named("a"), sku: { name: "DataZoneStandard", capacity: unknown } };
    expect(await details([named("a")], [later])).toEqual({
      "template.resources[0].sku.capacity": 4,
    });
  });
});

describe("what the stand-in does not model", () => {
  it("refuses a resource type by name and says where to add it", async () => {
    await expect(client.check("azure-native:compute:VirtualMachine", {})).rejects.toThrow(
      '3 INVALID_ARGUMENT: the offline azure-native stand-in does not model "azure-native:compute:VirtualMachine"; add it to offline/providers/azure-native/type-tokens.ts and offline/providers/azure-native/types/',
    );
  });

  it("refuses an invoke by name and says where to add it", async () => {
    await expect(client.invoke("azure-native:keyvault:getVault")).rejects.toThrow(
      '3 INVALID_ARGUMENT: the offline azure-native stand-in does not answer "azure-native:keyvault:getVault"; add it to offline/providers/azure-native/invokes.ts',
    );
  });

  it("refuses to read a resource nobody made", async () => {
    await expect(client.read(account, "a", {})).rejects.toThrow(
      '3 INVALID_ARGUMENT: the offline azure-native stand-in has no azure-native:cognitiveservices:Account "a" to read: nothing exists before a run',
    );
  });
});
