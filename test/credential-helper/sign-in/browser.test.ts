import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";

import { signInWithBrowser } from "../../../credential-helper/sign-in/browser.ts";
import { discoverIssuer, type OidcSignIn } from "../../../credential-helper/sign-in/issuer.ts";
import { walk } from "../../services/headless-browser.ts";
import { startIdentityProvider } from "../../services/identity-provider.ts";
import { closeServer, freePort, listen } from "../../services/loopback.ts";
import { failureOf, type Surroundings, surroundings } from "./around.ts";
import { startHostileIssuer, type Twist } from "./hostile-issuer.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const signIn = (issuer: string, changes: Partial<OidcSignIn> = {}): OidcSignIn => ({
  kind: "oidc",
  issuer,
  clientId: "cowork-desktop",
  scopes: "openid profile email groups offline_access",
  redirectPath: "/callback",
  deviceCode: "fallback",
  keepRefreshToken: true,
  ...changes,
});

async function attempt(options: OidcSignIn, around: Surroundings) {
  const issuer = await discoverIssuer(options, around);
  return signInWithBrowser({ issuer, scope: options.scopes, proofKey: undefined }, around);
}

async function provider(...options: Parameters<typeof startIdentityProvider>) {
  const started = await startIdentityProvider(...options);
  closers.push(started.close);
  return started;
}

describe("signing in with the browser", () => {
  it("ends with verified tokens, and a page that loads nothing and repeats nothing", async () => {
    const idp = await provider();
    let page = { url: "", status: 0, text: "" };
    const around = surroundings({
      browse: async (address) => {
        page = await idp.signInHeadless(address, "alice");
      },
    });

    const signedIn = await attempt(signIn(idp.issuer), around);

    expect(signedIn).toMatchObject({
      accessTokenType: "bearer",
      refreshToken: expect.any(String),
      idToken: { subject: "alice" },
    });
    await around.browsed();
    expect(page.status).toBe(200);
    expect(page.text).toBe(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Signed in</title></head>
<body><h1>Signed in</h1><p>You are signed in. You may close this window and go back to Claude.</p></body>
</html>
`);
    expect(around.told).toEqual([
      `waiting for the sign-in at ${new URL(idp.issuer).host} in the browser`,
    ]);
    // Nothing listens any more.
    await expect(fetch(page.url)).rejects.toThrow();
  });

  it("asks with S256, a fresh state and nonce, at 127.0.0.1 and the configured path", async () => {
    const idp = await provider();
    const asked: URL[] = [];
    for (let round = 0; round < 2; round += 1) {
      const around = surroundings({
        browse: async (address) => {
          asked.push(new URL(address));
          await idp.signInHeadless(address, "alice");
        },
      });
      await attempt(signIn(idp.issuer), around);
    }
    const [first, second] = asked.map(({ searchParams }) => Object.fromEntries(searchParams));
    expect(first).toMatchObject({
      client_id: "cowork-desktop",
      response_type: "code",
      code_challenge_method: "S256",
      scope: "openid profile email groups offline_access",
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(first?.[name]).not.toBe(second?.[name]);
    }
  });

  it("waits at a fixed port, as Okta and Ping need, and says when another program has it", async () => {
    const idp = await provider();
    const port = await freePort();
    const browse = (address: string) => idp.signInHeadless(address, "alice");
    const around = surroundings({ browse });
    await attempt(signIn(idp.issuer, { redirectPort: port }), around);
    expect(new URL(around.opened[0]!).searchParams.get("redirect_uri")).toBe(
      `http://127.0.0.1:${port}/callback`,
    );

    const other = createServer();
    await listen(other, port);
    closers.push(() => closeServer(other));
    expect(
      await failureOf(
        attempt(signIn(idp.issuer, { redirectPort: port }), surroundings({ browse })),
      ),
    ).toBe(
      `signInFailed: 127.0.0.1:${port}, where the browser comes back to, cannot be used: it is taken by another program; end that program, or choose another signIn.redirectPort and register it`,
    );
  });

  it("shows a person who said no another page, and says so", async () => {
    const idp = await provider();
    let text = "";
    const around = surroundings({
      browse: async (address) => {
        ({ text } = await idp.signInHeadless(address, "alice", { deny: true }));
      },
    });
    expect(await failureOf(attempt(signIn(idp.issuer), around))).toBe(
      `signInFailed: signing in with the browser: ${new URL(idp.issuer).host} answered access_denied: the person or the issuer's policy said no`,
    );
    await around.browsed();
    expect(text).toContain("<title>Not signed in</title>");
  });

  it("gives up with the run's deadline, and listens no longer", async () => {
    const idp = await provider();
    const run = new AbortController();
    const around = surroundings({ browse: async () => run.abort(), signal: run.signal });
    expect(await failureOf(attempt(signIn(idp.issuer), around))).toBe(
      "signInFailed: nobody finished the sign-in in the browser before the deadline of this run",
    );
    const redirect = new URL(around.opened[0]!).searchParams.get("redirect_uri")!;
    await expect(fetch(redirect)).rejects.toThrow();
  });

  it("is nothing without a browser: the caller goes on with a code", async () => {
    const idp = await provider();
    expect(await attempt(signIn(idp.issuer), surroundings())).toBeUndefined();
  });

  it.each(["mid-session-refresh", "background", "scheduled-task", "setup-test"] as const)(
    "never opens in the context %s",
    async (context) => {
      const idp = await provider();
      const around = surroundings({ context, browse: async () => undefined });
      expect(await failureOf(attempt(signIn(idp.issuer), around))).toBe(
        `signInNeeded: a person has to sign in, which only the context "interactive" may ask for: open Claude, or start a new session, to sign in`,
      );
      expect(around.opened).toEqual([]);
    },
  );
});

describe("an issuer that cannot be trusted", () => {
  const anotherIssuer = "sent an ID token of another issuer";
  const anotherClient = "sent an ID token for another client";
  const algorithm = "signed the ID token with an algorithm that is not accepted";
  const malformed = "sent an ID token that is not well formed, or none";
  const expired = "sent an ID token that has expired: check this computer's clock";
  const nowSeconds = () => Math.floor(Date.now() / 1000);
  const without = (name: string) => (claims: Record<string, unknown>) => {
    const { [name]: _, ...others } = claims;
    return others;
  };

  const cases: [string, Twist, string][] = [
    [
      "another nonce",
      { claims: (c) => ({ ...c, nonce: "x" }) },
      "sent an ID token of another sign-in (nonce)",
    ],
    ["no nonce", { claims: without("nonce") }, malformed],
    ["another iss", { claims: (c) => ({ ...c, iss: "https://evil.example" }) }, anotherIssuer],
    ["no iss", { claims: without("iss") }, malformed],
    ["another aud", { claims: (c) => ({ ...c, aud: "another-app" }) }, anotherClient],
    ["a list of others as aud", { claims: (c) => ({ ...c, aud: ["a", "b"] }) }, anotherClient],
    ["no aud", { claims: without("aud") }, malformed],
    [
      "another azp",
      { claims: (c) => ({ ...c, aud: ["cowork-desktop", "x"], azp: "x" }) },
      anotherClient,
    ],
    ["no sub", { claims: without("sub") }, malformed],
    ["an hour past its exp", { claims: (c) => ({ ...c, exp: nowSeconds() - 3600 }) }, expired],
    ["no exp", { claims: without("exp") }, malformed],
    [
      "an nbf in an hour",
      { claims: (c) => ({ ...c, nbf: nowSeconds() + 3600 }) },
      "sent an ID token that is not valid yet: check this computer's clock",
    ],
    ["alg none", { signing: "none" }, algorithm],
    ["HS256 with the client id", { signing: "HS256 with the client id" }, algorithm],
    ["HS256 with the public key", { signing: "HS256 with the public key" }, algorithm],
    [
      "a signature of an unpublished key",
      { signing: "an unpublished key" },
      "sent an ID token whose signature is not its own",
    ],
    [
      "no signature at all",
      { signing: "no signature" },
      "sent an ID token whose signature is not its own",
    ],
    [
      "the hash of another access token",
      { claims: (c) => ({ ...c, at_hash: "AAAAAAAAAAAAAAAAAAAAAA" }) },
      "sent an ID token and an access token that do not belong together (at_hash)",
    ],
    [
      "a hash that is no text",
      { claims: (c) => ({ ...c, at_hash: 1 }) },
      "sent an ID token and an access token that do not belong together (at_hash)",
    ],
    ["no ID token", { tokens: without("id_token") }, malformed],
    [
      "an encrypted ID token",
      { tokens: (body) => ({ ...body, id_token: "a.b.c.d.e" }) },
      "sent an encrypted ID token, which the helper has no key for",
    ],
    [
      "another iss in the redirect",
      { redirect: (p) => ({ ...p, iss: "https://evil.example" }) },
      "answered in the name of another issuer (iss)",
    ],
    [
      "no iss in the redirect, though its metadata promises one",
      { redirect: ({ iss: _, ...p }) => p },
      "answered in the name of another issuer (iss)",
    ],
  ];

  it.each(cases)("is refused for %s", async (_, twist, reason) => {
    const hostile = await startHostileIssuer(twist);
    closers.push(hostile.close);
    let text = "";
    const around = surroundings({
      browse: async (address) => {
        ({ text } = await walk(address, () => ({})));
      },
    });
    const { host } = new URL(hostile.issuer);
    const said = await failureOf(attempt(signIn(hostile.issuer), around));
    expect(said.replace("signing in with the browser: ", "")).toBe(
      `signInFailed: ${host} ${reason}`,
    );
    await around.browsed();
    expect(text).toContain("<title>Not signed in</title>");
  });

  it("is accepted when it does everything right, so that the cases above mean something", async () => {
    const hostile = await startHostileIssuer();
    closers.push(hostile.close);
    const around = surroundings({ browse: (address) => walk(address, () => ({})) });
    expect(await attempt(signIn(hostile.issuer), around)).toMatchObject({
      accessToken: "access-1",
      idToken: { subject: "alice" },
    });
  });
});
