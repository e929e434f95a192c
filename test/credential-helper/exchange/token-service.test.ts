import { createHash } from "node:crypto";
import { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from "jose";
import { afterEach, describe, expect, it } from "vitest";
import type { HelperContext } from "../../../credential-helper/context.ts";
import {
  askTokenService,
  type TokenServiceExchange,
} from "../../../credential-helper/exchange/token-service.ts";
import { newProofKey, readProofKey } from "../../../credential-helper/sign-in/proof-key.ts";
import { type HttpDouble, type Script, startHttpDouble } from "../../services/http-double.ts";
import { freePort } from "../../services/loopback.ts";
import { failureOf, surroundings } from "../sign-in/around.ts";
import { granted, helperConfigFor, refusal, tokenService } from "./configs.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function service(answer: Script): Promise<HttpDouble> {
  const double = await startHttpDouble({ answer });
  closers.push(() => double.close());
  return double;
}

function configOf(url: string) {
  const exchange: TokenServiceExchange = tokenService(url);
  return { ...helperConfigFor("https://login.example.com", exchange), exchange };
}

const bearer = { freshToken: async () => "identity-token", proofKey: undefined };

const ask = (url: string, context: HelperContext = "background", signal?: AbortSignal) =>
  askTokenService(configOf(url), bearer, surroundings({ context, ...(signal ? { signal } : {}) }));

const trace = "0123456789abcdef0123456789abcdef";

describe("asking the token service", () => {
  it("sends geography, route and context, with the token in its header and nowhere else", async () => {
    const double = await service([{ body: granted({ headers: { "x-tenant": "eu" } }) }]);
    const credential = await ask(double.url, "mid-session-refresh");
    expect(credential).toEqual({
      token: "bedrock-api-key-abc",
      kind: "bedrock-api-key",
      headers: { "x-tenant": "eu" },
      expiresAtEpochSeconds: expect.any(Number),
    });
    const [request] = double.requests;
    expect(request).toMatchObject({ method: "POST", path: "/v1/token" });
    expect(JSON.parse(request!.body)).toEqual({
      geography: "eu",
      route: "frankfurt",
      context: "mid-session-refresh",
    });
    expect(request!.headers).toMatchObject({
      authorization: "Bearer identity-token",
      "content-type": "application/json",
    });
    expect(request!.headers).not.toHaveProperty("dpop");
    expect(request!.query.size).toBe(0);
  });

  it("sends no header of identity with a device certificate", async () => {
    const double = await service([{ body: granted() }]);
    const nobody = { freshToken: async () => undefined, proofKey: undefined };
    await askTokenService(configOf(double.url), nobody, surroundings());
    expect(double.requests[0]!.headers).not.toHaveProperty("authorization");
  });

  it("proves possession of the kept key, once a request", async () => {
    const double = await service([{ status: 503 }, { body: granted() }]);
    const key = (await readProofKey((await newProofKey()).text))!;
    const presenter = { freshToken: async () => "identity-token", proofKey: key };
    await askTokenService(configOf(double.url), presenter, surroundings());
    const ids = new Set<unknown>();
    for (const { headers } of double.requests) {
      expect(headers.authorization).toBe("DPoP identity-token");
      const proof = headers.dpop!;
      const { payload } = await jwtVerify(proof, EmbeddedJWK, { typ: "dpop+jwt" });
      expect(payload).toMatchObject({
        htm: "POST",
        htu: `${double.url}/v1/token`,
        ath: createHash("sha256").update("identity-token").digest("base64url"),
        iat: expect.any(Number),
      });
      ids.add(payload.jti);
      const { jwk } = decodeProtectedHeader(proof);
      expect(Object.keys(jwk!).sort()).toEqual(["crv", "kty", "x", "y"]);
      expect(await calculateJwkThumbprint(jwk!)).toBe(key.thumbprint);
    }
    expect(ids.size).toBe(2);
  });
});

describe("the token service's answer", () => {
  it.each([
    [
      "another geography",
      granted({ geography: "us" }),
      `is not for geography "eu" (trace ${trace}): check exchange.url`,
    ],
    [
      "another route",
      granted({ route: "ohio" }),
      `is not for route "frankfurt" (trace ${trace}): check exchange.url`,
    ],
    [
      "both others",
      granted({ geography: "us", route: "ohio" }),
      `is not for geography "eu" and route "frankfurt" (trace ${trace}): check exchange.url`,
    ],
  ])("is refused for %s", async (_, body, reason) => {
    const double = await service([{ body }]);
    expect(await failureOf(ask(double.url))).toBe(
      `wrongCredential: the token service's answer ${reason}`,
    );
    expect(double.requests).toHaveLength(1);
  });

  it.each([
    ["no token", { token: undefined }, "token"],
    ["an empty token", { token: "" }, "token"],
    ["an unknown kind", { kind: "password" }, "kind"],
    ["no end", { expiresAtEpochSeconds: undefined }, "expiresAtEpochSeconds"],
    ["an end that is text", { expiresAtEpochSeconds: "2030" }, "expiresAtEpochSeconds"],
    ["no geography and no route", { geography: undefined, route: undefined }, "geography, route"],
    ["headers that are none", { headers: { a: 1 } }, "headers"],
    ["a trace that is none", { traceId: "bedrock-api-key-abc" }, "traceId"],
    ["a key the contract does not know", { "bedrock-api-key-abc": 1 }, "body"],
  ])("is refused for %s", async (_, change, field) => {
    const double = await service([{ body: granted(change) }]);
    expect(await failureOf(ask(double.url))).toBe(
      `wrongCredential: the token service ${new URL(double.url).host} answered without a sound ${field}`,
    );
  });

  it.each([
    ["no content type", { body: JSON.stringify(granted()) }],
    ["a page", { body: "<html>", headers: { "content-type": "text/html" } }],
  ])("is refused with %s", async (_, answer) => {
    const double = await service([answer]);
    expect(await failureOf(ask(double.url))).toBe(
      `wrongCredential: the token service ${new URL(double.url).host} answered with something that is not JSON`,
    );
  });

  it("is not followed to another place", async () => {
    const other = await service([{ body: granted() }]);
    for (const status of [301, 302, 307, 308]) {
      const double = await service([{ status, headers: { location: `${other.url}/v1/token` } }]);
      expect(await failureOf(ask(double.url))).toBe(
        `refused: ${new URL(double.url).host} answered HTTP ${status} and gave no reason: check that exchange.url is the token service`,
      );
    }
    expect(other.requests).toEqual([]);
  });

  it("is read up to 64 KiB", async () => {
    const double = await service([{ body: granted({ token: "x".repeat(70_000) }) }]);
    expect(await failureOf(ask(double.url))).toBe(
      `unavailable: the token service ${new URL(double.url).host} answered with more than 65536 bytes`,
    );
  });
});

describe("the token service's refusal", () => {
  it.each([
    [
      "refused",
      "policy_none",
      ": no policy takes who is signed in; to sign in as somebody else, run the helper with sign-out first",
    ],
    [
      "refused",
      "revoked",
      ": an administrator revoked this person, device or session at the token service",
    ],
    ["refused", "token_audience", ": the service expects another client id in its trust policy"],
    [
      "refused",
      "token_replayed",
      ": each token is taken once, and the issuer did not give a new one: let it issue an ID token on refresh",
    ],
    [
      "refused",
      "geography_mismatch",
      ": this laptop has the profile of another geography than the service serves",
    ],
    ["deviceCertificate", "certificate_revoked", ""],
    ["deviceCertificate", "certificate_untrusted", ""],
  ])("is %s with %s, and not asked again", async (cause, code, hint) => {
    const double = await service([{ status: 403, body: refusal(code) }]);
    expect(await failureOf(ask(double.url))).toBe(
      `${cause}: the token service ${new URL(double.url).host} refused: ${code} (trace ${trace})${hint}`,
    );
    expect(double.requests).toHaveLength(1);
  });

  // `internal`: the service broke, and decided nothing about who asks.
  it.each([
    ...["rate_limited", "upstream_unavailable", "store_unavailable", "shutting_down"],
    ...["issuer_unavailable", "internal"],
  ])("is asked again after %s", async (code) => {
    const body = refusal(code, { error: "temporarily_unavailable", retryAfterSeconds: 1 });
    const double = await service([{ status: 503, body }, { body: granted() }]);
    expect(await ask(double.url)).toMatchObject({ token: "bedrock-api-key-abc" });
    expect(double.requests).toHaveLength(2);
  });

  it("is asked for once more in silence and twice more with a person waiting", async () => {
    for (const [context, requests] of [
      ["background", 2],
      ["interactive", 3],
    ] as const) {
      const double = await service([{ status: 502 }]);
      expect(await failureOf(ask(double.url, context))).toBe(
        `unavailable: the token service ${new URL(double.url).host} answered HTTP 502`,
      );
      expect(double.requests).toHaveLength(requests);
    }
  });

  it("says how long to wait when that is longer than the run has patience", async () => {
    const double = await service([
      { status: 429, body: refusal("rate_limited", { retryAfterSeconds: 40 }) },
    ]);
    const { host } = new URL(double.url);
    expect(await failureOf(ask(double.url))).toBe(
      `unavailable: the token service ${host} refused: rate_limited (trace ${trace}): ask again in 40 s`,
    );
    expect(double.requests).toHaveLength(1);
  });

  it("takes a fresh token for each attempt: the service takes each one once", async () => {
    const double = await service([
      { status: 503, body: refusal("upstream_unavailable", { retryAfterSeconds: 1 }) },
      { body: granted() },
    ]);
    let issued = 0;
    const presenter = { freshToken: async () => `token-${++issued}`, proofKey: undefined };
    await askTokenService(configOf(double.url), presenter, surroundings());
    expect(double.requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-1",
      "Bearer token-2",
    ]);
  });

  it("says nothing the answer made up", async () => {
    const invented = refusal("sk_secret", { message: "sk_secret" });
    const double = await service([{ status: 400, body: invented }]);
    expect(await failureOf(ask(double.url))).toBe(
      `refused: ${new URL(double.url).host} answered HTTP 400 and gave no reason: check that exchange.url is the token service`,
    );
  });

  it("is unavailable where nobody listens, and ends with the run", async () => {
    const port = await freePort();
    expect(await failureOf(ask(`http://127.0.0.1:${port}`))).toBe(
      `unavailable: the token service 127.0.0.1:${port} refused the connection`,
    );
    const slow = await service([{ delayMs: 5_000 }]);
    expect(await failureOf(ask(slow.url, "background", AbortSignal.timeout(300)))).toBe(
      `unavailable: the token service ${new URL(slow.url).host} did not answer before the deadline`,
    );
  });
});
