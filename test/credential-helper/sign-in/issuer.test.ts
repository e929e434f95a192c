import { afterEach, describe, expect, it, vi } from "vitest";

import type { HelperContext } from "../../../credential-helper/context.ts";
import {
  discoverIssuer,
  isSound,
  type OidcSignIn,
} from "../../../credential-helper/sign-in/issuer.ts";
import { renewSignIn } from "../../../credential-helper/sign-in/refresh.ts";
import { freePort } from "../../services/loopback.ts";
import { failureOf, surroundings } from "./around.ts";
import { startHostileIssuer, type Twist } from "./hostile-issuer.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const signIn = (issuer: string): OidcSignIn => ({
  kind: "oidc",
  issuer,
  clientId: "cowork-desktop",
  scopes: "openid",
  redirectPath: "/callback",
  deviceCode: "fallback",
  keepRefreshToken: true,
});

async function twisted(twist: Twist, path = "") {
  const hostile = await startHostileIssuer(twist);
  closers.push(hostile.close);
  const said = await failureOf(discoverIssuer(signIn(`${hostile.issuer}${path}`), surroundings()));
  return said.replaceAll(new URL(hostile.issuer).host, "HOST");
}

describe("the issuer's metadata", () => {
  it.each([
    "https://login.microsoftonline.com/common/v2.0",
    "https://login.microsoftonline.com/organizations/v2.0",
    "https://login.microsoftonline.com/consumers/v2.0",
    "https://login.microsoftonline.us/Common/v2.0",
  ])("is not even read for %s, which signs in every tenant", async (issuer) => {
    const around = surroundings({ fetch: () => Promise.reject(new Error("must not be asked")) });
    const { host } = new URL(issuer);
    expect(await failureOf(discoverIssuer(signIn(issuer), around))).toBe(
      `configuration: signIn.issuer: ${issuer} signs in every tenant's accounts; use the tenant's own, https://${host}/<tenant id>/v2.0`,
    );
  });

  it("may not name another issuer, not even at Entra, where the library allows it", async () => {
    const issuer = "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0";
    const around = surroundings({
      fetch: async () =>
        Response.json({
          issuer: "https://login.microsoftonline.com/{tenantid}/v2.0",
          token_endpoint: "https://login.microsoftonline.com/t",
          jwks_uri: "https://login.microsoftonline.com/k",
        }),
    });
    expect(await failureOf(discoverIssuer(signIn(issuer), around))).toBe(
      `configuration: signIn.issuer: the metadata of ${issuer} names another issuer; write the one its ID tokens carry as iss`,
    );
  });

  it.each([
    [
      "of another issuer",
      { metadata: (m: object) => ({ ...m, issuer: "https://evil.example" }) },
      "configuration: signIn.issuer: the metadata of http://HOST names another issuer; write the one its ID tokens carry as iss",
    ],
    [
      "without an issuer",
      { metadata: ({ issuer: _, ...m }: Record<string, unknown>) => m },
      "signInFailed: reading the issuer's metadata: HOST answered with something that is not OpenID Connect",
    ],
    [
      "without token endpoint and keys",
      {
        metadata: ({ token_endpoint: _, jwks_uri: __, ...m }: Record<string, unknown>) => m,
      },
      "signInFailed: the issuer HOST publishes metadata without token_endpoint and jwks_uri",
    ],
    [
      "that sends browsers to a file and tokens elsewhere in the clear",
      {
        metadata: (m: object) => ({
          ...m,
          authorization_endpoint: "file:///etc/passwd",
          token_endpoint: "http://192.0.2.1/token",
        }),
      },
      "signInFailed: the issuer HOST publishes metadata whose authorization_endpoint and token_endpoint is no https address",
    ],
  ])("is refused %s", async (_, twist, said) => {
    expect(await twisted(twist)).toBe(said);
  });

  it("is looked for below the issuer; nothing there is a mistake in the configuration", async () => {
    expect(await twisted({}, "/realms/none")).toBe(
      "configuration: signIn.issuer: http://HOST/realms/none has no metadata below /.well-known/openid-configuration (HTTP 404); write the issuer itself, as its ID tokens carry it in iss",
    );
  });

  it.each([
    ["a redirect", { status: 302, headers: { location: "https://evil.example" } }],
    ["a page", { status: 200, headers: { "content-type": "text/html" } }],
  ])("is not taken from %s", async (_, { status, headers }) => {
    const asked: string[] = [];
    const around = surroundings({
      fetch: async (input) => {
        asked.push(String(input));
        return new Response("<html>", { status, headers: headers as Record<string, string> });
      },
    });
    expect(await failureOf(discoverIssuer(signIn("https://login.example.com"), around))).toBe(
      `signInFailed: reading the issuer's metadata: login.example.com answered HTTP ${status}, not as OpenID Connect asks`,
    );
    expect(asked).toEqual(["https://login.example.com/.well-known/openid-configuration"]);
  });

  it.each([500, 502, 503, 429])("is unavailable with HTTP %i", async (status) => {
    const around = surroundings({ fetch: async () => new Response("", { status }) });
    expect(await failureOf(discoverIssuer(signIn("https://login.example.com"), around))).toBe(
      `unavailable: reading the issuer's metadata: login.example.com answered HTTP ${status}`,
    );
  });

  it("is unavailable where nobody listens", async () => {
    const port = await freePort();
    expect(
      await failureOf(discoverIssuer(signIn(`http://127.0.0.1:${port}`), surroundings())),
    ).toBe(`unavailable: reading the issuer's metadata: 127.0.0.1:${port} refused the connection`);
  });

  it("is read up to 256 KiB", async () => {
    const around = surroundings({
      fetch: async () => Response.json({ issuer: "x".repeat(300_000) }),
    });
    expect(await failureOf(discoverIssuer(signIn("https://login.example.com"), around))).toBe(
      "unavailable: reading the issuer's metadata: login.example.com answered with more than 262144 bytes",
    );
  });
});

describe("how long the issuer is waited for", () => {
  /** Limits of each request, in the order they are sent, in milliseconds. */
  async function limits(context: HelperContext): Promise<number[]> {
    const hostile = await startHostileIssuer();
    closers.push(hostile.close);
    const spy = vi.spyOn(AbortSignal, "timeout");
    const session = { refreshToken: "refresh-0", proofKey: undefined };
    const around = surroundings({ context, session });
    const issuer = await discoverIssuer(signIn(hostile.issuer), around);
    await renewSignIn(issuer, session, around);
    // 30 s are the library's own.
    const seen = spy.mock.calls.map(([one]) => one).filter((one) => one !== 30_000);
    spy.mockRestore();
    return seen;
  }

  it("is shorter for its metadata where nobody is there, never for a refresh token's answer", async () => {
    expect(await limits("background")).toEqual([6_000, 15_000, 15_000]);
    expect(await limits("mid-session-refresh")).toEqual([6_000, 15_000, 15_000]);
    expect(await limits("interactive")).toEqual([15_000, 15_000, 15_000]);
  });
});

describe("an address that may be opened in a browser", () => {
  it.each([
    ["https://login.example.com/auth", false, true],
    ["http://login.example.com/auth", false, false],
    ["http://127.0.0.1:1/auth", false, false],
    ["http://127.0.0.1:1/auth", true, true],
    ["http://localhost:1/auth", true, false],
    ["https://user:password@login.example.com", false, false],
    ["javascript:alert(1)", true, false],
    ["file:///etc/passwd", true, false],
    ["ms-settings:", true, false],
    ["", true, false],
    [undefined, true, false],
    [7, true, false],
  ])("%s (loopback issuer: %s): %s", (address, isLoopback, sound) => {
    expect(isSound(address, isLoopback)).toBe(sound);
  });
});
