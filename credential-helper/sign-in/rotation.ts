import * as oidc from "openid-client";

import { isObject, parseJson } from "../record.ts";

/**
 * Asks for tokens, and has a refresh token kept as soon as the token endpoint answered with it, before anything else
 * of the answer is looked at. The one before it is spent by then: if it stayed the kept one because, say, the keys that
 * the ID token is checked with cannot be reached for a minute, the next renewal would look like theft.
 *
 * @param keep called with what the issuer sent; when it fails, so does the request.
 */
export async function keepingRotated<T>(
  configuration: oidc.Configuration,
  keep: (refreshToken: string) => Promise<void>,
  grant: () => Promise<T>,
): Promise<T> {
  const plain: oidc.CustomFetch = (url, options) => fetch(url, options as RequestInit);
  const ask = configuration[oidc.customFetch] ?? plain;
  const endpoint = configuration.serverMetadata().token_endpoint ?? "";
  configuration[oidc.customFetch] = async (url, options) => {
    const answer = await ask(url, options);
    if (!answer.ok || !URL.canParse(endpoint) || url !== new URL(endpoint).href) return answer;
    const body = parseJson(await answer.clone().text());
    if (!isObject(body) || typeof body.refresh_token !== "string") return answer;
    await keep(body.refresh_token);
    return answer;
  };
  try {
    return await grant();
  } finally {
    // A sign-in by a person is kept when all of it was checked, not before.
    configuration[oidc.customFetch] = ask;
  }
}
