import * as oidc from "openid-client";

import type { ObtainContext, SignInSession } from "../obtain-types.ts";
import { type Issuer, resourceOf } from "./issuer.ts";
import { readProofKey } from "./proof-key.ts";
import { keepingRotated } from "./rotation.ts";
import { oauthErrorOf, signInFailure } from "./sign-in-failure.ts";
import type { SignedIn } from "./signed-in.ts";
import { verifiedTokens } from "./verified-tokens.ts";

/** `over`: the session is of no use any more, and why. */
export type Renewal =
  | { readonly signedIn: SignedIn; readonly session: SignInSession }
  | { readonly over: string };

type Around = Pick<ObtainContext, "now" | "readSession" | "writeSession"> & {
  /** Space-separated. Asked for again; absent: what was granted before (RFC 6749, 6). */
  readonly scope?: string | undefined;
};

/** Answers that mean: only a person can go on. The refresh token itself may still be good. */
const needsPerson = new Set(["interaction_required", "login_required", "consent_required"]);

/**
 * Renews the sign-in without a person (RFC 6749, 6). A rotated refresh token is kept before the rest of the answer is
 * looked at. A session is dropped only when the issuer itself says that it is over, never for network trouble: the same
 * refresh token is sent once a run, so that an answer that got lost is not taken for theft by the issuer.
 *
 * @throws HelperFailure `unavailable` with the session kept; `signInFailed`.
 */
export async function renewSignIn(
  issuer: Issuer,
  session: SignInSession & { readonly refreshToken: string },
  around: Around,
): Promise<Renewal> {
  const { configuration, host } = issuer;
  const proofKey =
    session.proofKey === undefined ? undefined : await readProofKey(session.proofKey);
  let next: SignInSession = session;
  let lost: { readonly why: unknown } | undefined;
  let signedIn: SignedIn;
  const keep = async (refreshToken: string) => {
    if (refreshToken === session.refreshToken) return;
    next = { refreshToken, proofKey: session.proofKey };
    await around.writeSession(next).catch((why: unknown) => {
      lost = { why };
      throw why;
    });
  };
  try {
    const tokens = await keepingRotated(configuration, keep, () =>
      oidc.refreshTokenGrant(
        configuration,
        session.refreshToken,
        { ...(around.scope === undefined ? {} : { scope: around.scope }), ...resourceOf(issuer) },
        proofKey && { DPoP: oidc.getDPoPHandle(configuration, proofKey.pair) },
      ),
    );
    signedIn = verifiedTokens(tokens, host, around.now());
  } catch (error) {
    if (lost !== undefined) throw lost.why;
    const code = oauthErrorOf(error) ?? "";
    if (needsPerson.has(code)) return { over: `${host} wants the person to sign in again` };
    if (code !== "invalid_grant")
      throw signInFailure(error, { host, doing: "renewing the sign-in" });
    const kept = await around.readSession();
    const { refreshToken } = kept ?? {};
    // Another process renewed meanwhile, and its refresh token is the one that counts.
    if (kept !== undefined && refreshToken !== undefined && refreshToken !== session.refreshToken) {
      return renewSignIn(issuer, { ...kept, refreshToken }, around);
    }
    await around.writeSession(undefined);
    return { over: `the sign-in at ${host} has ended or was revoked` };
  }
  return { signedIn, session: next };
}
