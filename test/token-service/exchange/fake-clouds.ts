import { generateKeyPairSync } from "node:crypto";

import type { ExchangeContext } from "../../../exchange/exchange.ts";
import {
  type ExchangeSettings,
  routeExchange,
} from "../../../token-service/exchange/route-exchange.ts";
import type { Identity } from "../../../token-service/identity.ts";
import type { KeySigner } from "../../../token-service/signing/key-signer.ts";
import { publishedJwk } from "../../../token-service/signing/public-key.ts";
import { jwtOf, nowSeconds, type Sent } from "../../exchange/recording.ts";

export const person: Identity = {
  from: "company",
  kind: "token",
  user: "anna@example.com",
  device: "laptop-7",
  groups: ["cowork-eu"],
  claims: {},
  tokenHash: "00",
  keyThumbprint: undefined,
  token: "eyJ.secret.of-the-person",
  expiresAtEpochSeconds: nowSeconds + 300,
  once: undefined,
};
export const device: Identity = {
  ...person,
  kind: "certificate",
  user: undefined,
  token: undefined,
};

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
export const gatewayPublicKey = publicKey;

export async function testSigner(): Promise<KeySigner> {
  const { sign } = await import("node:crypto");
  const publicJwk = await publishedJwk(publicKey, "ES256");
  return {
    algorithm: "ES256",
    keyId: publicJwk.kid,
    publicJwk,
    sign: async (data) => sign("sha256", data, { key: privateKey, dsaEncoding: "ieee-p1363" }),
  };
}

export const environment = {
  IDENTITY_ENDPOINT: "http://localhost:42356/msi/token",
  IDENTITY_HEADER: "header",
};

/** What each host answers; `lifeSeconds` is what the provider gives, whatever was asked. */
export function answersOf(lifeSeconds: number): Readonly<Record<string, () => Response>> {
  const ends = (nowSeconds + lifeSeconds) * 1000;
  const aws = (action: string) =>
    new Response(`<${action}Response><${action}Result><Credentials><AccessKeyId>ASIAEXAMPLE000000000</AccessKeyId>
      <SecretAccessKey>session-key</SecretAccessKey><SessionToken>session-token</SessionToken>
      <Expiration>${new Date(ends).toISOString()}</Expiration></Credentials><AssumedRoleUser>
      <Arn>arn:aws:sts::123456789012:assumed-role/cowork-eu/x</Arn></AssumedRoleUser></${action}Result></${action}Response>`);
  const claims = { aud: "https://cognitiveservices.azure.com" };
  return {
    AssumeRole: () => aws("AssumeRole"),
    AssumeRoleWithWebIdentity: () => aws("AssumeRoleWithWebIdentity"),
    "sts.googleapis.com": () =>
      Response.json({ access_token: "ya29.w", token_type: "Bearer", expires_in: lifeSeconds }),
    "iamcredentials.googleapis.com": () =>
      Response.json({ accessToken: "ya29.i", expireTime: new Date(ends).toISOString() }),
    "metadata.google.internal": () =>
      Response.json(
        { access_token: "own", token_type: "Bearer", expires_in: 1800 },
        { headers: { "metadata-flavor": "Google" } },
      ),
    "login.microsoftonline.com": () =>
      Response.json({ access_token: jwtOf(claims), token_type: "Bearer", expires_in: lifeSeconds }),
    "localhost:42356": () =>
      Response.json({
        access_token: "own",
        token_type: "Bearer",
        expires_on: String(nowSeconds + 86_400),
      }),
  };
}

/** A service's exchanges, and clouds that answer as told; any other host fails the test. */
export async function exchanges(
  answer: (host: string, healthy: () => Response) => Response,
  options: { readonly lifeSeconds?: number; readonly settings?: Partial<ExchangeSettings> } = {},
) {
  const sent: Sent[] = [];
  let milliseconds = nowSeconds * 1000;
  const answers = answersOf(options.lifeSeconds ?? 900);
  const context: ExchangeContext = {
    now: () => milliseconds,
    signal: new AbortController().signal,
    fetch: async (url, init) => {
      const { host } = new URL(String(url));
      const body = String(init?.body ?? "");
      const action = new URLSearchParams(body).get("Action");
      const key = host === "sts.eu-central-1.amazonaws.com" ? String(action) : host;
      const healthy = answers[key];
      if (healthy === undefined) throw new Error(`the test knows no host ${host}`);
      const headers = Object.fromEntries(new Headers(init?.headers));
      sent.push({ url: String(url), method: init?.method ?? "GET", headers, body });
      return answer(host, healthy);
    },
  };
  const exchange = routeExchange(
    {
      geography: "eu",
      publicUrl: "https://tokens.eu.example.com",
      signer: await testSigner(),
      environment,
      ownAwsIdentity: () => async () => ({
        accessKeyId: "ASIAEXAMPLEOWN000000",
        secretAccessKey: "own",
        sessionToken: "own",
      }),
      retry: { sleep: async () => undefined },
      ...options.settings,
    },
    context,
  );
  const pass = (seconds: number) => {
    milliseconds += seconds * 1000;
  };
  return { exchange, context, sent, pass };
}
