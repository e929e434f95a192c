import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";

/** What a credential looks like, without any of it: kind, length, and what it says of itself in the open. */
export async function shapeOf(token: string, jwksUrl: string): Promise<string> {
  const length = `${token.length} characters`;
  if (token.startsWith("bedrock-api-key-")) {
    const signed = Buffer.from(token.slice("bedrock-api-key-".length), "base64").toString("utf8");
    const query = new URL(`https://${signed}`).searchParams;
    const region = query.get("X-Amz-Credential")?.split("/")[2];
    return `bedrock-api-key-..., ${length}, for ${region}, lives ${query.get("X-Amz-Expires")} s`;
  }
  if (token.startsWith("ya29.")) return `ya29..., ${length}: an access token of Google's STS`;
  if (token.split(".").length !== 3) return `${length}: an access token of Entra ID`;
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwksUrl)));
  const { alg } = decodeProtectedHeader(token);
  const lives = (payload.exp ?? 0) - (payload.iat ?? 0);
  return `JWT (${alg}, verified with the service's published key), ${length}, geography ${String(payload.geography)}, lives ${lives} s`;
}
