import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { helperContexts } from "../../credential-helper/context.ts";
import { type FailureCause, HelperFailure } from "../../credential-helper/failure.ts";
import type { Obtain } from "../../credential-helper/obtain-types.ts";
import { servedCredential } from "../../credential-helper/renewed-credential.ts";
import { sha256Hex } from "../../credential-helper/sha256.ts";
import { exampleConfig } from "./support/helper-sandbox.ts";

const text = JSON.stringify(exampleConfig);
const causes = ["signInNeeded", "unavailable", "refused", "signInFailed", "localStore"] as const;

/** What lies in the cache, in seconds from now, and what an attempt to renew it comes to. */
const worlds = fc.record({
  context: fc.constantFrom(...helperContexts),
  livesSeconds: fc.integer({ min: -200, max: 4000 }),
  ageSeconds: fc.integer({ min: -200, max: 4000 }),
  jitterSeconds: fc.integer({ min: 0, max: 300 }),
  outcome: fc.constantFrom<"obtained" | FailureCause>("obtained", ...causes),
});

type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

async function served(world: World) {
  const folder = mkdtempSync(join(tmpdir(), "cowork-served-"));
  try {
    const nowMs = Date.now();
    const kept = {
      recordVersion: 1,
      configSha256: sha256Hex(text),
      token: "kept",
      headers: {},
      issuedAtMs: nowMs - world.ageSeconds * 1000,
      expiresAtEpochSeconds: Math.floor(nowMs / 1000) + world.livesSeconds,
      ttlSeconds: 900,
      jitterSeconds: world.jitterSeconds,
    };
    writeFileSync(join(folder, "credential"), JSON.stringify(kept), { mode: 0o600 });
    let attempts = 0;
    const obtain: Obtain = async () => {
      attempts++;
      if (world.outcome !== "obtained") throw new HelperFailure(world.outcome, "made up: do this");
      const expiresAtEpochSeconds = Math.floor(nowMs / 1000) + 3600;
      return { token: "obtained", kind: "bedrock-api-key", expiresAtEpochSeconds };
    };
    const renewal = {
      configFile: { path: "/c.json", text, sha256: sha256Hex(text) },
      context: world.context,
      store: { folder, platform: "linux", vault: undefined, mayAsk: false },
      environment: {},
      loadObtain: async () => obtain,
      deadlineSeconds: undefined,
    } as const;
    const token = await servedCredential(renewal, nowMs, nowMs + 20_000).then(
      (printed) => printed.token,
      (error: unknown) => (error instanceof HelperFailure ? undefined : Promise.reject(error)),
    );
    return { token, attempts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Too close to a limit to say which side of it a moment later is. */
const isNear = (value: number, limit: number) => Math.abs(value - limit) <= 3;

describe("whatever is kept, and whatever comes of renewing it", () => {
  it("never prints an expired one, nor one from the future, nor one after a refusal", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const { token, attempts } = await served(world);
        const isUnfit = world.livesSeconds <= 0 || world.ageSeconds < -33;
        if (isUnfit) expect(token).not.toBe("kept");
        if (token === "kept" && attempts > 0)
          expect(["signInNeeded", "unavailable"]).toContain(world.outcome);
        if (token === undefined) expect(world.outcome).not.toBe("obtained");
      }),
    );
  });

  it("prints without asking anybody exactly what outlives the kept time", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const { livesSeconds, ageSeconds, jitterSeconds, context } = world;
        const neededSeconds = 900 + 30 + jitterSeconds;
        const limits = [
          isNear(livesSeconds, neededSeconds),
          isNear(ageSeconds, -30),
          isNear(ageSeconds, 60),
          isNear(ageSeconds, 450),
        ];
        fc.pre(!limits.includes(true));
        const isDoubted = context === "mid-session-refresh" && ageSeconds >= 60 && ageSeconds < 450;
        const isFresh = livesSeconds >= neededSeconds && ageSeconds >= -30 && !isDoubted;
        const { token, attempts } = await served(world);
        expect(attempts).toBe(isFresh ? 0 : 1);
        if (isFresh) expect(token).toBe("kept");
      }),
    );
  });
});
