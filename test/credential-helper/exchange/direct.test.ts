import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import {
  type DirectExchange,
  exchangeDirectly,
  needsIdToken,
} from "../../../credential-helper/exchange/direct.ts";
import type { SignedIn } from "../../../credential-helper/sign-in/signed-in.ts";
import { type HttpDouble, type Script, startHttpDouble } from "../../services/http-double.ts";
import { startIdentityProvider } from "../../services/identity-provider.ts";
import { type MotoServer, startMotoServer } from "../../services/moto-server.ts";
import { failureOf } from "../sign-in/around.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const nowSeconds = Math.floor(Date.now() / 1000);
const around = {
  fetch: globalThis.fetch,
  now: () => nowSeconds * 1000,
  signal: new AbortController().signal,
};

const signedIn = (changes: Partial<SignedIn> = {}): SignedIn => ({
  accessToken: "the-access-token",
  accessTokenType: "bearer",
  accessTokenExpiresAtEpochSeconds: nowSeconds + 3600,
  grantedScopes: undefined,
  idToken: { text: "the-id-token", subject: "alice", expiresAtEpochSeconds: nowSeconds + 900 },
  refreshToken: undefined,
  ...changes,
});

async function double(answer: Script): Promise<HttpDouble> {
  const started = await startHttpDouble({ answer });
  closers.push(() => started.close());
  return started;
}

describe("Bedrock without a token service", () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMotoServer();
  });
  afterAll(() => moto.close());

  it("gives a key for the route's region, of a session named after the person", async () => {
    const idp = await startIdentityProvider();
    closers.push(idp.close);
    const { id_token: text } = await idp.tokensFor("alice");
    const exchange: DirectExchange = {
      kind: "bedrock",
      partition: "aws",
      region: "eu-central-1",
      roleArn: "arn:aws:iam::123456789012:role/cowork-eu",
      sessionSeconds: 3600,
      stsUrl: moto.url,
    };
    const idToken = { text, subject: "alice", expiresAtEpochSeconds: nowSeconds + 3600 };
    const credential = await exchangeDirectly(exchange, signedIn({ idToken }), around);
    expect(credential.kind).toBe("bedrock-api-key");
    expect(credential.expiresAtEpochSeconds - nowSeconds).toBeLessThanOrEqual(3600);
    const [, encoded = ""] = /^bedrock-api-key-(.+)$/.exec(credential.token) ?? [];
    const presigned = new URL(`https://${Buffer.from(encoded, "base64")}`);
    expect(presigned.host).toBe("bedrock.amazonaws.com");
    expect(presigned.searchParams.get("Action")).toBe("CallWithBearerToken");
    expect(presigned.searchParams.get("X-Amz-Credential")).toMatch(
      /\/\d{8}\/eu-central-1\/bedrock\/aws4_request$/,
    );
  });

  it("is refused by AWS in the helper's words", async () => {
    const sts = await double([
      {
        status: 403,
        headers: { "content-type": "text/xml" },
        body: '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>the-id-token</Message></Error></ErrorResponse>',
      },
    ]);
    const exchange: DirectExchange = {
      kind: "bedrock",
      partition: "aws",
      region: "eu-central-1",
      roleArn: "arn:aws:iam::123456789012:role/cowork-eu",
      sessionSeconds: 3600,
      stsUrl: sts.url,
    };
    await expect(exchangeDirectly(exchange, signedIn(), around)).rejects.toMatchObject({
      kind: "refused",
      message: `${new URL(sts.url).host} refused (status 403, AccessDenied)`,
    });
    const asked = new URLSearchParams(sts.requests[0]!.body);
    expect(Object.fromEntries(asked)).toMatchObject({
      Action: "AssumeRoleWithWebIdentity",
      RoleSessionName: "alice",
      WebIdentityToken: "the-id-token",
      DurationSeconds: "3600",
    });
    expect(sts.requests[0]!.headers).not.toHaveProperty("authorization");
  });
});

describe("Vertex without a token service", () => {
  it("exchanges the ID token at Google's STS", async () => {
    const sts = await double([
      { body: { access_token: "ya29.x", token_type: "Bearer", expires_in: 3600 } },
    ]);
    const exchange: DirectExchange = {
      kind: "vertex-workforce",
      audience: "//iam.googleapis.com/locations/global/workforcePools/example/providers/sso",
      userProject: "cowork-eu",
      stsUrl: sts.url,
    };
    expect(await exchangeDirectly(exchange, signedIn(), around)).toEqual({
      token: "ya29.x",
      kind: "google-access-token",
      expiresAtEpochSeconds: nowSeconds + 3600,
    });
    expect(Object.fromEntries(new URLSearchParams(sts.requests[0]!.body))).toMatchObject({
      subject_token: "the-id-token",
      audience: "//iam.googleapis.com/locations/global/workforcePools/example/providers/sso",
      options: '{"userProject":"cowork-eu"}',
    });
  });
});

describe("Foundry without a token service", () => {
  const scope = "https://cognitiveservices.azure.com/.default";
  const entra = (granted: string | undefined, changes: Partial<SignedIn> = {}) =>
    exchangeDirectly(
      { kind: "entra", scope },
      signedIn({ grantedScopes: granted?.split(" "), ...changes }),
      around,
    );

  it.each([
    undefined,
    scope,
    "https://cognitiveservices.azure.com/user_impersonation https://cognitiveservices.azure.com/.default",
    "openid https://cognitiveservices.azure.com/user_impersonation",
  ])("takes the sign-in's own access token when %s was granted", async (granted) => {
    expect(await entra(granted)).toEqual({
      token: "the-access-token",
      kind: "entra-access-token",
      expiresAtEpochSeconds: nowSeconds + 3600,
    });
  });

  it.each([
    "openid profile",
    "",
    "https://graph.microsoft.com/.default",
    "https://cognitiveservices.azure.com.evil.example/.default",
  ])("refuses one for something else: %s", async (granted) => {
    expect(await failureOf(entra(granted))).toBe(
      "wrongCredential: Entra did not grant https://cognitiveservices.azure.com/.default: add the API permission to the app registration and consent to it",
    );
  });

  it("refuses one whose end nobody knows", async () => {
    expect(await failureOf(entra(scope, { accessTokenExpiresAtEpochSeconds: undefined }))).toBe(
      "wrongCredential: the issuer does not say how long its access token lives (expires_in), so nobody knows when to renew it",
    );
  });
});

describe("a gateway that checks the company's own tokens", () => {
  it.each([
    ["id_token", "the-id-token", 900],
    ["access_token", "the-access-token", 3600],
  ] as const)("gets the %s, with its own end", async (tokenType, token, livesSeconds) => {
    expect(
      await exchangeDirectly({ kind: "sign-in-token", tokenType }, signedIn(), around),
    ).toEqual({ token, kind: "gateway-jwt", expiresAtEpochSeconds: nowSeconds + livesSeconds });
  });

  it("gets nothing when the sign-in gave none", async () => {
    const without = signedIn({ idToken: undefined });
    expect(
      await failureOf(
        exchangeDirectly({ kind: "sign-in-token", tokenType: "id_token" }, without, around),
      ),
    ).toBe("signInFailed: the sign-in gave no ID token");
  });
});

describe("which exchange needs an ID token each time", () => {
  const service = {
    kind: "token-service",
    url: "https://tokens.example.com",
    dpop: false,
  } as const;
  it.each([
    [{ ...service, present: "id_token" } as const, true],
    [{ ...service, present: "access_token" } as const, false],
    [{ kind: "entra", scope: "x" } as const, false],
    [{ kind: "sign-in-token", tokenType: "id_token" } as const, true],
    [{ kind: "sign-in-token", tokenType: "access_token" } as const, false],
  ])("%o: %s", (exchange, needs) => {
    expect(needsIdToken(exchange)).toBe(needs);
  });
});
