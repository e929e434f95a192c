import { randomUUID } from "node:crypto";
import { base64url, type JWTPayload } from "jose";

import type { ExchangeContext } from "../../exchange/exchange.ts";
import type { KeySigner } from "./key-signer.ts";

/** What a gateway has to know of a request, and all it gets to know. */
export interface GatewayTokenRequest {
  /** The service's public address. */
  readonly issuer: string;
  /** What the gateway requires as `aud`. */
  readonly audience: string;
  /** Person, or device where there is none. */
  readonly subject: string;
  readonly geography: string;
  readonly route: string;
  /** Ids of the models the gateway may serve with this token. */
  readonly models: readonly string[];
  readonly lifeSeconds: number;
}

export interface GatewayToken {
  readonly token: string;
  readonly expiresAtEpochSeconds: number;
}

/** A signed JWT (RFC 7519) whose header names the key by its thumbprint. */
export async function gatewayToken(
  request: GatewayTokenRequest,
  signer: KeySigner,
  context: ExchangeContext,
): Promise<GatewayToken> {
  const issuedAt = Math.floor(context.now() / 1000);
  const expiresAtEpochSeconds = issuedAt + request.lifeSeconds;
  const claims: JWTPayload = {
    iss: request.issuer,
    aud: request.audience,
    sub: request.subject,
    geography: request.geography,
    route: request.route,
    models: request.models,
    iat: issuedAt,
    nbf: issuedAt,
    exp: expiresAtEpochSeconds,
    jti: randomUUID(),
  };
  const header = { alg: signer.algorithm, kid: signer.keyId, typ: "JWT" };
  const signed = [header, claims].map((part) => base64url.encode(JSON.stringify(part))).join(".");
  const signature = await signer.sign(new TextEncoder().encode(signed), context);
  return { token: `${signed}.${base64url.encode(signature)}`, expiresAtEpochSeconds };
}
