import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { assumeRoleWithWebIdentity } from "../../exchange/aws-web-identity.ts";
import type { ExchangeContext } from "../../exchange/exchange.ts";
import { type HttpDouble, startHttpDouble } from "../services/http-double.ts";
import { failureOf } from "./failure-of.ts";
import { assumed, webIdentityRequest } from "./sts-answers.ts";

/** Frozen: a busy machine is slow, not wrong. */
const started = Date.now();
const context: ExchangeContext = {
  fetch,
  now: () => started,
  signal: new AbortController().signal,
};

describe("what is believed of an answer", () => {
  let sts: HttpDouble;
  beforeEach(async () => {
    sts = await startHttpDouble({ answer: [{}] });
  });
  afterEach(() => sts.close());
  const error = (code: string) =>
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>secret detail</Message></Error></ErrorResponse>`;

  test.each([
    [403, "refused", "refused (status 403, AccessDenied)", error("AccessDenied")],
    [400, "refused", "refused (status 400, ExpiredTokenException)", error("ExpiredTokenException")],
    [400, "refused", "refused (status 400, InvalidIdentityToken)", error("InvalidIdentityToken")],
    [400, "refused", "refused (status 400, IDPRejectedClaim)", error("IDPRejectedClaim")],
    [400, "refused", "refused (status 400, PackedPolicyTooLarge)", error("PackedPolicyTooLarge")],
    [
      400,
      "unavailable",
      "cannot answer now (IDPCommunicationError)",
      error("IDPCommunicationError"),
    ],
    [400, "unavailable", "cannot answer now (Throttling)", error("Throttling")],
    [400, "refused", "refused (status 400)", error("NobodyKnowsThis")],
    [429, "unavailable", "cannot answer now (status 429)", ""],
    [
      500,
      "unavailable",
      "cannot answer now (status 500, InternalFailure)",
      error("InternalFailure"),
    ],
    [503, "unavailable", "cannot answer now (status 503)", "<html>down</html>"],
    [200, "refused", "answered without a complete session", "<html>sign in to the Wi-Fi</html>"],
    [200, "refused", "answered with something else", "garbage"],
    [200, "refused", "answered without a complete session", ""],
    [302, "refused", "redirects, which is not followed", ""],
    [200, "refused", "answered with more than 64 KiB", "x".repeat(65_537)],
  ] as const)("status %s: %s, %s", async (status, kind, message, body) => {
    sts.answerWith([{ status, body, headers: { location: "https://elsewhere.example.com/" } }]);
    const failure = await failureOf(
      assumeRoleWithWebIdentity(webIdentityRequest(sts.url), context),
    );
    expect(failure.message).toBe(`127.0.0.1:${sts.port} ${message}`);
    expect(failure.kind).toBe(kind);
    expect(sts.requests).toHaveLength(1);
  });

  test.each([
    [{ expiration: undefined }, "does not say when its credential ends"],
    [{ expiration: "tomorrow" }, /answered with something else|does not say when/],
    [
      { expiration: new Date(started - 1000).toISOString() },
      "gave a credential that has ended already",
    ],
    [
      { expiration: new Date(started + 7_200_000).toISOString() },
      /gave a credential of 7(199|200) s where 3600 s are allowed; whatever answers there is not AWS$/,
    ],
    [{ sessionToken: "" }, "answered without a complete session"],
    [
      { arn: "arn:aws:sts::123456789012:assumed-role/admin/anna" },
      "answered with a session of another role than the route's",
    ],
    [
      { arn: "arn:aws:sts::999999999999:assumed-role/eu-caller/anna" },
      "answered with a session of another role than the route's",
    ],
    [
      { arn: "arn:aws:sts::123456789012:assumed-role/eu-caller-admin/anna" },
      "answered with a session of another role than the route's",
    ],
    [{ arn: undefined }, "answered with a session of another role than the route's"],
  ])("%j", async (change, message) => {
    sts.answerWith([{ body: assumed("AssumeRoleWithWebIdentity", change) }]);
    const failure = await failureOf(
      assumeRoleWithWebIdentity(webIdentityRequest(sts.url), context),
    );
    expect(failure.message).toMatch(message);
    expect(failure.kind).toBe("refused");
  });

  test("an end that is seconds late by the clocks is reported as what was asked", async () => {
    const expiration = new Date(started + 3_630_000).toISOString();
    sts.answerWith([{ body: assumed("AssumeRoleWithWebIdentity", { expiration }) }]);
    const session = await assumeRoleWithWebIdentity(webIdentityRequest(sts.url), context);
    expect(session.expiresAtEpochSeconds).toBe(Math.floor(started / 1000) + 3600);
  });

  test("a host that drops the connection, and one that is not there", async () => {
    sts.answerWith([{ hangUp: true }]);
    const dropped = await failureOf(
      assumeRoleWithWebIdentity(webIdentityRequest(sts.url), context),
    );
    expect(dropped.kind).toBe("unavailable");
    expect(dropped.message).toMatch(/^127\.0\.0\.1:\d+ cannot be reached/);
    const gone = await failureOf(
      assumeRoleWithWebIdentity(webIdentityRequest("http://127.0.0.1:1"), context),
    );
    expect(gone.message).toMatch(/^127\.0\.0\.1:1 cannot be reached/);
  });

  test("a caller that waits no longer", async () => {
    sts.answerWith([{ delayMs: 30_000 }]);
    const impatient = { ...context, signal: AbortSignal.timeout(50) };
    const failure = await failureOf(
      assumeRoleWithWebIdentity(webIdentityRequest(sts.url), impatient),
    );
    expect(failure.kind).toBe("unavailable");
    expect(failure.message).toBe(`127.0.0.1:${sts.port} was not waited for any longer`);
  });
});
