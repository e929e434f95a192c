import { afterEach, describe, expect, it } from "vitest";

import { discoverIssuer, type OidcSignIn } from "../../../credential-helper/sign-in/issuer.ts";
import { renewSignIn } from "../../../credential-helper/sign-in/refresh.ts";
import { startIdentityProvider } from "../../services/identity-provider.ts";
import { failureOf, type Surroundings, surroundings } from "./around.ts";
import { startHostileIssuer, type Twist } from "./hostile-issuer.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const signIn = (issuer: string): OidcSignIn => ({
  kind: "oidc",
  issuer,
  clientId: "cowork-desktop",
  scopes: "openid offline_access",
  redirectPath: "/callback",
  deviceCode: "fallback",
  keepRefreshToken: true,
});

async function renew(address: string, around: Surroundings, refreshToken: string) {
  const issuer = await discoverIssuer(signIn(address), around);
  return renewSignIn(issuer, { refreshToken, proofKey: undefined }, around);
}

async function hostile(twist: Twist) {
  const started = await startHostileIssuer(twist);
  closers.push(started.close);
  return { ...started, host: new URL(started.issuer).host };
}

const kept = { refreshToken: "refresh-0", proofKey: undefined };

describe("renewing the sign-in", () => {
  it("keeps the rotated refresh token before it hands anything on", async () => {
    const idp = await startIdentityProvider();
    closers.push(idp.close);
    const { refresh_token: first } = await idp.tokensFor("alice");
    const around = surroundings({ session: { refreshToken: first, proofKey: undefined } });
    const renewal = await renew(idp.issuer, around, first!);
    expect(renewal).toMatchObject({ signedIn: { idToken: { subject: "alice" } } });
    expect(around.session()?.refreshToken).toEqual(expect.any(String));
    expect(around.session()?.refreshToken).not.toBe(first);
    // The kept one works, so it is the right one.
    await renew(idp.issuer, around, around.session()!.refreshToken!);
  });

  it("fails when the rotated refresh token cannot be kept: it would sign the person out later", async () => {
    const issuer = await hostile({});
    const around = {
      ...surroundings({ session: kept }),
      writeSession: () => Promise.reject(new Error("the disk is full")),
    };
    await expect(renew(issuer.issuer, around, "refresh-0")).rejects.toThrow("the disk is full");
  });

  it.each([
    ["the same refresh token", (body: object) => ({ ...body, refresh_token: "refresh-0" })],
    ["none", ({ refresh_token: _, ...body }: Record<string, unknown>) => body],
  ])("writes nothing when the issuer answers with %s", async (_, tokens) => {
    const issuer = await hostile({ tokens });
    const around = surroundings({ session: kept });
    expect(await renew(issuer.issuer, around, "refresh-0")).toMatchObject({ session: kept });
    expect(around.written).toEqual([]);
  });

  it("brings no ID token when the issuer gives none; the caller decides what that means", async () => {
    const issuer = await hostile({ tokens: ({ id_token: _, ...body }) => body });
    const renewal = await renew(issuer.issuer, surroundings({ session: kept }), "refresh-0");
    expect(renewal).toMatchObject({ signedIn: { idToken: undefined, accessToken: "access-1" } });
  });

  it("drops the session when the issuer says that it is over", async () => {
    const idp = await startIdentityProvider();
    closers.push(idp.close);
    const { refresh_token: first } = await idp.tokensFor("alice");
    idp.disable("alice");
    const around = surroundings({ session: { refreshToken: first, proofKey: undefined } });
    expect(await renew(idp.issuer, around, first!)).toEqual({
      over: `the sign-in at ${new URL(idp.issuer).host} has ended or was revoked`,
    });
    expect(around.written).toEqual([undefined]);
  });

  it("takes up what another process renewed meanwhile, in place of dropping it", async () => {
    const idp = await startIdentityProvider();
    closers.push(idp.close);
    const { refresh_token: first } = await idp.tokensFor("alice");
    const other = surroundings({ session: { refreshToken: first, proofKey: undefined } });
    await renew(idp.issuer, other, first!);
    // This process read the session before the other one wrote it.
    const renewal = await renew(idp.issuer, other, first!);
    // oidc-provider revokes the whole grant on reuse, so here the person has to sign in; but the rotated
    // token was tried before the session was given up.
    expect(renewal).toHaveProperty("over");
    expect(idp.hits("token:refresh_token")).toBe(3);

    const used: string[] = [];
    const lenient = await hostile({
      token: ({ body }) => {
        used.push(new URLSearchParams(body).get("refresh_token") ?? "");
        return { status: 400, body: { error: "invalid_grant" } };
      },
    });
    await renew(lenient.issuer, surroundings({ session: kept }), "refresh-older");
    expect(used).toEqual(["refresh-older", "refresh-0"]);
  });

  it.each(["interaction_required", "login_required", "consent_required"])(
    "keeps the refresh token when the issuer wants a person: %s",
    async (error) => {
      const issuer = await hostile({ token: () => ({ status: 400, body: { error } }) });
      const around = surroundings({ session: kept });
      expect(await renew(issuer.issuer, around, "refresh-0")).toEqual({
        over: `${issuer.host} wants the person to sign in again`,
      });
      expect(around.written).toEqual([]);
    },
  );

  it.each([
    ["a broken connection", { hangUp: true }, "unavailable: ", "closed the connection"],
    ["HTTP 503", { status: 503 }, "unavailable: ", "answered HTTP 503"],
    ["HTTP 429", { status: 429 }, "unavailable: ", "answered HTTP 429"],
    [
      "temporarily_unavailable",
      { status: 400, body: { error: "temporarily_unavailable" } },
      "unavailable: ",
      "answered temporarily_unavailable",
    ],
    [
      "invalid_client",
      { status: 401, body: { error: "invalid_client", error_description: "AADSTS7000218: x" } },
      "signInFailed: ",
      "answered invalid_client (AADSTS7000218): register the helper as a public client (native, no secret, public client flows on)",
    ],
    [
      "an error of its own making",
      { status: 400, body: { error: "refresh-0" } },
      "signInFailed: ",
      "answered with an error it does not share with others",
    ],
    [
      "a page",
      { status: 200, body: "<html>refresh-0</html>", headers: { "content-type": "text/html" } },
      "signInFailed: ",
      "answered HTTP 200, not as OpenID Connect asks",
    ],
  ])("never drops the session for %s, and asks once", async (_, answer, cause, reason) => {
    const issuer = await hostile({ token: () => answer });
    const around = surroundings({ session: kept });
    expect(await failureOf(renew(issuer.issuer, around, "refresh-0"))).toBe(
      `${cause}renewing the sign-in: ${issuer.host} ${reason}`,
    );
    expect(around.written).toEqual([]);
    expect(issuer.requests.filter(({ path }) => path === "/token")).toHaveLength(1);
  });

  it("never drops the session for a deadline", async () => {
    const run = new AbortController();
    const issuer = await hostile({
      token: () => {
        run.abort();
        return { delayMs: 5_000 };
      },
    });
    const around = surroundings({ session: kept, signal: run.signal });
    expect(await failureOf(renew(issuer.issuer, around, "refresh-0"))).toBe(
      `unavailable: renewing the sign-in: ${issuer.host} did not answer before the deadline`,
    );
    expect(around.written).toEqual([]);
  });
});
