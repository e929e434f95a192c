import { afterEach, describe, expect, it } from "vitest";

import { signInWithDeviceCode } from "../../../credential-helper/sign-in/device-code.ts";
import { discoverIssuer, type OidcSignIn } from "../../../credential-helper/sign-in/issuer.ts";
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
  scopes: "openid groups",
  redirectPath: "/callback",
  deviceCode: "always",
  keepRefreshToken: true,
});

async function attempt(address: string, around: Surroundings) {
  const issuer = await discoverIssuer(signIn(address), around);
  return signInWithDeviceCode({ issuer, scope: "openid groups", proofKey: undefined }, around);
}

async function hostile(twist: Twist) {
  const started = await startHostileIssuer(twist);
  closers.push(started.close);
  return { ...started, host: new URL(started.issuer).host };
}

const oauthError = (error: string) => ({ status: 400, body: { error } });

describe("signing in with a code", () => {
  it("prints address and code, and ends with the tokens of whoever entered it", async () => {
    const idp = await startIdentityProvider();
    closers.push(idp.close);
    const around = surroundings();
    const enter = async (line: string) => {
      around.told.push(line);
      await idp.approveDevice(line.split(" ").at(-1) ?? "", "carol");
    };
    const signedIn = await attempt(idp.issuer, { ...around, tell: (line) => void enter(line) });
    expect(signedIn.idToken?.subject).toBe("carol");
    expect(around.told).toEqual([
      expect.stringMatching(
        /^to sign in, open http:\/\/127\.0\.0\.1:\d+\/device on any device and enter the code [A-Z]{4}-[A-Z]{4}$/,
      ),
    ]);
  });

  it("keeps asking while the code is not entered, slower when told to, and after a lost answer", async () => {
    const answers = [
      oauthError("authorization_pending"),
      { hangUp: true },
      { status: 503 },
      oauthError("access_denied"),
    ];
    let asked = 0;
    const issuer = await hostile({
      token: () => answers[asked++] ?? oauthError("server_error"),
    });
    expect(await failureOf(attempt(issuer.issuer, surroundings()))).toBe(
      `signInFailed: signing in with a code: ${issuer.host} answered access_denied: the person or the issuer's policy said no`,
    );
    expect(asked).toBe(4);
  }, 60_000);

  it.each([
    [
      "a code that expired at the issuer",
      { token: () => oauthError("expired_token") },
      "answered expired_token: the code was not entered in time",
    ],
    [
      "a client that may not use codes",
      { token: () => oauthError("unauthorized_client") },
      "answered unauthorized_client: allow this grant for the client at the issuer",
    ],
    [
      "an ID token of another issuer",
      { claims: (claims: object) => ({ ...claims, iss: "https://evil.example" }) },
      "sent an ID token of another issuer",
    ],
    [
      "an unsigned ID token",
      { signing: "none" as const },
      "signed the ID token with an algorithm that is not accepted",
    ],
  ])("ends with %s", async (_, twist, reason) => {
    const issuer = await hostile(twist);
    expect(await failureOf(attempt(issuer.issuer, surroundings()))).toBe(
      `signInFailed: signing in with a code: ${issuer.host} ${reason}`,
    );
  });

  it("ends when the answer has no ID token", async () => {
    const issuer = await hostile({ tokens: ({ id_token: _, ...body }) => body });
    expect(await failureOf(attempt(issuer.issuer, surroundings()))).toBe(
      `signInFailed: ${issuer.host} gave no ID token: add openid to its scopes`,
    );
  });

  it("ends with the run", async () => {
    const issuer = await hostile({ token: () => oauthError("authorization_pending") });
    const run = new AbortController();
    const around = { ...surroundings({ signal: run.signal }), tell: () => run.abort() };
    expect(await failureOf(attempt(issuer.issuer, around))).toBe(
      "signInFailed: the code was not entered before it, or this run, came to its end",
    );
  });

  it("ends with the code's own life", async () => {
    const issuer = await hostile({
      token: () => oauthError("authorization_pending"),
      device: (body) => ({ ...body, expires_in: 1.5 }),
    });
    expect(await failureOf(attempt(issuer.issuer, surroundings()))).toBe(
      "signInFailed: the code was not entered before it, or this run, came to its end",
    );
  });

  it.each([
    [
      "a code with control characters",
      { user_code: "AB\u001b[2J" },
      "gave a code that cannot be printed safely",
    ],
    [
      "a code with a line of its own",
      { user_code: "AB\nopen" },
      "gave a code that cannot be printed safely",
    ],
    [
      "an address that is a command",
      { verification_uri: "file:///bin/sh" },
      "sends people to no https address",
    ],
    [
      "an address in the clear",
      { verification_uri: "http://evil.example" },
      "sends people to no https address",
    ],
  ])("prints nothing of %s", async (_, change, reason) => {
    const issuer = await hostile({ device: (body) => ({ ...body, ...change }) });
    const around = surroundings();
    expect(await failureOf(attempt(issuer.issuer, around))).toBe(
      `signInFailed: ${issuer.host} ${reason}`,
    );
    expect(around.told).toEqual([]);
  });

  it("says when the issuer has no such sign-in", async () => {
    const issuer = await hostile({
      metadata: ({ device_authorization_endpoint: _, ...metadata }) => metadata,
    });
    expect(await failureOf(attempt(issuer.issuer, surroundings()))).toBe(
      `signInFailed: no browser could be opened, and ${issuer.host} offers no sign-in with a code (device_authorization_endpoint)`,
    );
  });

  it.each(["mid-session-refresh", "background", "scheduled-task", "setup-test"] as const)(
    "never asks for a code in the context %s",
    async (context) => {
      const issuer = await hostile({});
      const around = surroundings({ context });
      expect(await failureOf(attempt(issuer.issuer, around))).toContain("signInNeeded: ");
      expect(issuer.requests.map(({ path }) => path)).toEqual([
        "/.well-known/openid-configuration",
      ]);
      expect(around.told).toEqual([]);
    },
  );
});
