import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { FailureCause } from "../../credential-helper/failure.ts";
import { eachWithHelper } from "./support/built-once.ts";
import { aToken, failing, library, line } from "./support/contract-parts.ts";

const helper = eachWithHelper();

/** Changes what is kept, as time or another issuer would; sandboxes have no secret store. */
function age(changes: (record: Record<string, number>) => Record<string, number>): void {
  const path = join(helper.sandbox.cache, "credential");
  const record = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...record, ...changes(record) }), { mode: 0o600 });
}

const expiresInSeconds = (seconds: number) =>
  age(() => ({ expiresAtEpochSeconds: Math.floor(Date.now() / 1000) + seconds }));

describe("a credential that is valid but not for long", () => {
  it("serves on when nobody can renew it, and says so", async () => {
    helper.sandbox.plan(aToken);
    await helper.sandbox.run();
    for (const failure of ["unavailable", "signInNeeded"] as const) {
      rmSync(join(helper.sandbox.cache, "failure"), { force: true });
      expiresInSeconds(600);
      helper.sandbox.plan(failing(failure));
      const { code, stdout, stderr } = await helper.sandbox.run();
      expect([code, stdout]).toEqual([0, "tok-1"]);
      expect(stderr).toBe(
        library +
          line(`${failure}: made up: do this; the credential in use is still valid and serves`),
      );
    }
  });

  it.each([
    ["somebody refused", "refused", 6],
    ["the device was refused", "deviceCertificate", 9],
  ] as const)("does not when %s, then and afterwards", async (_, cause, exitCode) => {
    helper.sandbox.plan(aToken);
    await helper.sandbox.run();
    expiresInSeconds(600);
    helper.sandbox.plan(failing(cause));
    for (const _ of ["refused", "remembered"]) {
      const { code, stdout } = await helper.sandbox.run();
      expect([code, stdout]).toEqual([exitCode, ""]);
    }
    expect(helper.sandbox.attempts()).toHaveLength(2);
    expect(existsSync(join(helper.sandbox.cache, "credential"))).toBe(false);
    // Whoever then keeps the service out of reach gets nothing back.
    rmSync(join(helper.sandbox.cache, "failure"));
    helper.sandbox.plan(failing("unavailable"));
    const { code, stdout } = await helper.sandbox.run();
    expect([code, stdout]).toEqual([7, ""]);
  });

  it("does not for any other cause", async () => {
    helper.sandbox.plan(aToken);
    await helper.sandbox.run();
    expiresInSeconds(600);
    const causes = { internal: 1, signInFailed: 5, wrongCredential: 8, deviceCertificate: 9 };
    for (const [cause, exitCode] of Object.entries(causes)) {
      rmSync(join(helper.sandbox.cache, "failure"), { force: true });
      helper.sandbox.plan(failing(cause as FailureCause));
      const { code, stdout } = await helper.sandbox.run();
      expect([code, stdout]).toEqual([exitCode, ""]);
    }
  });

  it("does not once it has expired", async () => {
    helper.sandbox.plan(aToken);
    await helper.sandbox.run();
    expiresInSeconds(10);
    helper.sandbox.plan(failing("unavailable"));
    const { code, stdout } = await helper.sandbox.run();
    expect([code, stdout]).toEqual([7, ""]);
  });

  it("is renewed when it can be", async () => {
    helper.sandbox.plan(aToken);
    await helper.sandbox.run();
    expiresInSeconds(600);
    helper.sandbox.plan({ outcome: { ...aToken.outcome, token: "tok-2" } });
    expect((await helper.sandbox.run()).stdout).toBe("tok-2");
  });
});

describe("a refresh in the middle of a session", () => {
  it("renews a young credential, which may have been refused", async () => {
    helper.sandbox.plan(aToken);
    await helper.sandbox.run();
    helper.sandbox.plan({ outcome: { ...aToken.outcome, token: "tok-2" } });
    const context = "mid-session-refresh";
    expect((await helper.sandbox.run({ context })).stdout).toBe("tok-1");
    age(({ issuedAtMs = 0 }) => ({ issuedAtMs: issuedAtMs - 100_000 }));
    expect((await helper.sandbox.run({ context: "background" })).stdout).toBe("tok-1");
    expect((await helper.sandbox.run({ context })).stdout).toBe("tok-2");
    expect(helper.sandbox.attempts()).toEqual(["background", context]);
  });
});

describe("another configuration", () => {
  it("never gets the credential of the one before", async () => {
    helper.sandbox.plan(aToken);
    await helper.sandbox.run();
    helper.sandbox.configure({ geography: "us" });
    helper.sandbox.plan(failing("unavailable"));
    const { code, stdout } = await helper.sandbox.run();
    expect([code, stdout]).toEqual([7, ""]);
    helper.sandbox.configure();
    expect((await helper.sandbox.run()).stdout).toBe("tok-1");
  });

  it("is told all its problems in one line", async () => {
    helper.sandbox.configure({ geography: "EU", ttlSeconds: 60, surprise: 1 });
    const { code, stdout, stderr } = await helper.sandbox.run();
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toBe(
      line(
        `configuration: ${helper.sandbox.config} is not valid: geography: Invalid string: must match pattern /^[a-z][a-z0-9-]{0,39}$/; ttlSeconds: Too small: expected number to be >=121; Unrecognized key: "surprise": install the file of the profile set unchanged (exit 3)`,
      ),
    );
  });
});
