import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { eachWithHelper } from "./support/built-once.ts";
import { aToken, failing, library, line } from "./support/contract-parts.ts";
import { anHour } from "./support/helper-sandbox.ts";

const helper = eachWithHelper();
const contexts = [
  "interactive",
  "mid-session-refresh",
  "background",
  "scheduled-task",
  "setup-test",
] as const;

describe("each context, started without arguments", () => {
  for (const context of contexts) {
    it(`${context}: prints the token alone, first obtained and then kept`, async () => {
      helper.sandbox.plan(aToken);
      const first = await helper.sandbox.run({ context });
      expect({ ...first, milliseconds: 0 }).toEqual({
        code: 0,
        signal: null,
        stdout: "tok-1",
        stderr: library,
        milliseconds: 0,
      });
      helper.sandbox.plan({ outcome: { kind: "crash" } });
      const second = await helper.sandbox.run({ context });
      expect([second.code, second.stdout, second.stderr]).toEqual([0, "tok-1", ""]);
      expect(helper.sandbox.attempts()).toEqual([context]);
    });

    it(`${context}: prints nothing and says what to do when a person is needed`, async () => {
      helper.sandbox.plan(failing("signInNeeded"));
      const { code, stdout, stderr } = await helper.sandbox.run({ context });
      expect([code, stdout]).toEqual([4, ""]);
      expect(stderr).toBe(library + line("signInNeeded: made up: do this (exit 4)"));
    });
  }

  it("takes an unknown or absent context for background, and the old variable for a set-up test", async () => {
    const environments = [
      {},
      { CLAUDE_HELPER_CONTEXT: "surprise" },
      { CLAUDE_HELPER_MANUAL_RUN: "1" },
    ];
    helper.sandbox.plan(aToken);
    for (const environment of environments) {
      await helper.sandbox.run({ environment });
      rmSync(join(helper.sandbox.cache, "credential"));
    }
    expect(helper.sandbox.attempts()).toEqual(["background", "background", "setup-test"]);
  });
});

describe("standard output", () => {
  it("is JSON with token and headers only where there are headers", async () => {
    const headers = { "anthropic-workspace": "eu 1", "X-Trace": "a" };
    helper.sandbox.plan({ outcome: { ...aToken.outcome, headers } });
    for (const _ of ["obtained", "kept"])
      expect((await helper.sandbox.run()).stdout).toBe(
        '{"token":"tok-1","headers":{"anthropic-workspace":"eu 1","X-Trace":"a"}}',
      );
  });

  it("wraps a token that would be read as JSON", async () => {
    helper.sandbox.plan({ outcome: { ...aToken.outcome, token: '{"token":"other"}' } });
    expect(JSON.parse((await helper.sandbox.run()).stdout)).toEqual({ token: '{"token":"other"}' });
  });

  it("gets no token that a header cannot carry", async () => {
    helper.sandbox.plan({ outcome: { ...aToken.outcome, token: "two\nlines" } });
    const { code, stdout, stderr } = await helper.sandbox.run();
    expect([code, stdout]).toEqual([8, ""]);
    expect(stderr).toContain(
      line(
        "wrongCredential: the credential cannot be used: its token holds characters no header can carry (exit 8)",
      ),
    );
  });

  it("gets no credential that lives shorter than the profile keeps it", async () => {
    helper.sandbox.plan({ outcome: { ...aToken.outcome, livesSeconds: 899 } });
    const { code, stdout, stderr } = await helper.sandbox.run();
    expect([code, stdout]).toEqual([8, ""]);
    expect(stderr).toMatch(/: it lives 89[89] s and the profile keeps it for 900 s \(exit 8\)\n$/);
  });

  it("may be closed, or break, without a word", async () => {
    helper.sandbox.plan(aToken);
    const shell = (script: string) =>
      spawnSync("/bin/sh", ["-c", script, "sh", helper.program], {
        env: helper.sandbox.environment,
        encoding: "utf8",
      });
    for (const script of ['"$1" >&-', '"$1" <&- >&-', '("$1"; echo "$?" >&2) | true']) {
      const { stderr } = shell(script);
      expect(stderr.replace(library, "")).toMatch(/^([01]\n)?$/);
    }
    expect(shell('"$1" <&-').stdout).toBe("tok-1");
    expect(shell('"$1" 2>&-').stdout).toBe("tok-1");
    rmSync(join(helper.sandbox.cache, "credential"));
    expect(shell('"$1" <&- 2>&-').stdout).toBe("tok-1");
  });
});

describe("a disk that is nearly full", () => {
  /** Files may have so many blocks of 512 bytes. */
  const run = (blocks: number) =>
    spawnSync(
      "/bin/sh",
      ["-c", `trap "" XFSZ; ulimit -f ${blocks}; exec "$1"`, "sh", helper.program],
      { env: helper.sandbox.environment, encoding: "utf8" },
    );

  it("does not keep the credential from being printed", () => {
    helper.sandbox.plan({ outcome: { ...aToken.outcome, token: "t".repeat(6_000) } });
    const { status, stdout, stderr } = run(8);
    expect([status, stdout]).toEqual([0, "t".repeat(6_000)]);
    expect(stderr.replace(library, "")).toBe(
      `cowork-credential-helper: localStore: ${helper.sandbox.cache}/credential cannot be written (EFBIG): the user has to be able to write there; the credential is printed but not kept\n`,
    );
    expect(readdirSync(helper.sandbox.cache)).toEqual(["lock"]);
  });

  it("does not hide why somebody was refused", () => {
    const message = `made up: ${"x".repeat(1_000)}`;
    helper.sandbox.plan({ outcome: { kind: "failure", failure: "refused", message } });
    const { status, stdout, stderr } = run(1);
    expect([status, stdout]).toEqual([6, ""]);
    expect(stderr.replace(library, "")).toBe(
      `cowork-credential-helper: refused: ${message} (exit 6)\n`,
    );
  });
});

describe("time", () => {
  it("ends a run that gets no answer, sooner where no person is waited for", async () => {
    helper.sandbox.plan({ ...anHour, delayMs: 60_000 });
    const args = ["--config", helper.sandbox.config, "--deadline", "1"];
    const background = await helper.sandbox.run({ args });
    expect([background.code, background.stdout]).toEqual([7, ""]);
    expect(background.stderr).toContain(
      line("unavailable: nobody answered in time: ask again (exit 7)"),
    );
    const person = await helper.sandbox.run({ args, context: "interactive" });
    expect([person.code, person.stdout]).toEqual([5, ""]);
    expect(person.stderr).toContain(
      line("signInFailed: nobody finished signing in in time: start again (exit 5)"),
    );
  });

  it("is not spent in the background on somebody's open browser", async () => {
    helper.sandbox.plan({ ...anHour, delayMs: 60_000 });
    const person = helper.sandbox.run({
      context: "interactive",
      during: (child) => void waitThenKill(child),
    });
    while (helper.sandbox.attempts().length === 0) await sleep(20);
    const { code, stdout, stderr } = await helper.sandbox.run({ context: "background" });
    expect([code, stdout]).toEqual([4, ""]);
    expect(stderr).toBe(
      line("signInNeeded: somebody is signing in just now: ask again afterwards (exit 4)"),
    );
    expect((await person).signal).toBe("SIGTERM");
    expect((await person).stdout).toBe("");
    helper.sandbox.plan(aToken);
    expect((await helper.sandbox.run()).stdout).toBe("tok-1");

    async function waitThenKill(child: { kill(signal: "SIGTERM"): boolean }) {
      await sleep(8_000);
      child.kill("SIGTERM");
    }
  });
});

describe("what nobody foresaw", () => {
  it("says its kind only, and more with --debug", async () => {
    helper.sandbox.plan({ outcome: { kind: "crash" } });
    const { code, stdout, stderr } = await helper.sandbox.run();
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      library +
        line(
          "internal: an error nobody foresaw (Error): run it with --debug and report what it prints (exit 1)",
        ),
    );
    const args = ["--config", helper.sandbox.config, "--debug"];
    expect((await helper.sandbox.run({ args })).stderr).toContain("secret-in-an-error");
  });

  it("is not an environment of a megabyte", async () => {
    helper.sandbox.plan(aToken);
    const many = Array.from({ length: 1000 }, (_, at) => [`V_${at}`, "x".repeat(1000)]);
    const environment = Object.fromEntries(many);
    expect((await helper.sandbox.run({ environment })).stdout).toBe("tok-1");
  });

  it("is not an account without a home, or a home that cannot be written", async () => {
    const nowhere = await helper.sandbox.run({ environment: { HOME: "" } });
    expect([nowhere.code, nowhere.stdout]).toEqual([10, ""]);
    expect(nowhere.stderr).toBe(
      line(
        "localStore: HOME names no absolute folder: start the helper under a user's own account (exit 10)",
      ),
    );
    const closed = await helper.sandbox.run({ environment: { HOME: "/proc/self" } });
    expect([closed.code, closed.stdout]).toEqual([10, ""]);
    expect(closed.stderr).toMatch(
      /^cowork-credential-helper: localStore: \/proc\/self\/\.cache\/cowork-credential-helper cannot be made \(E[A-Z]+\): the user has to be able to write there \(exit 10\)\n$/,
    );
  });
});

describe("a provider that refuses the credential in the middle of a session", () => {
  it("gets another one when the session comes back, at whatever age", async () => {
    helper.sandbox.plan(anHour);
    const first = (await helper.sandbox.run()).stdout;
    aged(join(helper.sandbox.cache, "credential"), 1_200);
    const context = "mid-session-refresh";
    // Its kept time may just have run out.
    expect((await helper.sandbox.run({ context })).stdout).toBe(first);
    await sleep(2_100);
    const other = (await helper.sandbox.run({ context })).stdout;
    expect(other).toMatch(/^token-/);
    expect(other).not.toBe(first);
    await sleep(2_100);
    expect((await helper.sandbox.run({ context })).stdout).toBe(other);
    expect(helper.sandbox.attempts()).toEqual(["background", context]);
  });
});

/** Makes a kept credential look obtained earlier. */
function aged(path: string, bySeconds: number): void {
  const record = JSON.parse(readFileSync(path, "utf8"));
  const issuedAtMs = record.issuedAtMs - bySeconds * 1000;
  writeFileSync(path, JSON.stringify({ ...record, issuedAtMs, jitterSeconds: 0 }));
}

describe("signing out", () => {
  it("removes credential and session, and says nothing", async () => {
    const session = { refreshToken: "refresh-me", proofKey: undefined };
    helper.sandbox.plan({ ...aToken, session });
    await helper.sandbox.run();
    const { code, stdout, stderr } = await helper.sandbox.run({ args: ["sign-out"] });
    expect([code, stdout, stderr]).toEqual([0, "", ""]);
    for (const name of ["credential", "session"])
      expect(existsSync(join(helper.sandbox.cache, name))).toBe(false);
    helper.sandbox.plan({ ...aToken, tellsSession: true });
    expect((await helper.sandbox.run()).stderr).toContain(line("session null"));
  });

  it("leaves nothing of a run that was killed while it wrote", async () => {
    helper.sandbox.plan(aToken);
    await helper.sandbox.run();
    const { cache } = helper.sandbox;
    for (const name of ["session.4711-abc.draft", "credential.4711-abc.draft", "holder"])
      writeFileSync(join(cache, name), "refresh-me", { mode: 0o600 });
    expect((await helper.sandbox.run({ args: ["sign-out"] })).code).toBe(0);
    expect(readdirSync(cache)).toEqual(["lock"]);
  });
});
