import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from "jose";
import Provider from "oidc-provider";
import { type Page, walk } from "./headless-browser.ts";
import { answerInteraction, interactionPath } from "./identity-provider-pages.ts";
import {
  type IdentityProviderOptions,
  newLiveState,
  providerSettings,
} from "./identity-provider-settings.ts";
import { closeServer, listen } from "./loopback.ts";
import { type SignInOptions, signIn, type Tokens } from "./sign-in.ts";

export type IdentityProvider = {
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  issuer: string;
  clientId: string;
  /**
   * Signs in on the provider's pages as a person would, and calls the loopback redirect, so that whoever listens
   * there gets the code. `deny` says no instead. Returns the page the browser ends on.
   */
  signInHeadless(
    authorizationUrl: string,
    account: string,
    options?: { deny?: boolean },
  ): Promise<Page>;
  /** Enters a user code on the device page and signs in. Returns the page the browser ends on. */
  approveDevice(userCode: string, account: string): Promise<Page>;
  /** A whole sign-in without any helper: real tokens for tests that only need some. */
  tokensFor(account: string, options?: SignInOptions): Promise<Tokens>;
  /** Signs any claims with the provider's current key: for tokens that a sound provider would never issue. */
  signWithCurrentKey(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  /** Signs with a new key from now on; older keys stay published unless `dropOld`. Sessions survive. */
  rotateKeys(options?: { dropOld?: boolean }): Promise<void>;
  /** The account can no longer sign in, and its refresh tokens are refused. */
  disable(account: string): void;
  /**
   * Requests by kind since the start: `discovery`, `jwks`, `authorization`, `device_authorization`,
   * `token` (all), `token:<grant type>` and `issued:<grant type>` (answered with tokens), where the device code's
   * grant type is written `device_code`.
   */
  hits(kind: string): number;
  close(): Promise<void>;
};

const kinds: Record<string, string> = {
  "/.well-known/openid-configuration": "discovery",
  "/jwks": "jwks",
  "/auth": "authorization",
  "/device/auth": "device_authorization",
  "/token": "token",
};

/** Starts a real OpenID provider (oidc-provider) on a loopback port, over plain HTTP. */
export async function startIdentityProvider(
  options: IdentityProviderOptions = {},
): Promise<IdentityProvider> {
  const alg = options.signingAlgorithm ?? "RS256";
  const clientId = options.clientId ?? "cowork-desktop";
  const live = newLiveState([await newKey(alg)]);
  const counts = new Map<string, number>();
  const count = (kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1);

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    const kind = kinds[path];
    if (kind) count(kind);
    if (kind === "token" && options.tokenDelayMs) await sleep(options.tokenDelayMs);
    if (kind === "authorization") request.url = withConsentForOfflineAccess(request.url ?? "");
    if (!path.startsWith(interactionPath)) return handle(request, response);
    answerInteraction(provider, request, response).catch((error: Error) => {
      response.writeHead(400).end(error.message);
    });
  });
  const issuer = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;

  const build = () => {
    const built = new Provider(issuer, providerSettings(options, live));
    const grantType = (context: { oidc: { params?: Record<string, unknown> | undefined } }) =>
      String(context.oidc.params?.grant_type).split(":").at(-1);
    built.on("grant.success", (context) => {
      count(`token:${grantType(context)}`);
      count(`issued:${grantType(context)}`);
    });
    built.on("grant.error", (context) => count(`token:${grantType(context)}`));
    return built;
  };
  let provider = build();
  let handle = provider.callback();

  const fill = (account: string, answer: string) => (fields: string[]) =>
    fields.includes("account") ? { account, answer } : { answer };

  return {
    issuer,
    clientId,
    signInHeadless: (url, account, { deny } = {}) => walk(url, fill(account, deny ? "no" : "yes")),
    approveDevice: (userCode, account) =>
      walk(`${issuer}/device?user_code=${encodeURIComponent(userCode)}`, fill(account, "yes")),
    tokensFor: (account, choice = {}) =>
      signIn(issuer, choice.clientId ?? clientId, fill(account, "yes"), choice),
    async signWithCurrentKey(claims, header = {}) {
      const [jwk] = live.keys;
      if (!jwk) throw new Error("the provider has no key");
      return new SignJWT(claims)
        .setProtectedHeader({ alg, kid: jwk.kid ?? "", ...header })
        .sign(await importJWK(jwk, alg));
    },
    async rotateKeys({ dropOld = false } = {}) {
      const fresh = await newKey(alg);
      live.keys = dropOld ? [fresh] : [fresh, ...live.keys];
      provider = build();
      handle = provider.callback();
    },
    disable: (account) => void live.disabled.add(account),
    hits: (kind) => counts.get(kind) ?? 0,
    close: () => closeServer(server),
  };
}

/**
 * OpenID Connect Core 1.0, section 11, lets a provider ignore `offline_access` without `prompt=consent`, and
 * oidc-provider does. Entra and Okta do not ask for it, so a helper that works with them must work here.
 */
function withConsentForOfflineAccess(path: string): string {
  const url = new URL(path, "http://127.0.0.1");
  const asked = (name: string) => (url.searchParams.get(name) ?? "").split(" ").filter(Boolean);
  const prompts = asked("prompt");
  if (!asked("scope").includes("offline_access") || prompts.includes("none")) return path;
  url.searchParams.set("prompt", [...new Set([...prompts, "consent"])].join(" "));
  return url.pathname + url.search;
}

async function newKey(alg: "RS256" | "ES256"): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: "sig", alg };
}
