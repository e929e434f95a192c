import { randomUUID } from "node:crypto";
import type { JWK } from "jose";
import { type Configuration, errors, type JWKS } from "oidc-provider";
import { interactionPath } from "./identity-provider-pages.ts";
import { memoryStore } from "./identity-provider-store.ts";

export type Account = { email: string; groups: string[] };

/** Who can sign in unless a test says otherwise. The name is the subject (`sub`) too. */
export const defaultAccounts: Record<string, Account> = {
  alice: { email: "alice@example.com", groups: ["cowork-eu"] },
  bob: { email: "bob@example.com", groups: ["cowork-us"] },
  carol: { email: "carol@example.com", groups: ["cowork-admins"] },
};

export type IdentityProviderOptions = {
  /** Default `cowork-desktop`. A second public client, `another-app`, is always there. */
  clientId?: string;
  /** Which algorithm signs ID tokens and JWT access tokens. Default RS256. */
  signingAlgorithm?: "RS256" | "ES256";
  /** Default 3600. */
  idTokenTtlSeconds?: number;
  /** Default 3600. */
  accessTokenTtlSeconds?: number;
  /** Default 86,400. */
  refreshTokenTtlSeconds?: number;
  /** Default: alice, bob and carol. */
  accounts?: Record<string, Account>;
  /** Gives each ID token a `jti` of its own. Default true; Entra for one sends `uti` instead. */
  idTokenJti?: boolean;
  /** Audiences for which the `resource` parameter yields a JWT access token (RFC 8707). Default none. */
  resources?: string[];
  /** How long the token endpoint waits before it answers: makes races wide enough to be seen. Default 0. */
  tokenDelayMs?: number;
  /** The port to listen on. Default 0: any free one. */
  port?: number;
};

/** What differs while the provider runs: `disabled` accounts can neither sign in nor refresh. */
export type LiveState = {
  keys: JWK[];
  disabled: Set<string>;
  store: ReturnType<typeof memoryStore>;
  cookieKey: string;
};

export function newLiveState(keys: JWK[]): LiveState {
  return { keys, disabled: new Set(), store: memoryStore(), cookieKey: randomUUID() };
}

const nativeClient = {
  application_type: "native",
  token_endpoint_auth_method: "none",
  // Port left out on purpose: for a native client any port of the loopback address matches (RFC 8252, 7.3).
  redirect_uris: ["http://127.0.0.1/callback", "http://127.0.0.1", "http://127.0.0.1/"],
  grant_types: [
    "authorization_code",
    "refresh_token",
    "urn:ietf:params:oauth:grant-type:device_code",
  ],
  response_types: ["code"],
} as const;

/** Every default that oidc-provider would warn about is set here, so that it starts in silence. */
export function providerSettings(options: IdentityProviderOptions, live: LiveState): Configuration {
  const alg = options.signingAlgorithm ?? "RS256";
  const accounts = options.accounts ?? defaultAccounts;
  const accessTokenTtlSeconds = options.accessTokenTtlSeconds ?? 3600;
  const client = (id: string) => ({
    ...nativeClient,
    client_id: id,
    id_token_signed_response_alg: alg,
    redirect_uris: [...nativeClient.redirect_uris],
    grant_types: [...nativeClient.grant_types],
    response_types: ["code" as const],
  });
  const page = (title: string, body: string) => `<!doctype html><title>${title}</title>${body}`;
  return {
    adapter: live.store,
    jwks: { keys: structuredClone(live.keys) as JWKS["keys"] },
    cookies: { keys: [live.cookieKey] },
    clients: [client(options.clientId ?? "cowork-desktop"), client("another-app")],
    clientDefaults: { id_token_signed_response_alg: alg },
    clientBasedCORS: () => false,
    clockTolerance: 0,
    conformIdTokenClaims: false,
    scopes: ["openid", "profile", "email", "groups", "offline_access"],
    claims: { openid: ["sub", "jti"], profile: ["name"], email: ["email"], groups: ["groups"] },
    responseTypes: ["code"],
    rotateRefreshToken: true,
    issueRefreshToken: async (_context, forClient, code) =>
      forClient.grantTypeAllowed("refresh_token") && code.scopes.has("offline_access"),
    interactions: { url: (_context, interaction) => `${interactionPath}/${interaction.uid}` },
    async findAccount(_context, sub) {
      const account = accounts[sub];
      if (!account || live.disabled.has(sub)) return undefined;
      const jti = options.idTokenJti === false ? {} : { jti: randomUUID() };
      return { accountId: sub, claims: async () => ({ sub, name: sub, ...jti, ...account }) };
    },
    extraTokenClaims: async (_context, token) =>
      "accountId" in token && token.accountId ? { ...accounts[token.accountId] } : undefined,
    renderError(context, out) {
      context.type = "html";
      context.body = page("error", `<p>${out.error}: ${out.error_description ?? ""}</p>`);
    },
    ttl: {
      AccessToken: accessTokenTtlSeconds,
      AuthorizationCode: 60,
      DeviceCode: 600,
      Grant: 86_400,
      IdToken: options.idTokenTtlSeconds ?? 3600,
      Interaction: 600,
      RefreshToken: options.refreshTokenTtlSeconds ?? 86_400,
      Session: 86_400,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: true },
      revocation: { enabled: true, allowedPolicy: async () => true },
      rpInitiatedLogout: { enabled: false },
      deviceFlow: {
        enabled: true,
        async userCodeInputSource(context, form) {
          context.body = page("device", form);
        },
        async userCodeConfirmSource(context, form) {
          context.body = page("confirm", form);
        },
        async successSource(context) {
          context.body = page("approved", "<p>approved</p>");
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => [],
        useGrantedResource: async () => true,
        async getResourceServerInfo(_context, resource) {
          if (!options.resources?.includes(resource)) {
            throw new errors.InvalidTarget(`no resource ${resource} here`);
          }
          return {
            scope: "",
            audience: resource,
            accessTokenTTL: accessTokenTtlSeconds,
            accessTokenFormat: "jwt",
            jwt: { sign: { alg } },
          };
        },
      },
    },
  };
}
