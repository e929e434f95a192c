import type { HelperConfig } from "../contract/helper-config.ts";
import type { SignInSession } from "./obtain-types.ts";
import { isObject, parseJson } from "./record.ts";
import type { SecretStore } from "./secret-store/secret-store.ts";
import { sha256Hex } from "./sha256.ts";

const sessionVersion = 1;

/**
 * Whose session it is: a refresh token is shown to the issuer and client it came from, and to nobody else. It brings
 * what was asked for when the person signed in, so other scopes and another resource need a new sign-in: otherwise a
 * claim that is missing would stay so for ever. Other changes of the configuration leave people signed in.
 */
export function signInIdentity({ signIn }: HelperConfig): string {
  if (signIn.kind !== "oidc") return sha256Hex(JSON.stringify([signIn.kind]));
  const { kind, issuer, clientId, scopes, resource = "" } = signIn;
  const sorted = [...new Set(scopes.split(" "))].filter((scope) => scope !== "").sort();
  return sha256Hex(JSON.stringify([kind, issuer, clientId, sorted, resource]));
}

export async function readSession(
  store: SecretStore,
  config: HelperConfig,
): Promise<SignInSession | undefined> {
  const text = await store.read("session");
  const value = text === undefined ? undefined : parseJson(text);
  if (!isObject(value) || value.sessionVersion !== sessionVersion) return undefined;
  if (value.signIn !== signInIdentity(config)) return undefined;
  return {
    refreshToken: typeof value.refreshToken === "string" ? value.refreshToken : undefined,
    proofKey: typeof value.proofKey === "string" ? value.proofKey : undefined,
  };
}

/** Keeps it, or forgets it: `undefined`, or a configuration that wants no refresh token kept. */
export async function writeSession(
  store: SecretStore,
  config: HelperConfig,
  session: SignInSession | undefined,
): Promise<void> {
  const keeps = config.signIn.kind !== "oidc" || config.signIn.keepRefreshToken;
  const refreshToken = keeps ? session?.refreshToken : undefined;
  if (session === undefined || (refreshToken === undefined && session.proofKey === undefined))
    return store.remove("session");
  const { proofKey } = session;
  const signIn = signInIdentity(config);
  await store.write("session", JSON.stringify({ sessionVersion, signIn, refreshToken, proofKey }));
}
