import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  anHour,
  builtHelper,
  fakeEntry,
  type HelperSandbox,
  helperSandbox,
} from "./support/helper-sandbox.ts";

let folder: string;
let program: string;
let sandbox: HelperSandbox;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cowork-helper-build-"));
  program = await builtHelper(fakeEntry, folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  sandbox = helperSandbox(program);
});
afterEach(() => sandbox.remove());

const fifty = Array.from({ length: 50 });

describe("fifty helpers that start at once with nothing kept", () => {
  it("exchange once and print the same credential", async () => {
    sandbox.plan({ ...anHour, delayMs: 500 });
    const results = await Promise.all(fifty.map(() => sandbox.run({ context: "background" })));
    expect(sandbox.attempts()).toEqual(["background"]);
    expect(new Set(results.map(({ code }) => code))).toEqual(new Set([0]));
    expect(new Set(results.map(({ stdout }) => stdout)).size).toBe(1);
    expect(results[0]?.stdout).toMatch(/^token-\d+-0\.\d+$/);
  });

  it("exchange once in each context mixed with the others", async () => {
    sandbox.plan({ ...anHour, delayMs: 500 });
    const contexts = [
      "interactive",
      "mid-session-refresh",
      "background",
      "scheduled-task",
      "setup-test",
    ] as const;
    const results = await Promise.all(
      fifty.map((_, at) => sandbox.run({ context: contexts[at % 5]! })),
    );
    expect(sandbox.attempts()).toHaveLength(1);
    expect(new Set(results.map(({ stdout }) => stdout)).size).toBe(1);
  });

  it("ask a refusing issuer once and all end with its reason", async () => {
    sandbox.plan({
      delayMs: 500,
      outcome: {
        kind: "failure",
        failure: "refused",
        message: "no trust policy: ask the help desk",
      },
    });
    const results = await Promise.all(fifty.map(() => sandbox.run({ context: "background" })));
    expect(sandbox.attempts()).toEqual(["background"]);
    expect(new Set(results.map(({ code }) => code))).toEqual(new Set([6]));
    expect(new Set(results.map(({ stdout }) => stdout))).toEqual(new Set([""]));
    for (const { stderr } of results)
      expect(stderr).toContain(
        "cowork-credential-helper: refused: no trust policy: ask the help desk (exit 6)\n",
      );
  });

  it("ask a refusing issuer once when all are interactive", async () => {
    sandbox.plan({
      delayMs: 1_500,
      outcome: { kind: "failure", failure: "signInFailed", message: "the person said no" },
    });
    const results = await Promise.all(
      fifty.slice(0, 10).map(() => sandbox.run({ context: "interactive" })),
    );
    expect(sandbox.attempts()).toEqual(["interactive"]);
    expect(new Set(results.map(({ code }) => code))).toEqual(new Set([5]));
  });

  it("take over from one that is killed in the middle of its exchange", async () => {
    sandbox.plan({ ...anHour, delayMs: 60_000 });
    const killed = sandbox.run({
      context: "background",
      during: (child) => void whenAttempted(1).then(() => child.kill("SIGKILL")),
    });
    await whenAttempted(1);
    sandbox.plan({ ...anHour, delayMs: 200 });
    const others = await Promise.all(
      fifty
        .slice(0, 10)
        // The holder is known to be gone: waiting for a lock to grow old would not end in time.
        .map(() =>
          sandbox.run({
            context: "background",
            args: ["--config", sandbox.config, "--deadline", "6"],
          }),
        ),
    );
    expect((await killed).signal).toBe("SIGKILL");
    expect((await killed).stdout).toBe("");
    expect(sandbox.attempts()).toEqual(["background", "background"]);
    expect(new Set(others.map(({ code }) => code))).toEqual(new Set([0]));
    expect(new Set(others.map(({ stdout }) => stdout)).size).toBe(1);
  });

  it("survive one after the other being killed at any moment", async () => {
    sandbox.plan({ ...anHour, delayMs: 60 });
    for (let round = 0; round < 25; round++) {
      await sandbox.run({
        context: "background",
        during: (child) => void sleep(round * 8).then(() => child.kill("SIGKILL")),
      });
      const after = await sandbox.run({ context: "background" });
      expect(after.code).toBe(0);
      expect(after.stdout).toMatch(/^token-\d+-0\.\d+$/);
      rmSync(join(sandbox.cache, "credential"));
    }
  });
});

async function whenAttempted(count: number): Promise<void> {
  while (sandbox.attempts().length < count) await sleep(20);
}
