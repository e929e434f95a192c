import { createHash, createHmac } from "node:crypto";
import { getTokenProvider } from "@aws/bedrock-token-generator";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { type AwsSession, bedrockKey } from "../../exchange/bedrock-key.ts";
import { ExchangeError } from "../../exchange/exchange.ts";
import catalogue from "../../residency/catalogue/aws.json" with { type: "json" };

const frozen = Date.parse("2026-11-21T10:20:30.456Z");
const nowSeconds = 1_795_256_430;
const context = { now: () => Date.now() };
// The keys of AWS's own documentation.
const long = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: undefined,
  expiresAtEpochSeconds: nowSeconds + 43_200,
} as const satisfies AwsSession;
const session: AwsSession = { ...long, sessionToken: "FwoGZXIvYXdzEXAMPLE+/=='!()*~ ü" };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: frozen });
});
afterEach(() => {
  vi.useRealTimers();
});

async function libraryKey({ sessionToken, ...keys }: AwsSession, region: string, life: number) {
  const credentials = {
    accessKeyId: keys.accessKeyId,
    secretAccessKey: keys.secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
  return getTokenProvider({ credentials, region, expiresInSeconds: life })();
}

function decoded(token: string): string {
  return Buffer.from(token.replace("bedrock-api-key-", ""), "base64").toString();
}

describe("the same bytes as AWS's own generator", () => {
  const regions = Object.keys(catalogue.regionCountries);

  test("the catalogue has the regions this compares", () => {
    expect(regions.length).toBeGreaterThan(30);
    expect(regions).toEqual(expect.arrayContaining(["eu-central-1", "us-gov-west-1"]));
  });

  test.each(regions)("in %s, with a session token and without", async (region) => {
    for (const keys of [session, long]) {
      const request = { session: keys, region, lifeSeconds: 3600 };
      expect(bedrockKey(request, context).token).toBe(await libraryKey(keys, region, 3600));
    }
  });

  // What the library does, hence what Bedrock is known to accept: the host carries neither region nor partition.
  test.each(["us-gov-east-1", "us-gov-west-1", "eu-central-1"])("%s: one host", (region) => {
    const { token } = bedrockKey({ session, region, lifeSeconds: 3600 }, context);
    expect(decoded(token)).toMatch(/^bedrock\.amazonaws\.com\/\?Action=CallWithBearerToken&/);
    expect(decoded(token)).toContain(`%2F20261121%2F${region}%2Fbedrock%2Faws4_request`);
  });

  test("for any keys, any life, any day", async () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(
        text,
        text,
        fc.option(text, { nil: undefined }),
        fc.constantFrom(...regions),
        fc.integer({ min: 1, max: 43_200 }),
        fc.date({ min: new Date("2020-01-01"), max: new Date("2060-01-01"), noInvalidDate: true }),
        async (accessKeyId, secretAccessKey, sessionToken, region, life, date) => {
          vi.setSystemTime(date);
          const expiresAtEpochSeconds = Math.floor(date.getTime() / 1000) + 43_200;
          const keys = { accessKeyId, secretAccessKey, sessionToken, expiresAtEpochSeconds };
          const ours = bedrockKey({ session: keys, region, lifeSeconds: life }, context);
          expect(ours.token).toBe(await libraryKey(keys, region, life));
        },
      ),
      { numRuns: 300 },
    );
  });

  test("an empty session token is none, as in the library", async () => {
    const keys = { ...long, sessionToken: "" };
    const request = { session: keys, region: "eu-central-1", lifeSeconds: 900 };
    expect(bedrockKey(request, context).token).toBe(await libraryKey(keys, "eu-central-1", 900));
  });
});

test("what is signed has the hash of an empty payload, not UNSIGNED-PAYLOAD", () => {
  const { token } = bedrockKey(
    { session: long, region: "eu-central-1", lifeSeconds: 900 },
    context,
  );
  expect(token.slice(0, 16)).toBe("bedrock-api-key-");
  const query =
    "Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256" +
    "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261121%2Feu-central-1%2Fbedrock%2Faws4_request" +
    "&X-Amz-Date=20261121T102030Z&X-Amz-Expires=900";
  const headers = "X-Amz-SignedHeaders=host";
  const signatureOver = (payload: string) => {
    const request = `POST\n/\n${query}&${headers}\nhost:bedrock.amazonaws.com\n\nhost\n${payload}`;
    const sum = createHash("sha256").update(request).digest("hex");
    const hmac = (key: string | Buffer, text: string) =>
      createHmac("sha256", key).update(text).digest();
    const day = hmac(`AWS4${long.secretAccessKey}`, "20261121");
    const key = hmac(hmac(hmac(day, "eu-central-1"), "bedrock"), "aws4_request");
    const scope = "20261121/eu-central-1/bedrock/aws4_request";
    return hmac(key, `AWS4-HMAC-SHA256\n20261121T102030Z\n${scope}\n${sum}`).toString("hex");
  };
  const empty = createHash("sha256").update("").digest("hex");
  const text = (signature: string) =>
    `bedrock.amazonaws.com/?${query}&X-Amz-Signature=${signature}&${headers}&Version=1`;
  expect(decoded(token)).toBe(text(signatureOver(empty)));
  expect(decoded(token)).not.toBe(text(signatureOver("UNSIGNED-PAYLOAD")));
});

describe("how long a key lives", () => {
  const lifeOf = (lifeSeconds: number, sessionSeconds: number) => {
    const keys = { ...session, expiresAtEpochSeconds: nowSeconds + sessionSeconds };
    const key = bedrockKey({ session: keys, region: "eu-west-1", lifeSeconds }, context);
    const signed = Number(/X-Amz-Expires=(\d+)/.exec(decoded(key.token))?.[1]);
    expect(key.expiresAtEpochSeconds).toBe(nowSeconds + signed);
    return signed;
  };

  test.each([
    [900, 3600, 900],
    [3600, 900, 900],
    [43_200, 43_200, 43_200],
    [86_400, 86_400, 43_200],
    [1, 1, 1],
    [900.9, 3600, 900],
  ])("asked %s s of a session with %s s left: %s s", (asked, left, given) => {
    expect(lifeOf(asked, left)).toBe(given);
  });

  test("is never longer than asked, than the session, or than 12 hours", () => {
    const seconds = fc.integer({ min: 1, max: 200_000 });
    fc.assert(
      fc.property(seconds, seconds, (asked, left) => {
        expect(lifeOf(asked, left)).toBe(Math.min(asked, left, 43_200));
      }),
    );
  });

  test.each([
    [0, 3600],
    [-1, 3600],
    [0.5, 3600],
    [900, 0],
    [900, -5],
    [Number.NaN, 3600],
    [900, Number.NaN],
  ])("asked %s s of a session with %s s left: no key", (asked, left) => {
    expect(() => lifeOf(asked, left)).toThrow(
      new ExchangeError(
        "refused",
        "bedrock.amazonaws.com",
        "the AWS session has ended, or has no known end: no key can be made of it",
      ),
    );
  });
});
