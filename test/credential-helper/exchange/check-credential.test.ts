import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CredentialKind } from "../../../contract/token-api.ts";
import { checkCredential } from "../../../credential-helper/exchange/check-credential.ts";
import type { HelperFailure } from "../../../credential-helper/failure.ts";

const nowMs = 1_800_000_000_000;
const config = { provider: "bedrock", ttlSeconds: 3600 } as const;

function problemOf(change: object, changes: object = {}): string | undefined {
  const credential = {
    token: "bedrock-api-key-abc",
    kind: "bedrock-api-key" as CredentialKind,
    expiresAtEpochSeconds: 1_800_000_000 + 3630,
    ...change,
  };
  try {
    checkCredential(credential, { ...config, ...changes }, nowMs);
    return undefined;
  } catch (error) {
    const { failure, message } = error as HelperFailure;
    return `${failure}: ${message}`;
  }
}

describe("a credential, before anybody sees it", () => {
  it("has to outlive the profile's TTL by 30 s", () => {
    expect(problemOf({ expiresAtEpochSeconds: 1_800_003_630 })).toBeUndefined();
    expect(problemOf({ expiresAtEpochSeconds: 1_800_003_629 })).toBe(
      "wrongCredential: the credential cannot be used: it lives 3629 s, and the profile needs 3630 s (ttlSeconds 3600 and 30 s for clocks that differ): issue it for longer, or lower inferenceCredentialHelperTtlSec",
    );
  });

  it("lives a day at most, and 30 s for clocks that differ", () => {
    expect(problemOf({ expiresAtEpochSeconds: 1_800_086_430 })).toBeUndefined();
    expect(problemOf({ expiresAtEpochSeconds: 1_800_086_431 })).toBe(
      "wrongCredential: the credential cannot be used: it lives 86431 s, and no more than 86400 s are taken for short-lived: issue it for a day at most",
    );
  });

  it.each([1_800_000_000, 1_799_999_999, 0, Number.NaN])("may not have ended: %d", (end) => {
    expect(problemOf({ expiresAtEpochSeconds: end })).toBe(
      "wrongCredential: the credential cannot be used: it has ended already: compare this computer's clock with the issuer's",
    );
  });

  it.each([
    ["bedrock", "bedrock-api-key"],
    ["mantle", "bedrock-api-key"],
    ["vertex", "google-access-token"],
    ["foundry", "entra-access-token"],
    ["gateway", "gateway-jwt"],
  ] as const)("has to be what %s takes", (provider, wanted) => {
    for (const kind of [
      "bedrock-api-key",
      "google-access-token",
      "entra-access-token",
      "gateway-jwt",
    ]) {
      const expected =
        kind === wanted
          ? undefined
          : `wrongCredential: the credential cannot be used: it is of kind ${kind}, and ${provider} takes ${wanted}`;
      expect(problemOf({ kind }, { provider })).toBe(expected);
    }
  });

  it.each([
    ["a line of its own", { "x-a": "b\r\nhost: evil" }],
    ["a name with a space", { "x a": "b" }],
    ["an empty value", { "x-a": "" }],
    ["another Authorization", { authorization: "Bearer x" }],
    ["another Host", { Host: "evil.example" }],
    ["another x-api-key", { "X-Api-Key": "x" }],
  ])("carries no header with %s", (_, headers) => {
    expect(problemOf({ headers })).toBe(
      "wrongCredential: the credential cannot be used: 1 of its headers cannot be sent with a request",
    );
  });

  it("may carry headers that name something", () => {
    expect(
      problemOf({ headers: { "x-goog-user-project": "p-1", "x-tenant": "a b" } }),
    ).toBeUndefined();
  });

  it("names every problem at once, and nothing of the token", () => {
    const said = problemOf({
      token: "a secret\n",
      kind: "gateway-jwt",
      expiresAtEpochSeconds: 1_800_000_010,
      headers: { "": "x" },
    });
    expect(said).toBe(
      "wrongCredential: the credential cannot be used: it is of kind gateway-jwt, and bedrock takes bedrock-api-key; it lives 10 s, and the profile needs 3630 s (ttlSeconds 3600 and 30 s for clocks that differ): issue it for longer, or lower inferenceCredentialHelperTtlSec; it holds characters that no header can carry; 1 of its headers cannot be sent with a request",
    );
  });

  it("lives at least TTL and 30 s, whatever the numbers", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 121, max: 43_200 }),
        fc.integer({ min: -10, max: 50_000 }),
        (ttlSeconds, livesSeconds) => {
          const problem = problemOf(
            { expiresAtEpochSeconds: 1_800_000_000 + livesSeconds },
            { ttlSeconds },
          );
          expect(problem === undefined).toBe(livesSeconds >= ttlSeconds + 30);
        },
      ),
    );
  });
});
