import { afterEach, describe, expect, it } from "vitest";

import { revocationAnswer } from "../../../token-service/server/revocation-api.ts";
import { newToken, nowSeconds, startFake, stopAll } from "./fakes.ts";

afterEach(stopAll);

const path = "/v1/revocations";
const alice = { by: "user", value: "alice" };
const text = expect.any(String);

async function started() {
  const service = await startFake();
  const admin = (method: string, body?: unknown, user = "root") =>
    service.ask(newToken(user), { path, method, ...(body === undefined ? {} : { body }) });
  return { service, admin };
}

describe("revoking", () => {
  it.each([
    { subject: alice, message: "an administrator revoked this user" },
    { subject: { by: "group", value: "staff" }, message: "an administrator revoked this group" },
    {
      subject: { by: "everything" },
      message: "an administrator revoked everything in this geography",
    },
  ])(
    "$subject.by refuses the very next request, and says how long what is out still lives",
    async ({ subject, message }) => {
      const { service, admin } = await started();
      expect((await service.ask(newToken())).status).toBe(200);
      const { status, body } = await admin("POST", { subject, reason: "left the company" });
      expect(status).toBe(200);
      const { refusedFrom, lastCredentialExpiresAtEpochSeconds, offboardingSeconds } =
        revocationAnswer.parse(body);
      expect(Math.abs(Date.parse(refusedFrom) - Date.now())).toBeLessThan(10_000);
      expect(lastCredentialExpiresAtEpochSeconds).toBeGreaterThan(nowSeconds() + 880);
      expect(offboardingSeconds).toBe(
        Math.ceil(lastCredentialExpiresAtEpochSeconds! - Date.parse(refusedFrom) / 1000),
      );

      const refused = await service.ask(newToken());
      expect([refused.status, refused.body]).toEqual([
        403,
        { error: "access_denied", code: "revoked", message, traceId: text },
      ]);
      expect((await admin("DELETE", { subject })).body).toEqual({ lifted: true });
      expect((await admin("DELETE", { subject })).body).toEqual({ lifted: false });
      expect((await service.ask(newToken())).status).toBe(200);
    },
  );

  it("whom nothing was given to takes no time", async () => {
    const { admin } = await started();
    const { body } = await admin("POST", {
      subject: { by: "device", value: "mac-7" },
      reason: "lost",
    });
    expect(body).toEqual({ refusedFrom: text, offboardingSeconds: 0 });
  });

  it("leaves one event with who, whom and why", async () => {
    const { service, admin } = await started();
    await admin("POST", { subject: alice, reason: "left the company" });
    await admin("GET");
    expect(service.events).toEqual([
      {
        event: "revocation",
        time: text,
        traceId: text,
        geography: "eu",
        decision: "allow",
        reason: "revoked: left the company",
        durationMilliseconds: expect.any(Number),
        from: "example",
        user: "root",
        tokenHash: text,
        subject: "user:alice",
        revokedBy: "example/root",
      },
      expect.objectContaining({ reason: "listed", revokedBy: "example/root" }),
    ]);
  });

  it("is listed, until it ends", async () => {
    const { admin } = await started();
    const untilEpochSeconds = nowSeconds() + 60;
    await admin("POST", { subject: alice, reason: "holiday", untilEpochSeconds });
    expect((await admin("GET")).body).toEqual({
      revocations: [
        {
          subject: alice,
          reason: "holiday",
          revokedBy: "example/root",
          revokedAtEpochSeconds: expect.any(Number),
          untilEpochSeconds,
        },
      ],
    });
  });
});

it.each(["", " ", "\u200b\u200e", "\ufeff\t"])(
  "%j names nobody, and is not acknowledged",
  async (value) => {
    const { service, admin } = await started();
    const { status, body } = await admin("POST", {
      subject: { by: "user", value },
      reason: "left the company",
    });
    expect([status, body]).toMatchObject([
      400,
      {
        code: "malformed_request",
        message: "the body has the fields subject, reason, untilEpochSeconds; wrong: subject",
      },
    ]);
    expect(await service.dependencies.store.revocations()).toEqual([]);
  },
);

it.each([1, nowSeconds()])(
  "one that is over at %d is not acknowledged, and changes nothing",
  async (end) => {
    const { service, admin } = await started();
    await admin("POST", { subject: alice, reason: "left the company" });
    const { status, body } = await admin("POST", {
      subject: alice,
      reason: "over",
      untilEpochSeconds: end,
    });
    expect([status, body]).toMatchObject([
      400,
      {
        code: "malformed_request",
        message: "untilEpochSeconds is over already: it would refuse nobody",
      },
    ]);
    expect(await service.dependencies.store.revocations()).toMatchObject([
      { subject: alice, reason: "left the company" },
    ]);
    expect(service.events.at(-1)).toMatchObject({ event: "revocation", decision: "refuse" });
  },
);

describe("who may not", () => {
  it.each(["GET", "POST", "DELETE"])(
    "%s by somebody else is refused, and nothing changes",
    async (method) => {
      const { service, admin } = await started();
      const body = { subject: { by: "everything" }, reason: "mine" };
      const { status, body: answer } = await admin(method, body, "alice");
      expect([status, answer]).toEqual([
        403,
        {
          error: "access_denied",
          code: "policy_none",
          message: "the trust policy does not name this identity among its administrators",
          traceId: text,
        },
      ]);
      expect((await service.ask(undefined, { path, method, body })).status).toBe(401);
      expect(await service.dependencies.store.revocations()).toEqual([]);
      expect(service.events.map(({ decision, code }) => [decision, code])).toEqual([
        ["refuse", "policy_none"],
        ["refuse", "identity_missing"],
      ]);
    },
  );

  it("an administrator who was revoked", async () => {
    const { admin } = await started();
    await admin("POST", { subject: { by: "user", value: "root" }, reason: "test" });
    expect((await admin("GET")).body).toMatchObject({ code: "revoked" });
  });

  it("the same administrator's token a second time", async () => {
    const { service } = await started();
    const token = newToken("root");
    expect((await service.ask(token, { path, method: "GET" })).status).toBe(200);
    expect((await service.ask(token, { path, method: "GET" })).body).toMatchObject({
      code: "token_replayed",
    });
  });
});

it.each([
  { body: {}, wrong: "subject, reason" },
  { body: { subject: { by: "user" }, reason: "x" }, wrong: "subject" },
  { body: { subject: { by: "user", value: "" }, reason: "x" }, wrong: "subject" },
  { body: { subject: { by: "everybody" }, reason: "x" }, wrong: "subject" },
  { body: { subject: { by: "everything", value: "x" }, reason: "x" }, wrong: "subject" },
  { body: { subject: alice, reason: "x", untilEpochSeconds: 1.5 }, wrong: "untilEpochSeconds" },
  { body: { subject: alice, reason: "x", more: 1 }, wrong: "a field that is none of these" },
])("a body that is wrong in $wrong revokes nobody", async ({ body, wrong }) => {
  const { service, admin } = await started();
  const { status, body: answer } = await admin("POST", body);
  expect([status, answer]).toMatchObject([
    400,
    {
      code: "malformed_request",
      message: `the body has the fields subject, reason, untilEpochSeconds; wrong: ${wrong}`,
    },
  ]);
  expect(await service.dependencies.store.revocations()).toEqual([]);
});
