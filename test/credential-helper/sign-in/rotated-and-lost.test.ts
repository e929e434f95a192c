import { afterEach, describe, expect, it } from "vitest";

import { obtain } from "../../../credential-helper/obtain.ts";
import { startHttpDouble } from "../../services/http-double.ts";
import { startIdentityProvider } from "../../services/identity-provider.ts";
import { granted, helperConfigFor, tokenService } from "../exchange/configs.ts";
import { failureOf, surroundings } from "./around.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe("a run that is killed after the issuer rotated its refresh token, before the new one is kept", () => {
  it("costs the person one sign-in, and nothing else", async () => {
    const idp = await startIdentityProvider();
    const service = await startHttpDouble({ answer: () => ({ body: granted() }) });
    closers.push(idp.close, () => service.close());
    const config = helperConfigFor(idp.issuer, tokenService(service.url));
    const { refresh_token } = await idp.tokensFor("alice");
    const session = { refreshToken: refresh_token, proofKey: undefined };

    const killed = surroundings({ context: "background", session });
    const never = () => new Promise<void>(() => undefined);
    void obtain(config, { ...killed, writeSession: never }).catch(() => undefined);
    await expect.poll(() => idp.hits("issued:refresh_token")).toBe(1);
    expect(killed.session()).toEqual(session);

    // The issuer takes the old token for a stolen one, and ends the whole sign-in.
    const silent = surroundings({ context: "background", session });
    expect(await failureOf(obtain(config, silent))).toBe(
      `signInNeeded: the sign-in at ${new URL(idp.issuer).host} has ended or was revoked; a person has to sign in, which only the context "interactive" may ask for: open Claude, or start a new session, to sign in`,
    );
    expect(silent.session()).toBeUndefined();

    const asking = surroundings({ browse: (address) => idp.signInHeadless(address, "alice") });
    expect(await obtain(config, asking)).toMatchObject({ token: "bedrock-api-key-abc" });
    const after = surroundings({ context: "background", session: asking.session()! });
    expect(await obtain(config, after)).toMatchObject({ token: "bedrock-api-key-abc" });
    expect(after.opened).toEqual([]);
  });
});

describe("an issuer that rotates its refresh token and then cannot show the keys of its ID token", () => {
  it("costs nobody a sign-in: the new refresh token is kept before anything is checked", async () => {
    const idp = await startIdentityProvider();
    const service = await startHttpDouble({ answer: () => ({ body: granted() }) });
    closers.push(idp.close, () => service.close());
    const config = helperConfigFor(idp.issuer, tokenService(service.url));
    const { refresh_token } = await idp.tokensFor("alice");
    const session = { refreshToken: refresh_token, proofKey: undefined };

    const withoutKeys: typeof fetch = async (input, init) =>
      String(input).endsWith("/jwks") ? new Response(null, { status: 503 }) : fetch(input, init);
    const first = surroundings({ context: "background", session, fetch: withoutKeys });
    expect(await failureOf(obtain(config, first))).toBe(
      `unavailable: renewing the sign-in: ${new URL(idp.issuer).host} answered HTTP 503`,
    );
    expect(idp.hits("issued:refresh_token")).toBe(1);
    expect(first.session()?.refreshToken).not.toBe(refresh_token);

    const next = surroundings({ context: "background", session: first.session()! });
    expect(await obtain(config, next)).toMatchObject({ token: "bedrock-api-key-abc" });
  });

  it("keeps nothing of a person's sign-in that could not be checked", async () => {
    const idp = await startIdentityProvider();
    closers.push(idp.close);
    const config = helperConfigFor(idp.issuer, tokenService("http://127.0.0.1:1"));
    const { refresh_token } = await idp.tokensFor("alice");
    idp.disable("alice");
    const withoutKeys: typeof fetch = async (input, init) =>
      String(input).endsWith("/jwks") ? new Response(null, { status: 503 }) : fetch(input, init);
    const around = surroundings({
      session: { refreshToken: refresh_token, proofKey: undefined },
      fetch: withoutKeys,
      browse: (address) => idp.signInHeadless(address, "bob"),
    });
    expect(await failureOf(obtain(config, around))).toBe(
      `unavailable: signing in with the browser: ${new URL(idp.issuer).host} answered HTTP 503`,
    );
    expect(around.written).toEqual([undefined]);
  });
});
