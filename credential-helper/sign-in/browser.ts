import * as oidc from "openid-client";

import { mayAsk } from "../context.ts";
import { HelperFailure } from "../failure.ts";
import type { ObtainContext } from "../obtain-types.ts";
import { type Callback, listenForCallback } from "./callback-listener.ts";
import { type Issuer, resourceOf } from "./issuer.ts";
import type { ProofKey } from "./proof-key.ts";
import { signInFailure } from "./sign-in-failure.ts";
import type { SignedIn } from "./signed-in.ts";
import { verifiedTokens } from "./verified-tokens.ts";

export interface AskRequest {
  readonly issuer: Issuer;
  /** Space-separated. */
  readonly scope: string;
  /** Absent without DPoP. */
  readonly proofKey: ProofKey | undefined;
}

type Around = Pick<ObtainContext, "context" | "now" | "signal" | "openBrowser" | "tell">;

/**
 * Authorization code with PKCE (RFC 7636, RFC 8252): opens the issuer's page in the person's browser and waits
 * at 127.0.0.1 for the answer.
 *
 * @returns undefined when no browser could be opened.
 * @throws HelperFailure `signInNeeded` where nobody may be asked; `signInFailed`; `unavailable`.
 */
export async function signInWithBrowser(
  { issuer, scope, proofKey }: AskRequest,
  around: Around,
): Promise<SignedIn | undefined> {
  if (!mayAsk(around.context)) throw signInNeeded();
  const { configuration, signIn, host } = issuer;
  if (configuration.serverMetadata().authorization_endpoint === undefined) {
    throw new HelperFailure("signInFailed", `${host} has no page to sign in at in a browser`);
  }
  const checks = {
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    idTokenExpected: true,
  };
  const listener = await listenForCallback({
    path: signIn.redirectPath,
    port: signIn.redirectPort,
    state: checks.expectedState,
    signal: around.signal,
  });
  try {
    const address = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: listener.redirectUri,
      scope,
      ...resourceOf(issuer),
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: "S256",
      // RFC 9449, 10: the code is of use to nobody without the key.
      ...(proofKey === undefined ? {} : { dpop_jkt: proofKey.thumbprint }),
    });
    if (!(await around.openBrowser(address.href))) return undefined;
    around.tell(`waiting for the sign-in at ${host} in the browser`);
    return await redeem(await listener.callback, checks, { issuer, proofKey }, around);
  } finally {
    await listener.close();
  }
}

async function redeem(
  callback: Callback,
  checks: oidc.AuthorizationCodeGrantChecks,
  { issuer, proofKey }: Pick<AskRequest, "issuer" | "proofKey">,
  around: Around,
): Promise<SignedIn> {
  const { configuration, host } = issuer;
  try {
    const tokens = await oidc.authorizationCodeGrant(
      configuration,
      callback.url,
      checks,
      resourceOf(issuer),
      proofKey && { DPoP: oidc.getDPoPHandle(configuration, proofKey.pair) },
    );
    const signedIn = verifiedTokens(tokens, host, around.now());
    await callback.conclude(true);
    return signedIn;
  } catch (error) {
    await callback.conclude(false);
    throw signInFailure(error, { host, doing: "signing in with the browser" });
  }
}

/**
 * What a run ends with that may not ask: the one thing that helps is a person. Runs of other contexts are answered with
 * the same words, so none is named but the one that helps.
 */
export function signInNeeded(why?: string): HelperFailure {
  const reason = why === undefined ? "" : `${why}; `;
  return new HelperFailure(
    "signInNeeded",
    `${reason}a person has to sign in, which only the context "interactive" may ask for: open Claude, or start a new session, to sign in`,
  );
}
