import { createHash, randomBytes } from "node:crypto";
import { type FillForm, walk } from "./headless-browser.ts";

export type Tokens = {
  id_token: string;
  access_token: string;
  refresh_token?: string;
  expires_in: number;
};

export type SignInOptions = {
  /** Default: the provider's own client. `another-app` gives tokens with a wrong audience. */
  clientId?: string;
  /** Default `openid profile email groups offline_access`. */
  scope?: string;
  /** Asks for a JWT access token for this audience (RFC 8707). */
  resource?: string;
  /** Default: none sent. */
  nonce?: string;
};

/** Authorization code with PKCE, by plain requests: nothing listens on the redirect address, it is only read. */
export async function signIn(
  issuer: string,
  clientId: string,
  fill: FillForm,
  options: SignInOptions,
): Promise<Tokens> {
  const verifier = randomBytes(32).toString("base64url");
  const redirectUri = "http://127.0.0.1:1/callback";
  const extra = {
    ...(options.resource ? { resource: options.resource } : {}),
    ...(options.nonce ? { nonce: options.nonce } : {}),
  };
  const url = new URL("/auth", issuer);
  url.search = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: options.scope ?? "openid profile email groups offline_access",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    state: randomBytes(8).toString("hex"),
    ...extra,
  }).toString();
  const end = await walk(url.href, fill, (address) => address.href.startsWith(redirectUri));
  const code = new URL(end.url).searchParams.get("code");
  if (!code) throw new Error(`the sign-in ended at ${end.url} (${end.status}): ${end.text}`);
  const response = await fetch(new URL("/token", issuer), {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the token endpoint answered ${response.status}: ${answer}`);
  return JSON.parse(answer) as Tokens;
}
