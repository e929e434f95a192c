import * as oidc from "openid-client";

import { mayAsk } from "../context.ts";
import { HelperFailure } from "../failure.ts";
import type { ObtainContext } from "../obtain-types.ts";
import { type AskRequest, signInNeeded } from "./browser.ts";
import { isSound, resourceOf } from "./issuer.ts";
import { type Attempt, signInFailure } from "./sign-in-failure.ts";
import type { SignedIn } from "./signed-in.ts";
import { verifiedTokens } from "./verified-tokens.ts";

type Around = Pick<ObtainContext, "context" | "now" | "signal" | "tell">;

/** What RFC 8628, 3.5, asks for where the issuer says nothing, and what no issuer can push it below. */
const [defaultIntervalSeconds, minIntervalSeconds, maxIntervalSeconds] = [5, 1, 60];

/**
 * Device authorization grant (RFC 8628): prints an address and a code to standard error, and asks the issuer
 * until the person has entered it on any device.
 *
 * @throws HelperFailure `signInNeeded` where nobody may be asked; `signInFailed`; `unavailable`.
 */
export async function signInWithDeviceCode(
  { issuer, scope, proofKey }: AskRequest,
  around: Around,
): Promise<SignedIn> {
  if (!mayAsk(around.context)) throw signInNeeded();
  const { configuration, host } = issuer;
  const attempt = { host, doing: "signing in with a code" };
  if (configuration.serverMetadata().device_authorization_endpoint === undefined) {
    throw new HelperFailure(
      "signInFailed",
      `no browser could be opened, and ${host} offers no sign-in with a code (device_authorization_endpoint)`,
    );
  }
  try {
    const started = await oidc.initiateDeviceAuthorization(configuration, {
      scope,
      ...resourceOf(issuer),
    });
    tellPerson(started, issuer.signIn.issuer, host, around);
    const interval = Math.min(
      Math.max(started.interval ?? defaultIntervalSeconds, minIntervalSeconds),
      maxIntervalSeconds,
    );
    const expiry = AbortSignal.timeout(
      Math.min(Math.ceil(started.expires_in * 1000), 2_147_483_647),
    );
    const signal = AbortSignal.any([around.signal, expiry]);
    const DPoP = proofKey && oidc.getDPoPHandle(configuration, proofKey.pair);
    const poller = { configuration, signal, DPoP, attempt, parameters: resourceOf(issuer) };
    const tokens = await poll({ ...started, interval }, poller);
    const signedIn = verifiedTokens(tokens, host, around.now());
    if (signedIn.idToken === undefined) {
      throw new HelperFailure("signInFailed", `${host} gave no ID token: add openid to its scopes`);
    }
    return signedIn;
  } catch (error) {
    throw signInFailure(error, attempt);
  }
}

/** Everything printed is checked: a terminal obeys control characters, and people follow addresses. */
function tellPerson(
  started: oidc.DeviceAuthorizationResponse,
  issuerAddress: string,
  host: string,
  around: Around,
): void {
  const isLoopback = new URL(issuerAddress).protocol === "http:";
  if (!isSound(started.verification_uri, isLoopback)) {
    throw new HelperFailure("signInFailed", `${host} sends people to no https address`);
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9 -]{0,39}$/.test(started.user_code)) {
    throw new HelperFailure("signInFailed", `${host} gave a code that cannot be printed safely`);
  }
  const address = new URL(started.verification_uri).href;
  around.tell(`to sign in, open ${address} on any device and enter the code ${started.user_code}`);
}

interface Poller {
  readonly configuration: oidc.Configuration;
  readonly signal: AbortSignal;
  readonly DPoP: oidc.DPoPHandle | undefined;
  readonly attempt: Attempt;
  readonly parameters: Readonly<Record<string, string>>;
}

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

/** A poll nobody answered is no refusal: it is asked again, more slowly (RFC 8628, 3.5). */
async function poll(
  started: oidc.DeviceAuthorizationResponse & { readonly interval: number },
  { configuration, signal, DPoP, attempt, parameters }: Poller,
): Promise<Tokens> {
  let { interval } = started;
  for (;;) {
    try {
      return await oidc.pollDeviceAuthorizationGrant(
        configuration,
        { ...started, interval },
        parameters,
        { signal, ...(DPoP ? { DPoP } : {}) },
      );
    } catch (error) {
      if (signal.aborted) {
        throw new HelperFailure(
          "signInFailed",
          "the code was not entered before it, or this run, came to its end",
        );
      }
      const failure = signInFailure(error, attempt);
      if (failure.failure !== "unavailable") throw failure;
      interval = Math.min(interval * 2, maxIntervalSeconds);
    }
  }
}
