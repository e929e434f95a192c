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
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cowork-clock-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** A run in the background with less than two seconds, during which the clock is set back by an hour. */
function run(backFromStart: boolean): Promise<unknown> {
  const text = JSON.stringify(exampleConfig);
  const never: Obtain = () => new Promise(() => undefined);
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
  const isBack = () => backFromStart || runClock() - startedAtMs > 200;
  vi.spyOn(Date, "now").mockImplementation(() => real() - (isBack() ? 3_600_000 : 0));
  return servedCredential(renewal, startedAtMs, startedAtMs + 1_500);
}

describe("a run whose computer's clock is set back by an hour", () => {
  it("ends in time when nobody answers", async () => {
    expect(await failureOf(run(true))).toBe("unavailable: nobody answered in time: ask again");
  });

  it("ends in time when another one holds the lock", async () => {
    const other = await osLock(`${folder}/lock`);
    expect(other.tryAcquire()).toBe(true);
    expect(await failureOf(run(false))).toBe(
      "unavailable: another run of the helper has not finished in time: ask again",
    );
    other.release();
  });
});
