import { decodeJwt } from "jose";
import { afterEach, describe, expect, it } from "vitest";

import { obtain } from "../../credential-helper/obtain.ts";
import { walk } from "../services/headless-browser.ts";
import { type HttpDouble, type Script, startHttpDouble } from "../services/http-double.ts";
import { type IdentityProvider, startIdentityProvider } from "../services/identity-provider.ts";
import { granted, helperConfigFor, refusal, tokenService } from "./exchange/configs.ts";
import { failureOf, surroundings } from "./sign-in/around.ts";
import { startHostileIssuer, type Twist } from "./sign-in/hostile-issuer.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function idpAndService(
  answer: Script = [{ body: granted() }],
  options: Parameters<typeof startIdentityProvider>[0] = {},
): Promise<{ idp: IdentityProvider; service: HttpDouble; host: string }> {
  const idp = await startIdentityProvider(options);
  const service = await startHttpDouble({ answer });
  closers.push(idp.close, () => service.close());
  return { idp, service, host: new URL(idp.issuer).host };
}

const presented = (service: HttpDouble) =>
  service.requests.map(({ headers }) => (headers.authorization ?? "").split(" ")[1] ?? "");

describe("obtaining a credential", () => {
  it("asks the person once, and from then on renews in silence with a new ID token each time", async () => {
    const { idp, service } = await idpAndService();
    const config = helperConfigFor(idp.issuer, tokenService(service.url));
    const first = surroundings({ browse: (address) => idp.signInHeadless(address, "alice") });

    expect(await obtain(config, first)).toMatchObject({ token: "bedrock-api-key-abc" });
    expect(first.opened).toHaveLength(1);
    expect(first.session()?.refreshToken).toEqual(expect.any(String));

    let session = first.session()!;
    for (const context of ["background", "mid-session-refresh", "interactive"] as const) {
      const later = surroundings({ context, session, browse: async () => undefined });
      expect(await obtain(config, later)).toMatchObject({ token: "bedrock-api-key-abc" });
      expect(later.opened).toEqual([]);
      expect(later.session()?.refreshToken).not.toBe(session.refreshToken);
      session = later.session()!;
    }
    const tokens = presented(service);
    expect(tokens.map((token) => decodeJwt(token).sub)).toEqual(Array(4).fill("alice"));
    expect(new Set(tokens.map((token) => decodeJwt(token).jti)).size).toBe(4);
  });

  it.each(["mid-session-refresh", "background", "scheduled-task", "setup-test"] as const)(
    "fails at once and asks nobody in the context %s without a session",
    async (context) => {
      const around = surroundings({
        context,
        fetch: () => Promise.reject(new Error("nothing may be asked")),
        browse: async () => undefined,
      });
      const config = helperConfigFor(
        "https://login.example.com",
        tokenService("https://t.example"),
      );
      expect(await failureOf(obtain(config, around))).toBe(
        `signInNeeded: nobody has signed in here yet, or nothing is kept of it; a person has to sign in, which only the context "interactive" may ask for: open Claude, or start a new session, to sign in`,
      );
      expect([around.opened, around.told, around.written]).toEqual([[], [], []]);
    },
  );

  it("drops an ended session; only a person can go on", async () => {
    const { idp, service, host } = await idpAndService();
    const { refresh_token } = await idp.tokensFor("alice");
    const session = { refreshToken: refresh_token, proofKey: undefined };
    idp.disable("alice");
    const config = helperConfigFor(idp.issuer, tokenService(service.url));
    const silent = surroundings({ context: "background", session });
    expect(await failureOf(obtain(config, silent))).toBe(
      `signInNeeded: the sign-in at ${host} has ended or was revoked; a person has to sign in, which only the context "interactive" may ask for: open Claude, or start a new session, to sign in`,
    );
    expect(silent.written).toEqual([undefined]);

    const asking = surroundings({ session, browse: (at) => idp.signInHeadless(at, "bob") });
    await obtain(config, asking);
    expect(presented(service).map((token) => decodeJwt(token).sub)).toEqual(["bob"]);
  });

  it("lets a person sign in anew at an issuer that no longer renews", async () => {
    const service = await startHttpDouble({ answer: [{ body: granted() }] });
    const issuer = await startHostileIssuer({
      token: ({ body }) =>
        new URLSearchParams(body).get("grant_type") === "refresh_token"
          ? { status: 400, body: { error: "unauthorized_client" } }
          : undefined,
    });
    closers.push(issuer.close, () => service.close());
    const config = helperConfigFor(issuer.issuer, tokenService(service.url));
    const session = { refreshToken: "refresh-0", proofKey: undefined };
    const silent = surroundings({ context: "background", session });
    expect(await failureOf(obtain(config, silent))).toBe(
      `signInFailed: renewing the sign-in: ${new URL(issuer.issuer).host} answered unauthorized_client: allow this grant for the client at the issuer`,
    );
    expect(silent.written).toEqual([]);

    const asking = surroundings({ session, browse: (at) => walk(at, () => ({})) });
    expect(await obtain(config, asking)).toMatchObject({ token: "bedrock-api-key-abc" });
    expect(asking.session()?.refreshToken).toBe("refresh-1");
  });

  it("keeps the session while the issuer is away", async () => {
    const { idp, service, host } = await idpAndService();
    const { refresh_token } = await idp.tokensFor("alice");
    await idp.close();
    const around = surroundings({ session: { refreshToken: refresh_token, proofKey: undefined } });
    const config = helperConfigFor(idp.issuer, tokenService(service.url));
    // A connection that was still open is closed, a new one refused.
    expect((await failureOf(obtain(config, around))).replace("closed", "refused")).toBe(
      `unavailable: reading the issuer's metadata: ${host} refused the connection`,
    );
    expect(around.written).toEqual([]);
  });

  it("keeps the sign-in when the exchange fails, so that nobody signs in twice", async () => {
    const { idp, service } = await idpAndService([{ status: 403, body: refusal("policy_none") }]);
    const around = surroundings({ browse: (address) => idp.signInHeadless(address, "alice") });
    const config = helperConfigFor(idp.issuer, tokenService(service.url));
    expect(await failureOf(obtain(config, around))).toMatch(/^refused: .* refused: policy_none/);
    expect(around.session()?.refreshToken).toEqual(expect.any(String));
  });

  it("renews again before it asks the service again", async () => {
    const { idp, service } = await idpAndService([
      { status: 503, body: refusal("upstream_unavailable", { retryAfterSeconds: 1 }) },
      { body: granted() },
    ]);
    const { refresh_token } = await idp.tokensFor("alice");
    const session = { refreshToken: refresh_token, proofKey: undefined };
    const around = surroundings({ context: "background", session });
    await obtain(helperConfigFor(idp.issuer, tokenService(service.url)), around);
    const [one, other] = presented(service).map((token) => decodeJwt(token).jti);
    expect(one).not.toBe(other);
    expect(idp.hits("issued:refresh_token")).toBe(2);
  });
});

describe("where no browser opens", () => {
  const enter = (idp: IdentityProvider, around: ReturnType<typeof surroundings>) => ({
    ...around,
    tell: (line: string) => {
      around.told.push(line);
      const code = /enter the code (\S+)$/.exec(line)?.[1];
      if (code) void idp.approveDevice(code, "carol");
    },
  });

  it("goes on with a code", async () => {
    const { idp, service } = await idpAndService();
    const around = surroundings();
    await obtain(helperConfigFor(idp.issuer, tokenService(service.url)), enter(idp, around));
    expect(presented(service).map((token) => decodeJwt(token).sub)).toEqual(["carol"]);
    expect(around.told).toHaveLength(1);
  });

  it("does so from the start when the configuration says always", async () => {
    const { idp, service } = await idpAndService();
    const config = helperConfigFor(idp.issuer, tokenService(service.url));
    const around = surroundings({ browse: async () => undefined });
    const signIn = { ...config.signIn, deviceCode: "always" } as typeof config.signIn;
    await obtain({ ...config, signIn }, enter(idp, around));
    expect(around.opened).toEqual([]);
  });

  it("ends when the configuration says never", async () => {
    const { idp, service } = await idpAndService();
    const config = helperConfigFor(idp.issuer, tokenService(service.url));
    const signIn = { ...config.signIn, deviceCode: "never" } as typeof config.signIn;
    expect(await failureOf(obtain({ ...config, signIn }, surroundings()))).toBe(
      'signInFailed: no browser could be opened, and signIn.deviceCode is "never"',
    );
    expect(idp.hits("device_authorization")).toBe(0);
  });
});

describe("what is kept", () => {
  it("is nothing when the configuration says so", async () => {
    const { idp, service } = await idpAndService();
    const config = helperConfigFor(idp.issuer, tokenService(service.url));
    const signIn = { ...config.signIn, keepRefreshToken: false } as typeof config.signIn;
    const around = surroundings({ browse: (address) => idp.signInHeadless(address, "alice") });
    await obtain({ ...config, signIn }, around);
    expect(around.written).toEqual([undefined]);
  });

  it("is the rotated refresh token even when the renewal brought no ID token", async () => {
    const twist: Twist = {
      tokens: ({ id_token: _, ...body }) => ({ ...body, refresh_token: "refresh-2" }),
    };
    const issuer = await startHostileIssuer(twist);
    closers.push(issuer.close);
    const session = { refreshToken: "refresh-1", proofKey: undefined };
    const around = surroundings({ context: "background", session });
    const config = helperConfigFor(issuer.issuer, tokenService("https://t.example"));
    expect(await failureOf(obtain(config, around))).toBe(
      `signInNeeded: ${new URL(issuer.issuer).host} renews the sign-in without a new ID token, and each one is good for one exchange; a person has to sign in, which only the context "interactive" may ask for: open Claude, or start a new session, to sign in`,
    );
    expect(around.session()).toEqual({ refreshToken: "refresh-2", proofKey: undefined });
  });
});

describe("with proof of possession", () => {
  const dpop = (url: string) => tokenService(url, { present: "access_token", dpop: true });

  it("the issuer binds the access token to the kept key, also when it is renewed", async () => {
    const { idp, service } = await idpAndService();
    const config = helperConfigFor(idp.issuer, dpop(service.url));
    const first = surroundings({ browse: (address) => idp.signInHeadless(address, "alice") });
    await obtain(config, first);
    const session = first.session()!;
    expect(Object.keys(JSON.parse(session.proofKey!)).sort()).toEqual([
      "crv",
      "d",
      "kty",
      "x",
      "y",
    ]);

    const later = surroundings({ context: "background", session });
    await obtain(config, later);
    expect(later.session()?.proofKey).toBe(session.proofKey);
    for (const { headers } of service.requests) {
      expect(headers.authorization).toMatch(/^DPoP /);
      expect(headers.dpop).toMatch(/^eyJ/);
    }
  });

  it("an issuer that does not bind is a mistake in the configuration", async () => {
    const issuer = await startHostileIssuer();
    closers.push(issuer.close);
    const first = await startIdentityProvider();
    closers.push(first.close);
    const { newProofKey } = await import("../../credential-helper/sign-in/proof-key.ts");
    const session = { refreshToken: "refresh-1", proofKey: (await newProofKey()).text };
    const run = (exchange: ReturnType<typeof dpop>) =>
      failureOf(
        obtain(
          helperConfigFor(issuer.issuer, exchange),
          surroundings({ context: "background", session }),
        ),
      );
    expect(await run(dpop("https://t.example"))).toBe(
      "configuration: exchange.dpop: the issuer did not bind the access token to the helper's key; turn DPoP on for the client at the issuer, or off here",
    );
    expect(await run(tokenService("https://t.example", { dpop: true }))).toBe(
      'configuration: exchange.dpop: the issuer does not bind ID tokens to a key; set exchange.present to "access_token"',
    );
  });

  it.each([undefined, "", "{}", '{"kty":"EC"}'])(
    "a session whose key is %o is of no use",
    async (proofKey) => {
      const session = { refreshToken: "refresh-1", proofKey };
      const around = surroundings({ context: "background", session });
      const config = helperConfigFor("https://login.example.com", dpop("https://t.example"));
      expect(await failureOf(obtain(config, around))).toMatch(
        /^signInNeeded: the kept sign-in has no proof key \(exchange\.dpop\); /,
      );
      expect(around.written).toEqual([]);
    },
  );
});

describe("Entra's own token for Foundry", () => {
  it("is asked for with the resource's scope, at the sign-in and at each renewal", async () => {
    const scope = "https://cognitiveservices.azure.com/.default";
    const issuer = await startHostileIssuer({
      tokens: ({ id_token: _, ...body }) => ({ ...body, scope }),
    });
    closers.push(issuer.close);
    const config = helperConfigFor(
      issuer.issuer,
      { kind: "entra", scope },
      { provider: "foundry" },
    );
    const session = { refreshToken: "refresh-1", proofKey: undefined };
    const around = surroundings({ context: "background", session });
    expect(await obtain(config, around)).toMatchObject({
      token: "access-1",
      kind: "entra-access-token",
    });
    const form = new URLSearchParams(issuer.requests.at(-1)!.body);
    expect(form.get("scope")).toBe(`openid profile email groups offline_access ${scope}`);
  });
});
