import { ClientAssertionCredential, OnBehalfOfCredential } from "@azure/identity";
import { describe, expect, test } from "vitest";

import {
  keyVaultAudience,
  managedIdentityToken,
  tokenExchangeAudience,
} from "../../exchange/azure-managed-identity.ts";
import { federatedToken } from "../../exchange/entra-federated.ts";
import { onBehalfOfToken } from "../../exchange/entra-on-behalf-of.ts";
import { failureOf } from "./failure-of.ts";
import { json, jwtOf, nowSeconds, recording } from "./recording.ts";

const tenantId = "11111111-1111-4111-8111-111111111111";
const application = {
  tenantId,
  clientId: "22222222-2222-4222-8222-222222222222",
  scope: "https://cognitiveservices.azure.com/.default",
  sessionSeconds: 5400,
} as const;
const person = { ...application, token: "eyJ.secret.person" } as const;
const managed = async () => ({ token: "own-secret", expiresAtEpochSeconds: nowSeconds + 86_400 });
const claims = {
  aud: "https://cognitiveservices.azure.com",
  tid: tenantId,
  exp: nowSeconds + 4000,
};
const issued = { token_type: "Bearer", expires_in: 4000, access_token: jwtOf(claims) };
const endpoint = `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`;
const sentForm = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body));

describe("a Foundry token", () => {
  test("of an application that trusts the managed identity", async () => {
    const { context, sent } = recording(json(issued));
    expect(await federatedToken(application, context, managed)).toEqual({
      token: issued.access_token,
      kind: "entra-access-token",
      expiresAtEpochSeconds: nowSeconds + 4000,
    });
    expect(sent[0]?.url).toBe(endpoint);
    expect(sentForm(sent[0]?.body)).toEqual({
      client_id: "22222222-2222-4222-8222-222222222222",
      scope: "https://cognitiveservices.azure.com/.default",
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: "own-secret",
    });
  });

  test("of a person, on whose behalf the application asks", async () => {
    const access_token = jwtOf({ ...claims, aud: "https://ai.azure.com" });
    const { context, sent } = recording(json({ ...issued, access_token }));
    const foundry = { ...person, scope: "https://ai.azure.com/.default" } as const;
    expect((await onBehalfOfToken(foundry, context, managed)).token).toBe(access_token);
    expect(sentForm(sent[0]?.body)).toEqual({
      client_id: "22222222-2222-4222-8222-222222222222",
      scope: "https://ai.azure.com/.default",
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      requested_token_use: "on_behalf_of",
      assertion: "eyJ.secret.person",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: "own-secret",
    });
  });

  test("is asked for as Microsoft's own library asks", async () => {
    const theirs: string[] = [];
    const options = {
      disableInstanceDiscovery: true,
      httpClient: {
        sendRequest: async (request: { url: string; body?: unknown; headers: unknown }) => {
          const discovery = request.url.includes(".well-known");
          if (!discovery) theirs.push(String(request.body));
          const metadata = {
            token_endpoint: endpoint,
            authorization_endpoint: endpoint,
            issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
            jwks_uri: endpoint,
          };
          const body = discovery ? metadata : { ...issued, ext_expires_in: 4000 };
          return {
            status: 200,
            bodyAsText: JSON.stringify(body),
            headers: request.headers,
            request,
          };
        },
      },
    };
    const getAssertion = async () => "own-secret";
    const { clientId, scope } = application;
    const ours = recording(json(issued));
    await new ClientAssertionCredential(
      tenantId,
      clientId,
      getAssertion,
      options as object,
    ).getToken(scope);
    await federatedToken(application, ours.context, managed);
    const obo = { tenantId, clientId, getAssertion, userAssertionToken: person.token, ...options };
    await new OnBehalfOfCredential(obo as never).getToken(scope);
    await onBehalfOfToken(person, ours.context, managed);

    const known = Object.keys(sentForm(ours.sent[1]?.body));
    expect(theirs).toHaveLength(2);
    for (const [index, body] of theirs.entries()) {
      const { client_info: _, scope: scopes, ...form } = sentForm(body);
      const said = Object.fromEntries(
        Object.entries(form).filter(([name]) => known.includes(name)),
      );
      // The library also asks for OpenID scopes (no use here) and says what it is.
      expect(scopes?.split(" ")).toContain(scope);
      expect({ ...said, scope }).toEqual(sentForm(ours.sent[index]?.body));
    }
  });

  test.each([
    [{ expires_in: 3600 }, 3600],
    [{ expires_in: 5400 }, 4000],
    [{ access_token: jwtOf({ ...claims, exp: undefined }) }, 4000],
    [{ access_token: jwtOf({ ...claims, aud: "7d312290-28c8-473c-a0ed-8e53749b6d6d" }) }, 4000],
    [{ access_token: jwtOf({ ...claims, aud: "https://cognitiveservices.azure.com/" }) }, 4000],
    [{ access_token: "opaque" }, 4000],
    [{ access_token: "not.json.atall" }, 4000],
    [{ access_token: jwtOf({}) }, 4000],
  ])("%j lives %i s", async (change, seconds) => {
    const { context } = recording(json({ ...issued, ...change }));
    const { expiresAtEpochSeconds } = await federatedToken(application, context, managed);
    expect(expiresAtEpochSeconds).toBe(nowSeconds + seconds);
  });

  const longest =
    "let the policy allow 5400 s, which is Entra's longest by default, or set a token lifetime policy";
  test.each([
    [
      { ...issued, expires_in: 5401 },
      `gave a credential of 5401 s where 5400 s are allowed; ${longest}`,
    ],
    [
      { ...issued, access_token: jwtOf({ ...claims, exp: nowSeconds + 5461 }) },
      `gave a credential of 5461 s where 5400 s are allowed; ${longest}`,
    ],
    [
      { ...issued, access_token: jwtOf({ ...claims, exp: nowSeconds }) },
      "gave a credential that has ended already",
    ],
    [
      { ...issued, access_token: jwtOf({ ...claims, aud: "https://management.azure.com" }) },
      "gave a token for another audience than https://cognitiveservices.azure.com/.default",
    ],
    [
      {
        ...issued,
        access_token: jwtOf({ ...claims, aud: "https://cognitiveservices.azure.com.example.com" }),
      },
      "gave a token for another audience than https://cognitiveservices.azure.com/.default",
    ],
    [
      {
        ...issued,
        access_token: jwtOf({ ...claims, aud: ["https://cognitiveservices.azure.com"] }),
      },
      "gave a token for another audience than https://cognitiveservices.azure.com/.default",
    ],
    [
      {
        ...issued,
        access_token: jwtOf({ ...claims, tid: "33333333-3333-4333-8333-333333333333" }),
      },
      "gave a token of another tenant than the route's",
    ],
    [
      { ...issued, token_type: "pop" },
      "answered with something else: token_type is missing or of another kind",
    ],
    [
      { ...issued, token_type: undefined },
      "answered with something else: token_type is missing or of another kind",
    ],
    [
      { ...issued, expires_in: undefined },
      "answered with something else: expires_in is missing or of another kind",
    ],
    [
      { ...issued, access_token: undefined },
      "answered with something else: access_token is missing or of another kind",
    ],
  ])("%#: nothing", async (body, message) => {
    const failure = await failureOf(
      federatedToken(application, recording(json(body)).context, managed),
    );
    expect(failure.message).toBe(`login.microsoftonline.com ${message}`);
    expect(failure.kind).toBe("refused");
  });

  test.each([
    [
      400,
      { error: "invalid_grant", error_codes: [65001], error_description: "secret" },
      "refused (status 400, AADSTS65001)",
    ],
    [401, { error: "invalid_client", error_codes: [700213] }, "refused (status 401, AADSTS700213)"],
    [400, { error: "invalid_scope" }, "refused (status 400, invalid_scope)"],
    [400, { error: "secret", error_codes: ["secret"] }, "refused (status 400)"],
    [
      400,
      { error: "invalid_grant", error_codes: [123456789012] },
      "refused (status 400, invalid_grant)",
    ],
    [400, { error: "invalid_grant", error_codes: [] }, "refused (status 400, invalid_grant)"],
    [503, "secret", "cannot answer now (status 503)"],
  ])("an error %s %j says its code and nothing else", async (status, body, message) => {
    const failure = await failureOf(
      onBehalfOfToken(person, recording(json(body, status)).context, managed),
    );
    expect(failure.message).toBe(`login.microsoftonline.com ${message}`);
  });
});

describe("the managed identity", () => {
  const environment = {
    IDENTITY_ENDPOINT: "http://localhost:12356/msi/token",
    IDENTITY_HEADER: "own-secret-header",
  };
  const answer = {
    access_token: "own-secret",
    expires_on: String(nowSeconds + 86_399),
    resource: "api://AzureADTokenExchange",
    token_type: "Bearer",
  };

  test.each([
    [{ ...environment }, "api://AzureADTokenExchange", tokenExchangeAudience, undefined],
    [
      { ...environment, AZURE_CLIENT_ID: "" },
      "https://vault.azure.net",
      keyVaultAudience,
      undefined,
    ],
    [
      { ...environment, AZURE_CLIENT_ID: "33333333" },
      "https://vault.azure.net",
      keyVaultAudience,
      "33333333",
    ],
  ])("gives a token for the audience asked: %#", async (env, resource, audience, clientId) => {
    const { context, sent } = recording(json(answer));
    expect(await managedIdentityToken(env, audience)(context)).toEqual({
      token: "own-secret",
      expiresAtEpochSeconds: nowSeconds + 86_399,
    });
    const url = new URL(sent[0]!.url);
    expect(url.origin + url.pathname).toBe("http://localhost:12356/msi/token");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      "api-version": "2019-08-01",
      resource,
      ...(clientId === undefined ? {} : { client_id: clientId }),
    });
    expect(sent[0]?.headers).toEqual({ "x-identity-header": "own-secret-header" });
  });

  test.each([
    [{}],
    [{ ...environment, IDENTITY_HEADER: "" }],
    [{ ...environment, IDENTITY_ENDPOINT: undefined }],
    [{ ...environment, IDENTITY_ENDPOINT: "not a url" }],
  ])("%j is none", async (env) => {
    const { context, sent } = recording(json(answer));
    const failure = await failureOf(managedIdentityToken(env, tokenExchangeAudience)(context));
    expect(failure.message).toBe(
      "there is no managed identity: IDENTITY_ENDPOINT and IDENTITY_HEADER are set by Container Apps and App Service once the app has one",
    );
    expect(sent).toEqual([]);
  });

  test.each([
    [
      { ...answer, expires_on: undefined },
      "answered with something else: expires_on is missing or of another kind",
    ],
    [
      { ...answer, expires_on: "11/21/2026" },
      "answered with something else: expires_on is missing or of another kind",
    ],
    [{ ...answer, expires_on: String(nowSeconds) }, "gave a token that has ended already"],
    [
      { ...answer, token_type: undefined },
      "answered with something else: token_type is missing or of another kind",
    ],
  ])("%#: nothing", async (body, message) => {
    const token = managedIdentityToken(environment, tokenExchangeAudience);
    const failure = await failureOf(token(recording(json(body)).context));
    expect(failure.message).toBe(`localhost:12356 ${message}`);
  });
});
