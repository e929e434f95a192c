import { createServer } from "node:http";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import * as oidc from "openid-client";
import { afterEach, expect, test, vi } from "vitest";
import { type IdentityProvider, startIdentityProvider } from "./identity-provider.ts";
import { closeServer, listen } from "./loopback.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(...args: Parameters<typeof startIdentityProvider>): Promise<IdentityProvider> {
  const idp = await startIdentityProvider(...args);
  closers.push(idp.close);
  return idp;
}

const discover = (idp: IdentityProvider) =>
  oidc.discovery(new URL(idp.issuer), idp.clientId, undefined, oidc.None(), {
    execute: [oidc.allowInsecureRequests],
  });

const keysOf = (idp: IdentityProvider) => createRemoteJWKSet(new URL(`${idp.issuer}/jwks`));

async function listenForCode() {
  let url = "";
  const server = createServer((request, response) => {
    url = request.url ?? "";
    response.end("You may close this window.");
  });
  const port = await listen(server);
  closers.push(() => closeServer(server));
  return {
    redirectUri: `http://127.0.0.1:${port}/callback`,
    received: () => new URL(url, `http://127.0.0.1:${port}`),
  };
}

async function authorizationUrl(config: oidc.Configuration, redirectUri: string) {
  const verifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: "openid profile email groups offline_access",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state: "state-1",
    nonce: "nonce-1",
  });
  const checks = { pkceCodeVerifier: verifier, expectedState: "state-1", expectedNonce: "nonce-1" };
  return { url: url.href, checks };
}

test("openid-client signs alice in with code and PKCE, and the ID token names her groups", async () => {
  const idp = await start();
  const config = await discover(idp);
  const listener = await listenForCode();
  const { url, checks } = await authorizationUrl(config, listener.redirectUri);

  const page = await idp.signInHeadless(url, "alice");
  expect(page.text).toBe("You may close this window.");
  const tokens = await oidc.authorizationCodeGrant(config, listener.received(), checks);

  const { payload } = await jwtVerify(tokens.id_token ?? "", keysOf(idp), {
    issuer: idp.issuer,
    audience: "cowork-desktop",
    algorithms: ["RS256"],
  });
  expect(payload).toMatchObject({
    sub: "alice",
    groups: ["cowork-eu"],
    email: "alice@example.com",
    nonce: "nonce-1",
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(payload.exp! - payload.iat!).toBe(3600);
  expect(idp.hits("token:authorization_code")).toBe(1);
  expect(idp.hits("issued:authorization_code")).toBe(1);
  expect(idp.hits("token:refresh_token")).toBe(0);
  expect(idp.hits("authorization")).toBe(1);
});

test("a person who says no sends the listener an error and no code", async () => {
  const idp = await start();
  const config = await discover(idp);
  const listener = await listenForCode();
  const { url } = await authorizationUrl(config, listener.redirectUri);
  await idp.signInHeadless(url, "alice", { deny: true });
  expect(listener.received().searchParams.get("error")).toBe("access_denied");
  expect(listener.received().searchParams.has("code")).toBe(false);
});

test("a refresh token works once: its second use is refused", async () => {
  const idp = await start();
  const config = await discover(idp);
  const first = await idp.tokensFor("bob");
  const second = await oidc.refreshTokenGrant(config, first.refresh_token!);
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect(second.claims()).toMatchObject({ sub: "bob", groups: ["cowork-us"] });
  await expect(oidc.refreshTokenGrant(config, first.refresh_token!)).rejects.toMatchObject({
    error: "invalid_grant",
  });
  expect(idp.hits("token:refresh_token")).toBe(2);
  expect(idp.hits("issued:refresh_token")).toBe(1);
});

test("without the scope offline_access there is no refresh token", async () => {
  const idp = await start();
  expect(await idp.tokensFor("bob", { scope: "openid" })).not.toHaveProperty("refresh_token");
});

test("a disabled account can neither refresh nor sign in", async () => {
  const idp = await start();
  const config = await discover(idp);
  const tokens = await idp.tokensFor("alice");
  idp.disable("alice");
  await expect(oidc.refreshTokenGrant(config, tokens.refresh_token!)).rejects.toMatchObject({
    error: "invalid_grant",
  });
  await expect(idp.tokensFor("alice")).rejects.toThrow("the sign-in");
});

test("the device flow ends with tokens once the person has entered the code", async () => {
  const idp = await start();
  const config = await discover(idp);
  const started = await oidc.initiateDeviceAuthorization(config, { scope: "openid groups" });
  const page = await idp.approveDevice(started.user_code, "carol");
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining("approved") });
  const tokens = await oidc.pollDeviceAuthorizationGrant(config, { ...started, interval: 0.05 });
  expect(tokens.claims()).toMatchObject({ sub: "carol", groups: ["cowork-admins"] });
  expect(idp.hits("device_authorization")).toBe(1);
  expect(idp.hits("issued:device_code")).toBe(1);
});

test("after a rotation new tokens carry the new key, old tokens and refresh tokens stay good", async () => {
  const idp = await start({ signingAlgorithm: "ES256" });
  const config = await discover(idp);
  const before = await idp.tokensFor("alice");
  await idp.rotateKeys();
  const after = await idp.tokensFor("alice");
  const kid = (token: string) => decodeProtectedHeader(token).kid;
  expect(kid(after.id_token)).not.toBe(kid(before.id_token));
  expect(decodeProtectedHeader(after.id_token).alg).toBe("ES256");
  await jwtVerify(before.id_token, keysOf(idp));
  await jwtVerify(after.id_token, keysOf(idp));
  const refreshed = await oidc.refreshTokenGrant(config, before.refresh_token!);
  expect(kid(refreshed.id_token!)).toBe(kid(after.id_token));

  await idp.rotateKeys({ dropOld: true });
  await expect(jwtVerify(after.id_token, keysOf(idp))).rejects.toThrow("no applicable key found");
});

test("a resource gives a JWT access token for that audience; an unknown one is refused", async () => {
  const resource = "https://tokens.example.com";
  const idp = await start({ resources: [resource], accessTokenTtlSeconds: 120 });
  const tokens = await idp.tokensFor("alice", { resource });
  const { payload, protectedHeader } = await jwtVerify(tokens.access_token, keysOf(idp), {
    audience: resource,
  });
  expect(protectedHeader.typ).toBe("at+jwt");
  expect(payload).toMatchObject({ sub: "alice", groups: ["cowork-eu"] });
  expect(payload.exp! - payload.iat!).toBe(120);
  await expect(idp.tokensFor("alice", { resource: "https://else.example" })).rejects.toThrow(
    "the sign-in ended at http://127.0.0.1:1/callback?error=invalid_target",
  );
});

test("lifetimes, jti and another client's audience are the test's choice", async () => {
  const idp = await start({ idTokenTtlSeconds: 30, idTokenJti: false });
  const { id_token } = await idp.tokensFor("alice", { clientId: "another-app", nonce: "n" });
  const { payload } = await jwtVerify(id_token, keysOf(idp), { audience: "another-app" });
  expect(payload.exp! - payload.iat!).toBe(30);
  expect(payload).toMatchObject({ nonce: "n" });
  expect(payload).not.toHaveProperty("jti");
});

test("a slow token endpoint leaves time for a race: asked, and not yet answered", async () => {
  const idp = await start({ tokenDelayMs: 300 });
  const pending = idp.tokensFor("alice");
  await vi.waitUntil(() => idp.hits("token") === 1, { timeout: 60_000, interval: 5 });
  expect(idp.hits("issued:authorization_code")).toBe(0);
  await pending;
  expect(idp.hits("issued:authorization_code")).toBe(1);
});

test("a DPoP proof binds the access token to its key", async () => {
  const idp = await start();
  const config = await discover(idp);
  const { refresh_token } = await idp.tokensFor("alice");
  const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair());
  const tokens = await oidc.refreshTokenGrant(config, refresh_token!, undefined, { DPoP });
  expect(tokens.token_type).toBe("dpop");
});

test("any claims can be signed with the provider's own key", async () => {
  const idp = await start();
  const forged = await idp.signWithCurrentKey({ sub: "alice", azp: "intruder" });
  const { payload } = await jwtVerify(forged, keysOf(idp));
  expect(payload).toEqual({ sub: "alice", azp: "intruder" });
});

test("it starts without a word on the console", async () => {
  const said = [vi.spyOn(console, "warn"), vi.spyOn(console, "info")];
  const idp = await start();
  await idp.tokensFor("alice");
  for (const spy of said) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});
