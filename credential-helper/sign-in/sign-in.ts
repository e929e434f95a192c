import type { HelperConfig } from "../../contract/helper-config.ts";
import { mayAsk } from "../context.ts";
import { needsIdToken } from "../exchange/direct.ts";
import { HelperFailure } from "../failure.ts";
import type { ObtainContext, SignInSession } from "../obtain-types.ts";
import { type AskRequest, signInNeeded, signInWithBrowser } from "./browser.ts";
import { signInWithDeviceCode } from "./device-code.ts";
import { discoverIssuer, type Issuer } from "./issuer.ts";
import { newProofKey, readProofKey } from "./proof-key.ts";
import { renewSignIn } from "./refresh.ts";
import type { SignedIn } from "./signed-in.ts";

export interface SignInResult {
  readonly signedIn: SignedIn;
  /** With the proof key, which is held even when nothing is kept. */
  readonly session: SignInSession;
  /** Renews once more without a person; absent without a refresh token. */
  readonly again: (() => Promise<SignInResult>) | undefined;
}

/**
 * The order: renew the session; where a person may be asked, the browser; where none opens, a code.
 *
 * @throws HelperFailure `signInNeeded`, `signInFailed`, `unavailable`, `configuration`.
 */
export async function signIn(config: HelperConfig, around: ObtainContext): Promise<SignInResult> {
  if (config.signIn.kind !== "oidc") throw new Error("only oidc signs people in");
  const session = await around.readSession();
  const needsKey = config.exchange.kind === "token-service" && config.exchange.dpop;
  const why = await uselessBecause(session, needsKey);
  // Nothing is asked of the network when the answer is known.
  if (why !== undefined && !mayAsk(around.context)) throw signInNeeded(why);
  const issuer = await discoverIssuer(config.signIn, around);
  if (session?.refreshToken !== undefined && why === undefined) {
    const renewed = await renew(config, issuer, session, around).catch(failedRenewal);
    if ("signedIn" in renewed) return renewed;
    if (!mayAsk(around.context)) throw renewed.failure ?? signInNeeded(renewed.over);
  }
  return ask(config, issuer, needsKey, around);
}

/** An issuer that will not renew any more must not keep a person from signing in anew. */
function failedRenewal(error: unknown): { readonly over: string; readonly failure: HelperFailure } {
  if (!(error instanceof HelperFailure) || error.failure !== "signInFailed") throw error;
  return { over: error.message, failure: error };
}

/** Why a session cannot be renewed; undefined when it is worth trying. */
async function uselessBecause(
  session: SignInSession | undefined,
  needsKey: boolean,
): Promise<string | undefined> {
  if (session?.refreshToken === undefined)
    return "nobody has signed in here yet, or nothing is kept of it";
  const key = session.proofKey === undefined ? undefined : await readProofKey(session.proofKey);
  return needsKey && key === undefined
    ? "the kept sign-in has no proof key (exchange.dpop)"
    : undefined;
}

async function renew(
  config: HelperConfig,
  issuer: Issuer,
  session: SignInSession,
  around: ObtainContext,
): Promise<SignInResult | { readonly over: string; readonly failure?: HelperFailure }> {
  const { refreshToken } = session;
  if (refreshToken === undefined) return { over: "there is no refresh token" };
  // Entra has to be told the resource each time; others may refuse a scope they once left out.
  const scope = config.exchange.kind === "entra" ? scopeOf(config, issuer) : undefined;
  const renewal = await renewSignIn(issuer, { ...session, refreshToken }, { ...around, scope });
  if ("over" in renewal) return renewal;
  if (renewal.signedIn.idToken === undefined && needsIdToken(config.exchange)) {
    return {
      over: `${issuer.host} renews the sign-in without a new ID token, and each one is good for one exchange`,
    };
  }
  return resultOf(config, issuer, renewal.signedIn, renewal.session, around);
}

async function ask(
  config: HelperConfig,
  issuer: Issuer,
  needsKey: boolean,
  around: ObtainContext,
): Promise<SignInResult> {
  const { deviceCode, keepRefreshToken } = issuer.signIn;
  const proofKey = needsKey ? await newProofKey() : undefined;
  const request: AskRequest = { issuer, scope: scopeOf(config, issuer), proofKey };
  const byBrowser = deviceCode === "always" ? undefined : await signInWithBrowser(request, around);
  if (byBrowser === undefined && deviceCode === "never") {
    throw new HelperFailure(
      "signInFailed",
      'no browser could be opened, and signIn.deviceCode is "never"',
    );
  }
  const signedIn = byBrowser ?? (await signInWithDeviceCode(request, around));
  const session: SignInSession = {
    refreshToken: keepRefreshToken ? signedIn.refreshToken : undefined,
    proofKey: proofKey?.text,
  };
  // Kept before it is used: an exchange that fails must not cost the person a second sign-in.
  await around.writeSession(session.refreshToken === undefined ? undefined : session);
  return resultOf(config, issuer, signedIn, session, around);
}

function resultOf(
  config: HelperConfig,
  issuer: Issuer,
  signedIn: SignedIn,
  session: SignInSession,
  around: ObtainContext,
): SignInResult {
  if (session.refreshToken === undefined) return { signedIn, session, again: undefined };
  return {
    signedIn,
    session,
    again: async () => {
      const renewed = await renew(config, issuer, session, around);
      if ("signedIn" in renewed) return renewed;
      throw signInNeeded(renewed.over);
    },
  };
}

/** Entra gives one access token a request, for the resource whose scope it asks for. */
function scopeOf({ exchange }: HelperConfig, { signIn }: Issuer): string {
  const scopes = signIn.scopes.split(" ").filter((scope) => scope !== "");
  if (exchange.kind === "entra") scopes.push(exchange.scope);
  return [...new Set(scopes)].join(" ");
}
