import fc from "fast-check";
import { expect, test } from "vitest";

import {
  managedIdentityToken,
  tokenExchangeAudience,
} from "../../exchange/azure-managed-identity.ts";
import { federatedToken } from "../../exchange/entra-federated.ts";
import {
  type ExchangeContext,
  ExchangeError,
  type ProviderCredential,
} from "../../exchange/exchange.ts";
import { impersonate } from "../../exchange/google-impersonation.ts";
import { googleOwnToken } from "../../exchange/google-metadata.ts";
import { workforceToken } from "../../exchange/google-workforce.ts";
import { jwtOf, nowSeconds } from "./recording.ts";

const own = async () => ({ token: "own", expiresAtEpochSeconds: nowSeconds + 3600 });
const azure = {
  tenantId: "11111111-1111-4111-8111-111111111111",
  clientId: "22222222-2222-4222-8222-222222222222",
  scope: "https://ai.azure.com/.default",
} as const;

type Exchange = (sessionSeconds: number, context: ExchangeContext) => Promise<ProviderCredential>;
const exchanges: readonly Exchange[] = [
  (sessionSeconds, context) =>
    workforceToken({ audience: "a", userProject: "p", token: "t", sessionSeconds }, context),
  (sessionSeconds, context) =>
    impersonate({ serviceAccount: "a@b.example.com", sessionSeconds }, context, own),
  (sessionSeconds, context) => federatedToken({ ...azure, sessionSeconds }, context, own),
];

const life = fc.oneof(
  fc.integer({ min: -10, max: 50_000 }),
  fc.double(),
  fc.constantFrom(1e300, -1e300, 2 ** 53, null, "3600", [], {}, true),
);
const when = fc.oneof(
  fc
    .integer({ min: -10_000, max: 50_000 })
    .map((s) => new Date((nowSeconds + s) * 1000).toISOString()),
  fc.constantFrom("", "now", "9999-12-31T23:59:59Z", "2026-11-21", null, 1_795_260_000),
);
const claims = fc.record(
  {
    aud: fc.constantFrom("https://ai.azure.com", "https://ai.azure.com/", "other", 1, null),
    tid: fc.constantFrom(azure.tenantId, "other", 1, null),
    exp: fc.oneof(life, fc.integer({ min: nowSeconds - 10, max: nowSeconds + 50_000 })),
  },
  { requiredKeys: [] },
);
const token = fc.oneof(
  fc.constantFrom("", "opaque", "a.b.c", null, 1, []),
  fc.string(),
  claims.map((seen) => jwtOf(seen)),
);
const answer = fc.oneof(
  { weight: 1, arbitrary: fc.jsonValue() },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        access_token: token,
        accessToken: token,
        token_type: fc.constantFrom("Bearer", "Bearer", "bearer", "pop", null),
        expires_in: life,
        expireTime: when,
        expires_on: fc.oneof(life, life.map(String)),
      },
      { requiredKeys: ["access_token", "accessToken", "token_type"] },
    ),
  },
);

test("whatever a provider answers: a credential that ends in time, or a refusal", async () => {
  let given = 0;
  await fc.assert(
    fc.asyncProperty(
      answer,
      fc.integer({ min: 900, max: 43_200 }),
      fc.constantFrom(...exchanges),
      async (body, sessionSeconds, exchange) => {
        const context: ExchangeContext = {
          fetch: async () => Response.json(body),
          now: () => nowSeconds * 1000,
          signal: new AbortController().signal,
        };
        try {
          const credential = await exchange(sessionSeconds, context);
          given += 1;
          expect(credential.token).not.toBe("");
          expect(Number.isSafeInteger(credential.expiresAtEpochSeconds)).toBe(true);
          expect(credential.expiresAtEpochSeconds).toBeGreaterThan(nowSeconds);
          expect(credential.expiresAtEpochSeconds).toBeLessThanOrEqual(nowSeconds + sessionSeconds);
        } catch (error) {
          if (!(error instanceof ExchangeError)) throw error;
          expect(error.kind).toBe("refused");
        }
      },
    ),
    { numRuns: 1500 },
  );
  expect(given).toBeGreaterThan(20);
});

test("whatever a platform answers: a token of its own that has an end, or a refusal", async () => {
  const environment = { IDENTITY_ENDPOINT: "http://localhost:1234/token", IDENTITY_HEADER: "h" };
  const platforms = [googleOwnToken, managedIdentityToken(environment, tokenExchangeAudience)];
  await fc.assert(
    fc.asyncProperty(answer, fc.constantFrom(...platforms), async (body, platform) => {
      const context: ExchangeContext = {
        fetch: async () => Response.json(body, { headers: { "metadata-flavor": "Google" } }),
        now: () => nowSeconds * 1000,
        signal: new AbortController().signal,
      };
      try {
        const found = await platform(context);
        expect(found.token).not.toBe("");
        expect(Number.isFinite(found.expiresAtEpochSeconds)).toBe(true);
      } catch (error) {
        if (!(error instanceof ExchangeError)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});
