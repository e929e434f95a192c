import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { runClock } from "../../credential-helper/deadline.ts";
import type { Obtain } from "../../credential-helper/obtain-types.ts";
import { osLock } from "../../credential-helper/os-lock.ts";
import { servedCredential } from "../../credential-helper/renewed-credential.ts";
import { sha256Hex } from "../../credential-helper/sha256.ts";
import { failureOf } from "./sign-in/around.ts";
import { exampleConfig } from "./support/helper-sandbox.ts";

let folder: string;
let attempts: number;
beforeEach(() => {
  attempts = 0;
  folder = mkdtempSync(join(tmpdir(), "cowork-clock-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** A run in the background that has to end in time, during which the clock may be set back by an hour. */
function run(back: "at the start" | "later" | "never", limitMs = 1_500): Promise<unknown> {
  const text = JSON.stringify(exampleConfig);
  const never: Obtain = () => {
    attempts++;
    return new Promise(() => undefined);
  };
  const renewal = {
    configFile: { path: "/c.json", text, sha256: sha256Hex(text) },
    context: "background",
    store: { folder, platform: "linux", vault: undefined, mayAsk: false },
    environment: {},
    loadObtain: async () => never,
    deadlineSeconds: undefined,
  } as const;
  const startedAtMs = runClock();
  const real = Date.now;
  const afterMs = { "at the start": 0, later: 200, never: Number.POSITIVE_INFINITY }[back];
  const isBack = () => runClock() - startedAtMs >= afterMs;
  vi.spyOn(Date, "now").mockImplementation(() => real() - (isBack() ? 3_600_000 : 0));
  return servedCredential(renewal, startedAtMs, startedAtMs + limitMs);
}

describe("a run whose computer's clock is set back by an hour", () => {
  it("ends in time when nobody answers", async () => {
    expect(await failureOf(run("at the start"))).toBe(
      "unavailable: nobody answered in time: ask again",
    );
  });

  it("ends in time when another one holds the lock", async () => {
    const other = await osLock(`${folder}/lock`);
    expect(other.tryAcquire()).toBe(true);
    expect(await failureOf(run("later"))).toBe(
      "unavailable: another run of the helper has not finished in time: ask again",
    );
    other.release();
  });
});

describe("a run that waited for another one nearly as long as it may", () => {
  it("starts no renewal that would be cut off, and with it a refresh token that was just rotated", async () => {
    const other = await osLock(`${folder}/lock`);
    expect(other.tryAcquire()).toBe(true);
    setTimeout(() => other.release(), 1_300);
    expect(await failureOf(run("never", 2_500))).toBe(
      "unavailable: another run of the helper has not finished in time: ask again",
    );
    expect(attempts).toBe(0);
  });

  it("starts one while there is time", async () => {
    expect(await failureOf(run("never"))).toBe("unavailable: nobody answered in time: ask again");
    expect(attempts).toBe(1);
  });
});
