import { afterAll, afterEach, describe, expect, it } from "vitest";

import type { Revocation, RevocationSubject } from "../../../token-service/store.ts";
import { admission, closeAll, closeSharedRedis, kinds, nowSeconds } from "./stores.ts";

afterEach(closeAll);
afterAll(closeSharedRedis);

const passed = { replayed: false, revocation: undefined, retryAfterSeconds: undefined };
const alice: RevocationSubject = { by: "user", value: "alice" };

function revocation(subject: RevocationSubject, untilEpochSeconds?: number): Revocation {
  return {
    subject,
    reason: "left the company",
    revokedBy: "root@example.com",
    revokedAtEpochSeconds: 1_795_000_000,
    untilEpochSeconds,
  };
}

describe.each(["memory", "redis"] as const)("the %s store", (kind) => {
  it("lets one of a hundred simultaneous presentations of one token pass", async () => {
    const store = await kinds[kind]();
    const one = admission();
    const answers = await Promise.all(Array.from({ length: 100 }, () => store.admit(one)));
    expect(answers.filter(({ replayed }) => !replayed)).toEqual([passed]);
  });

  it("claims nothing when nothing has to be presented once", async () => {
    const store = await kinds[kind]();
    const one = admission({ once: undefined });
    expect([await store.admit(one), await store.admit(one)]).toEqual([passed, passed]);
  });

  it("remembers a token past its own end, for replicas whose clocks are behind", async () => {
    const store = await kinds[kind]();
    const one = admission({ once: { key: "late", untilEpochSeconds: nowSeconds() - 60 } });
    expect([await store.admit(one), await store.admit(one)]).toEqual([
      passed,
      { ...passed, replayed: true },
    ]);
  });

  it.each<RevocationSubject>([
    alice,
    { by: "device", value: "mac-1" },
    { by: "group", value: 'contractors: all, of "them" %s' },
    { by: "key", value: "thumbprint" },
    { by: "everything" },
  ])("refuses from the next request on whom $by names, and nobody else", async (subject) => {
    const store = await kinds[kind]();
    const named = admission({ subjects: [{ by: "user", value: "bob" }, subject] });
    const other = admission({ subjects: [{ by: "user", value: "bob" }] });
    expect(await store.admit(named)).toEqual(passed);
    await store.revoke(revocation(subject));
    expect(await store.admit(named)).toEqual({ ...passed, revocation: revocation(subject) });
    expect(await store.admit(other)).toEqual(passed);
    expect(await store.revocations()).toEqual([revocation(subject)]);
    expect(await store.lift(subject)).toBe(true);
    expect(await store.lift(subject)).toBe(false);
    expect(await store.revocations()).toEqual([]);
    expect(await store.admit(admission({ subjects: [subject] }))).toEqual(passed);
  });

  it.each([
    ["Alice@Example.com", "alice@example.com"],
    // A direction mark, as Windows puts it before what is copied from a certificate, and a space nobody sees.
    ["alice@example.com", "\u200ealice@\u200bexample.com\ufeff"],
    ["alice@example.com", " ALICE@EXAMPLE.COM "],
    ["Zo\u00eb", "zoe\u0308"],
    ["Stra\u00dfe", "STRASSE"],
    ["\uff2dac-1", "mac-1"],
  ])("takes %j and %j for one name, whoever wrote which", async (issuers, administrators) => {
    const store = await kinds[kind]();
    for (const [one, other] of [
      [issuers, administrators],
      [administrators, issuers],
    ] as const) {
      const named: RevocationSubject = { by: "user", value: one };
      const until = nowSeconds() + 900;
      await store.noteIssued([named], { expiresAtEpochSeconds: until });
      const typed: RevocationSubject = { by: "user", value: other };
      await store.revoke(revocation(typed));
      expect((await store.admit(admission({ subjects: [named] }))).revocation).toEqual(
        revocation(typed),
      );
      expect(await store.lastExpiry(typed)).toBe(until);
      expect(await store.lift(named)).toBe(true);
    }
  });

  it("does not let a revocation be shortened by another, only lifted", async () => {
    const store = await kinds[kind]();
    const soon = nowSeconds() + 60;
    for (const longer of [undefined, soon + 60]) {
      await store.revoke(revocation(alice, longer));
      for (const shorter of [1, soon]) await store.revoke(revocation(alice, shorter));
      expect(await store.revocations()).toEqual([revocation(alice, longer)]);
      expect((await store.admit(admission())).revocation).toEqual(revocation(alice, longer));
      await store.lift(alice);
    }
    await store.revoke(revocation(alice, soon));
    await store.revoke(revocation(alice));
    expect(await store.revocations()).toEqual([revocation(alice)]);
    const again = { ...revocation(alice), reason: "another reason" };
    await store.revoke(again);
    expect(await store.revocations()).toEqual([again]);
  });

  it("does not mix up a user and a device of one name", async () => {
    const store = await kinds[kind]();
    await store.revoke(revocation({ by: "device", value: "alice" }));
    expect(await store.admit(admission())).toEqual(passed);
  });

  it("forgets a revocation when its time is over", async () => {
    const store = await kinds[kind]();
    await store.revoke(revocation(alice, nowSeconds() - 1));
    expect(await store.admit(admission())).toEqual(passed);
    expect(await store.revocations()).toEqual([]);
    const running = revocation(alice, nowSeconds() + 60);
    await store.revoke(running);
    expect(await store.admit(admission())).toEqual({ ...passed, revocation: running });
    expect(await store.revocations()).toEqual([running]);
  });

  it("lets as many pass in a minute as said, per identity, and then says how long to wait", async () => {
    const store = await kinds[kind]();
    const ask = (rateKey: string) => store.admit(admission({ rateKey, requestsPerMinute: 3 }));
    const answers = [
      await ask("a"),
      await ask("a"),
      await ask("a"),
      await ask("a"),
      await ask("b"),
    ];
    expect(answers.map(({ retryAfterSeconds }) => retryAfterSeconds)).toEqual([
      undefined,
      undefined,
      undefined,
      20,
      undefined,
    ]);
  });

  it("uses up neither token nor allowance of a request that is refused", async () => {
    const store = await kinds[kind]();
    const spent = admission({ rateKey: "x", requestsPerMinute: 1 });
    const fresh = admission({ rateKey: "x", requestsPerMinute: 1 });
    await store.admit(spent);
    // A thief with a spent token cannot use the person's allowance up; a token that came too early stays good.
    expect(await store.admit(spent)).toEqual({ ...passed, replayed: true });
    expect((await store.admit(fresh)).retryAfterSeconds).toBe(60);
    expect(await store.admit({ ...fresh, rateKey: "y" })).toEqual(passed);
    await store.revoke(revocation(alice));
    const revoked = admission({ rateKey: "z", requestsPerMinute: 1 });
    await store.admit(revoked);
    await store.lift(alice);
    expect(await store.admit(revoked)).toEqual(passed);
  });

  it("knows until when the longest credential of each subject lives", async () => {
    const store = await kinds[kind]();
    const soon = nowSeconds() + 100;
    const later = nowSeconds() + 900;
    await store.noteIssued([alice, { by: "everything" }], { expiresAtEpochSeconds: later });
    await store.noteIssued([alice, { by: "group", value: "staff" }], {
      expiresAtEpochSeconds: soon,
    });
    expect(await store.lastExpiry(alice)).toBe(later);
    expect(await store.lastExpiry({ by: "group", value: "staff" })).toBe(soon);
    expect(await store.lastExpiry({ by: "everything" })).toBe(later);
    expect(await store.lastExpiry({ by: "user", value: "bob" })).toBeUndefined();
    await store.noteIssued([{ by: "device", value: "old" }], {
      expiresAtEpochSeconds: nowSeconds() - 1,
    });
    expect(await store.lastExpiry({ by: "device", value: "old" })).toBeUndefined();
  });

  it("notes with an admission until when its credential lives, and nothing for one that is refused", async () => {
    const store = await kinds[kind]();
    const until = nowSeconds() + 900;
    const one = admission({ credentialUntilEpochSeconds: until });
    await store.admit(one);
    expect(await store.lastExpiry(alice)).toBe(until);
    await store.admit({ ...one, credentialUntilEpochSeconds: until + 900 });
    expect(await store.lastExpiry(alice)).toBe(until);
    await store.noteIssued([alice], { expiresAtEpochSeconds: until - 1 });
    expect(await store.lastExpiry(alice)).toBe(until);
  });

  it("tells of a revocation that came while the credential was made", async () => {
    const store = await kinds[kind]();
    const credential = { expiresAtEpochSeconds: nowSeconds() + 900 };
    expect(await store.noteIssued([alice], credential)).toBeUndefined();
    await store.revoke(revocation(alice));
    expect(await store.noteIssued([alice], credential)).toEqual(revocation(alice));
  });

  it("is ready", async () => {
    expect(await (await kinds[kind]()).unready()).toBeUndefined();
  });
});
