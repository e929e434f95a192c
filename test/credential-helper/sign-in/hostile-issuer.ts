import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

import {
  type Answer,
  type HttpDoubleOptions,
  type RecordedRequest,
  startHttpDouble,
} from "../../services/http-double.ts";

type Json = Record<string, unknown>;
type Signing =
  | "RS256"
  | "none"
  | "HS256 with the client id"
  | "HS256 with the public key"
  | "an unpublished key"
  | "no signature";

export type Twist = {
  /** Changes to the metadata. */
  metadata?: (metadata: Json, issuer: string) => Json;
  /** Changes to the ID token's claims. */
  claims?: (claims: Json) => Json;
  /** How the ID token is signed. Default `RS256`, with the published key. */
  signing?: Signing;
  /** Changes to the redirect's parameters. */
  redirect?: (parameters: Record<string, string>) => Record<string, string>;
  /** Changes to the token endpoint's answer. */
  tokens?: (body: Json) => Json;
  /** Answers in place of the token endpoint; `undefined` leaves the answer to it. */
  token?: (request: RecordedRequest) => Answer | undefined;
  /** Serves HTTPS with this certificate. Default: plain HTTP. */
  tls?: HttpDoubleOptions["tls"];
  /** Changes to the device authorization's answer. */
  device?: (body: Json) => Json;
};

export type HostileIssuer = {
  issuer: string;
  requests: RecordedRequest[];
  close(): Promise<void>;
};

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** An issuer that does everything right but what the twist says: what a sound provider never sends. */
export async function startHostileIssuer(twist: Twist = {}): Promise<HostileIssuer> {
  let nonce: string | null = null;
  const answers: Record<string, (request: RecordedRequest) => Answer> = {
    "/.well-known/openid-configuration": () => {
      const metadata = {
        issuer: double.url,
        authorization_endpoint: `${double.url}/auth`,
        token_endpoint: `${double.url}/token`,
        jwks_uri: `${double.url}/jwks`,
        device_authorization_endpoint: `${double.url}/device`,
        authorization_response_iss_parameter_supported: true,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256", "HS256", "none"],
      };
      return { body: twist.metadata?.(metadata, double.url) ?? metadata };
    },
    "/jwks": () => {
      const jwk = keys.publicKey.export({ format: "jwk" });
      return { body: { keys: [{ ...jwk, kid: "k1", alg: "RS256", use: "sig" }] } };
    },
    "/auth": ({ query }) => {
      nonce = query.get("nonce");
      const parameters = { code: "code-1", state: query.get("state") ?? "", iss: double.url };
      const to = new URL(query.get("redirect_uri") ?? "");
      to.search = new URLSearchParams(twist.redirect?.(parameters) ?? parameters).toString();
      return { status: 302, headers: { location: to.href } };
    },
    "/token": (request) => {
      const instead = twist.token?.(request);
      if (instead) return instead;
      const nowSeconds = Math.floor(Date.now() / 1000);
      const hash = createHash("sha256").update("access-1").digest();
      const claims = {
        iss: double.url,
        sub: "alice",
        aud: "cowork-desktop",
        iat: nowSeconds,
        exp: nowSeconds + 3600,
        at_hash: hash.subarray(0, 16).toString("base64url"),
        ...(nonce === null ? {} : { nonce }),
      };
      const body = {
        access_token: "access-1",
        token_type: "Bearer",
        expires_in: 3600,
        refresh_token: "refresh-1",
        id_token: idToken(twist.claims?.(claims) ?? claims, twist.signing ?? "RS256"),
      };
      return { body: twist.tokens?.(body) ?? body };
    },
    "/device": () => {
      const body = {
        device_code: "device-1",
        user_code: "ABCD-EFGH",
        verification_uri: `${double.url}/enter`,
        expires_in: 60,
        interval: 1,
      };
      return { body: twist.device?.(body) ?? body };
    },
  };
  const double = await startHttpDouble({
    ...(twist.tls ? { tls: twist.tls } : {}),
    answer: (request) => answers[request.path]?.(request) ?? { status: 404 },
  });
  return { issuer: double.url, requests: double.requests, close: () => double.close() };
}

function idToken(claims: Json, signing: Signing): string {
  const alg = signing === "none" ? "none" : signing.startsWith("HS256") ? "HS256" : "RS256";
  const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg, kid: "k1" })}.${part(claims)}`;
  const rsa = (key: KeyObject) => sign("sha256", Buffer.from(signed), key).toString("base64url");
  const hmac = (secret: string | Buffer) =>
    createHmac("sha256", secret).update(signed).digest("base64url");
  const signatures: Record<Signing, () => string> = {
    RS256: () => rsa(keys.privateKey),
    none: () => "",
    "no signature": () => "",
    "an unpublished key": () => rsa(stranger.privateKey),
    "HS256 with the client id": () => hmac("cowork-desktop"),
    "HS256 with the public key": () => hmac(keys.publicKey.export({ format: "pem", type: "spki" })),
  };
  return `${signed}.${signatures[signing]()}`;
}
