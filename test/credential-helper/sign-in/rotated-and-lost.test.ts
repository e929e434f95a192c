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
      `signInNeeded: the sign-in at ${new URL(idp.issuer).host} has ended or was revoked; a person has to sign in, which the context "background" may not ask for: open Claude, or start a new session, to sign in`,
    );
    expect(silent.session()).toBeUndefined();

    const asking = surroundings({ browse: (address) => idp.signInHeadless(address, "alice") });
    expect(await obtain(config, asking)).toMatchObject({ token: "bedrock-api-key-abc" });
    const after = surroundings({ context: "background", session: asking.session()! });
    expect(await obtain(config, after)).toMatchObject({ token: "bedrock-api-key-abc" });
    expect(after.opened).toEqual([]);
  });
});
