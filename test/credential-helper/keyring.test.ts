import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { eachWithHelper } from "./support/built-once.ts";
import { type Keyring, startKeyring } from "./support/keyring.ts";

const helper = eachWithHelper();
let keyring: Keyring;
beforeEach(async () => {
  keyring = await startKeyring();
}, 120_000);
afterEach(() => keyring.close());

const aToken = {
  outcome: { kind: "credential", token: "tok-secret-1", livesSeconds: 3600 },
} as const;
const session = { refreshToken: "refresh-secret-1", proofKey: undefined };
const run = (context: "background" | "interactive" = "background") =>
  helper.sandbox.run({ context, environment: keyring.environment });

describe("with a real keyring in the session", () => {
  it("keeps one key there, and nothing readable in files", async () => {
    helper.sandbox.plan({ ...aToken, session });
    expect((await run()).stdout).toBe("tok-secret-1");
    helper.sandbox.plan({ outcome: { kind: "crash" } });
    expect((await run()).stdout).toBe("tok-secret-1");
    expect(helper.sandbox.attempts()).toHaveLength(1);
    expect((await keyring.search()).match(/^label = /gm)).toHaveLength(1);
    expect(readdirSync(helper.sandbox.cache).toSorted()).toEqual([
      "credential",
      "lock",
      "sealed",
      "session",
    ]);
    for (const name of readdirSync(helper.sandbox.cache))
      expect(readFileSync(join(helper.sandbox.cache, name), "latin1")).not.toContain("secret-1");
  });

  it("gives fifty cold starts one exchange and one key", async () => {
    helper.sandbox.plan({
      outcome: { kind: "credential", token: "unique", livesSeconds: 3600 },
      delayMs: 500,
    });
    const results = await Promise.all(Array.from({ length: 50 }, () => run()));
    expect(helper.sandbox.attempts()).toHaveLength(1);
    expect(new Set(results.map(({ code }) => code))).toEqual(new Set([0]));
    expect(new Set(results.map(({ stdout }) => stdout)).size).toBe(1);
    expect((await keyring.search()).match(/^label = /gm)).toHaveLength(1);
  });

  it("ends quickly when it is locked, and never falls back to plain files", async () => {
    helper.sandbox.plan({ ...aToken, session });
    await run();
    await keyring.lock();
    const { code, stdout, stderr } = await run();
    expect([code, stdout]).toEqual([10, ""]);
    expect(stderr).toMatch(
      /^cowork-credential-helper: localStore: Secret Service \(libsecret\) .*: unlock it, .* \(exit 10\)\n$/,
    );
    rmSync(join(helper.sandbox.cache, "credential"));
    for (const context of ["background", "interactive"] as const) {
      const without = await run(context);
      expect([without.code, without.stdout]).toEqual([10, ""]);
    }
    expect(helper.sandbox.attempts()).toHaveLength(1);
    expect(existsSync(join(helper.sandbox.cache, "credential"))).toBe(false);
  });

  it("ends when the keyring waits for somebody", async () => {
    helper.sandbox.plan(aToken);
    await run();
    keyring.stop();
    const { code, stdout, stderr } = await run();
    keyring.continue();
    expect([code, stdout]).toEqual([10, ""]);
    expect(stderr).toBe(
      "cowork-credential-helper: localStore: Secret Service (libsecret) did not answer within 5 s: unlock it, for example by signing out of the computer and in again (exit 10)\n",
    );
    expect((await run()).stdout).toBe("tok-secret-1");
  });

  it("is not replaced by plain files in a session without it", async () => {
    helper.sandbox.plan(aToken);
    await run();
    const elsewhere = await helper.sandbox.run();
    expect([elsewhere.code, elsewhere.stdout]).toEqual([10, ""]);
    expect(elsewhere.stderr).toBe(
      "cowork-credential-helper: localStore: the secret store is out of reach: start the helper within the user's own desktop session (exit 10)\n",
    );
  });

  it("holds nothing any more after signing out", async () => {
    helper.sandbox.plan({ ...aToken, session });
    await run();
    const { environment } = keyring;
    const { code, stderr } = await helper.sandbox.run({ args: ["sign-out"], environment });
    expect([code, stderr]).toEqual([0, ""]);
    expect(await keyring.search()).toBe("");
    expect(readdirSync(helper.sandbox.cache)).toEqual(["lock"]);
  });

  it("is named when it is out of reach, so that signing out does not pass for done", async () => {
    helper.sandbox.plan({ ...aToken, session });
    await run();
    const { code, stderr } = await helper.sandbox.run({ args: ["sign-out"] });
    expect([code, stderr]).toEqual([
      10,
      "cowork-credential-helper: localStore: credential and session are removed; their key is in a secret store that is out of reach here: sign out once more within the user's own desktop session (exit 10)\n",
    ]);
    expect(readdirSync(helper.sandbox.cache)).toEqual(["lock", "sealed"]);
    const { environment } = keyring;
    expect((await helper.sandbox.run({ args: ["sign-out"], environment })).code).toBe(0);
    expect(await keyring.search()).toBe("");
  });

  it("is tried by doctor without touching what it keeps", async () => {
    helper.sandbox.plan(aToken);
    await run();
    const args = ["doctor", "--json", "--config", helper.sandbox.config];
    const { stdout } = await helper.sandbox.run({ args, environment: keyring.environment });
    const { steps } = JSON.parse(stdout);
    const found = steps.find(({ id }: { id: string }) => id === "secret-store");
    expect(found.status).toBe("ok");
    expect(found.found).toMatch(
      /^Secret Service \(libsecret\) keeps the key \(tried in \d+ ms\), /,
    );
    expect((await keyring.search()).match(/^label = /gm)).toHaveLength(1);
    expect((await run()).stdout).toBe("tok-secret-1");
  });
});
