import { describe, expect, it } from "vitest";

import { azureadModel } from "../../../../offline/providers/azuread/model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";

const config = { tenantId: "99999999-2222-4333-8444-555555555555" };
const model = azureadModel();

function invoke(method: string, args: Properties = {}): Properties {
  const result = model.invoke(`azuread:index/${method}:${method}`, args, config);
  if ("answer" in result) return result.answer;
  throw new Error(result.failures.map((one) => `${one.property}: ${one.reason}`).join("\n"));
}

it("the client is the provider's own settings", () => {
  expect(invoke("getClientConfig")).toMatchObject({
    clientId: "cccccccc-0000-4000-8000-000000000001",
    objectId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    tenantId: "99999999-2222-4333-8444-555555555555",
  });
});

describe("a service principal", () => {
  const clientId = "7d312290-28c8-473c-a0ed-8e53749b6d6d";

  it("of a published application has its scopes, and the id its resource has", () => {
    const found = invoke("getServicePrincipal", { clientId });
    expect(found).toMatchObject({
      displayName: "Microsoft Cognitive Services",
      id: `/servicePrincipals/${String(found.objectId)}`,
      oauth2PermissionScopeIds: { user_impersonation: "5f1e8914-a52b-429f-9324-91b92b81adaf" },
      signInAudience: "AzureADMultipleOrgs",
    });
    const type = "azuread:index/servicePrincipal:ServicePrincipal";
    const target = { urn: `urn:pulumi:us::p::${type}::it`, type };
    const inputs = { clientId, useExisting: true };
    expect(model.create(target, inputs, config).outputs).toMatchObject({
      objectId: found.objectId,
      oauth2PermissionScopeIds: found.oauth2PermissionScopeIds,
    });
  });

  it("of any other application has no scopes that are known here", () => {
    expect(
      invoke("getServicePrincipal", { clientId: "34343434-2222-4333-8444-555555555555" }),
    ).toMatchObject({ oauth2PermissionScopeIds: {}, signInAudience: "AzureADMyOrg" });
  });

  it("is not looked for by anything else than its client id", () => {
    const message =
      "clientId: the offline azuread stand-in knows service principals by their client id only; give `clientId`, a GUID";
    expect(() => invoke("getServicePrincipal", { displayName: "Claude" })).toThrow(message);
    expect(() => invoke("getServicePrincipal", { clientId: "claude" })).toThrow(message);
  });
});

it("published applications are named as far as they are certain", () => {
  expect(invoke("getApplicationPublishedAppIds").result).toEqual({
    MicrosoftGraph: "00000003-0000-0000-c000-000000000000",
  });
});

describe("a group", () => {
  it("has the id it is asked for by, else one that follows from its name", () => {
    const objectId = "12121212-2222-4333-8444-555555555555";
    expect(invoke("getGroup", { objectId })).toMatchObject({ id: `/groups/${objectId}`, objectId });
    const named = invoke("getGroup", { displayName: "Claude users" });
    expect(named.displayName).toBe("Claude users");
    expect(named.objectId).toMatch(/^[0-9a-f-]{36}$/);
    expect(invoke("getGroup", { displayName: "Others" }).objectId).not.toBe(named.objectId);
  });

  it("is asked for by something, and by no id that is none", () => {
    expect(() => invoke("getGroup")).toThrow(
      "objectId: one of `objectId`, `displayName` and `mailNickname` must be given",
    );
    expect(() => invoke("getGroup", { objectId: "people" })).toThrow(
      'objectId: "people" is not a GUID',
    );
  });
});
