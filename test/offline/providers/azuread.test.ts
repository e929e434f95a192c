import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startAzureadProvider } from "../../../offline/providers/azuread.ts";
import type { ProviderServer } from "../../../offline/providers/server.ts";
import { type Client, connect } from "./client.ts";

const registration = "azuread:index/applicationRegistration:ApplicationRegistration";
const principal = "azuread:index/servicePrincipal:ServicePrincipal";

let server: ProviderServer;
let client: Client;

beforeAll(async () => {
  server = await startAzureadProvider();
  client = connect(server.port);
  await client.handshake();
  await client.configure({ tenantId: "99999999-2222-4333-8444-555555555555" });
});

afterAll(() => {
  client.close();
  server.close();
});

describe("the provider itself", () => {
  it("says which SDK it imitates", async () => {
    expect((await client.getPluginInfo()).getVersion()).toBe("6.9.1");
    expect((await client.getSchema()).getSchema()).toBe('{"name":"azuread","version":"6.9.1"}');
  });

  it("accepts its settings as the engine sends them, and refuses others", async () => {
    const settings = { tenantId: "99999999-2222-4333-8444-555555555555", useOidc: "true" };
    expect(await client.checkConfig(settings)).toEqual({ inputs: settings, failures: [] });
    const wrong = { tenant: "a", tenantId: "example.com", environment: "eu", useOidc: "yes" };
    expect((await client.checkConfig(wrong)).failures).toEqual([
      'tenant: pulumi:providers:azuread has no input of this name; did you mean "tenantId"?',
      "useOidc: expected boolean, got string",
      'tenantId: "example.com" is not a GUID, as 7d312290-28c8-473c-a0ed-8e53749b6d6d',
      'environment: "eu" is not one of "global", "public", "usgovernmentl4", "usgovernment", "usgovernmentl5", "dod", "china"',
    ]);
  });

  it("gives the same application another principal in each tenant", async () => {
    const other = connect(server.port);
    await other.attach();
    await other.configure({ tenantId: "88888888-2222-4333-8444-555555555555" });
    const inputs = { clientId: "34343434-2222-4333-8444-555555555555" };
    const [here, there] = [
      await client.create(principal, inputs),
      await other.create(principal, inputs),
    ];
    expect(here.id).not.toBe(there.id);
    other.close();
  });
});

describe("resources", () => {
  it("are changed in place, or replaced where Entra cannot", async () => {
    const olds = { displayName: "Claude" };
    expect(await client.diff(registration, olds, { displayName: "Cowork" })).toMatchObject({
      replaces: [],
      details: { displayName: 4 },
    });
    const uris = "azuread:index/applicationRedirectUris:ApplicationRedirectUris";
    const of = (type: string) => ({ applicationId: "/applications/a", redirectUris: [], type });
    expect(await client.diff(uris, of("PublicClient"), of("Web"))).toMatchObject({
      replaces: ["type"],
      details: { type: 5 },
    });
  });

  it("know their ids only when they exist", async () => {
    const { inputs } = await client.check(registration, { displayName: "Claude" });
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    expect((await client.create(registration, inputs, true)).outputs).toMatchObject({
      clientId: unknown,
      objectId: unknown,
    });
    const { id, outputs } = await client.create(registration, inputs);
    expect(id).toBe(`/applications/${String(outputs.objectId)}`);
    expect(outputs.clientId).not.toBe(outputs.objectId);
  });
});

describe("what the stand-in does not model", () => {
  it("refuses a resource type by name and says where to add it", async () => {
    await expect(client.check("azuread:index/user:User", {})).rejects.toThrow(
      '3 INVALID_ARGUMENT: the offline azuread stand-in does not model "azuread:index/user:User"; add it to offline/providers/azuread/type-tokens.ts and offline/providers/azuread/types/',
    );
  });

  it("refuses an invoke by name and says where to add it", async () => {
    await expect(client.invoke("azuread:index/getUser:getUser")).rejects.toThrow(
      '3 INVALID_ARGUMENT: the offline azuread stand-in does not answer "azuread:index/getUser:getUser"; add it to offline/providers/azuread/invokes.ts',
    );
  });
});
