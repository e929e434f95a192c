import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { noteGiven } from "../../credential-helper/asked-again.ts";
import { cachedCredential } from "../../credential-helper/cached-credential.ts";
import { type CredentialRecord, writeRecord } from "../../credential-helper/record.ts";
import { openStore } from "../../credential-helper/secret-store/open-store.ts";
import type { StoreSurroundings } from "../../credential-helper/secret-store/read-record.ts";
import { fakeVault } from "./support/fake-vault.ts";

const nowMs = Date.UTC(2026, 10, 21, 12);
const configSha256 = "c".repeat(64);
const record: CredentialRecord = {
  configSha256,
  token: "bedrock-api-key-abc",
  headers: {},
  issuedAtMs: nowMs,
  expiresAtEpochSeconds: nowMs / 1000 + 3600,
  ttlSeconds: 900,
  jitterSeconds: 0,
};

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cowork-cache-"));
  path = join(folder, "credential");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kinds: readonly (readonly [string, () => StoreSurroundings])[] = [
  ["a plain", () => ({ folder, platform: "linux", vault: undefined, mayAsk: false })],
  ["a sealed", () => ({ folder, platform: "linux", vault, mayAsk: false })],
];
const vault = fakeVault();

for (const [kind, around] of kinds)
  describe(`${kind} credential`, () => {
    beforeEach(async () => {
      await (await openStore(around())).write("credential", writeRecord(record));
    });
    const read = (sha256 = configSha256, context = "background", at = nowMs) =>
      cachedCredential(around(), sha256, context, at);

    it("comes back as it was kept, and fresh", async () => {
      expect(await read()).toEqual({ record, freshness: "fresh" });
    });

    it("is nothing for another configuration", async () => {
      expect(await read("d".repeat(64))).toBeUndefined();
    });

    it("is nothing once expired, and to be renewed when it may have been refused", async () => {
      expect(await read(configSha256, "background", nowMs + 3_570_000)).toBeUndefined();
      const doubted = await read(configSha256, "mid-session-refresh", nowMs + 100_000);
      expect(doubted?.freshness).toBe("usable");
    });

    it("is to be renewed when the middle of a session comes back for it, at any age", async () => {
      const at = nowMs + 1_200_000;
      const asked = async (laterMs: number, context = "mid-session-refresh") =>
        (await read(configSha256, context, at + laterMs))?.freshness;
      expect(await asked(0)).toBe("fresh");
      noteGiven(folder, record, at);
      expect(await asked(3_000, "background")).toBe("fresh");
      const seen = [-1, 0, 1_999, 2_000, 110_000, 110_001].map((laterMs) => asked(laterMs));
      expect(await Promise.all(seen)).toEqual([
        ...["fresh", "fresh", "fresh"],
        ...["usable", "usable", "fresh"],
      ]);
      noteGiven(folder, { issuedAtMs: nowMs - 1 }, at);
      expect(await asked(3_000)).toBe("fresh");
      writeFileSync(join(folder, "given"), `${nowMs}`);
      expect(await asked(3_000)).toBe("fresh");
    });

    it("is not renewed again a minute after it was obtained, whoever comes back", async () => {
      noteGiven(folder, record, nowMs + 1_000);
      const context = "mid-session-refresh";
      expect((await read(configSha256, context, nowMs + 59_000))?.freshness).toBe("fresh");
    });

    it("is nothing when cut anywhere", async () => {
      const whole = readFileSync(path);
      for (let length = 0; length < whole.length; length++) {
        writeFileSync(path, whole.subarray(0, length), { mode: 0o600 });
        expect(await read()).toBeUndefined();
      }
    });

    it("is nothing, or the same, whatever byte is changed; then it is written anew", async () => {
      const whole = readFileSync(path);
      await fc.assert(
        fc.asyncProperty(
          fc.nat(whole.length - 1),
          fc.integer({ min: 1, max: 255 }),
          async (at, flip) => {
            const damaged = Buffer.from(whole);
            damaged[at] = (damaged[at] ?? 0) ^ flip;
            writeFileSync(path, damaged, { mode: 0o600 });
            const found = await read();
            // A plain file has no seal: what still has the form of a record is one.
            if (kind === "a sealed") expect(found).toBeUndefined();
            else if (found !== undefined) expect(found.record.token).toMatch(/^[\x21-\x7e]+$/);
          },
        ),
      );
      await (await openStore(around())).write("credential", writeRecord(record));
      expect(await read()).toEqual({ record, freshness: "fresh" });
    });

    it("is nothing when replaced by anything at all", async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
          writeFileSync(path, bytes, { mode: 0o600 });
          expect(await read()).toBeUndefined();
        }),
      );
    });

    it("is nothing when readable by others, a link, a folder, a second name or too large", async () => {
      const heal = async () => {
        expect(await read()).toBeUndefined();
        await (await openStore(around())).write("credential", writeRecord(record));
        expect(await read()).toEqual({ record, freshness: "fresh" });
      };
      chmodSync(path, 0o640);
      await heal();
      renameSync(path, join(folder, "elsewhere"));
      symlinkSync(join(folder, "elsewhere"), path);
      await heal();
      rmSync(path);
      mkdirSync(join(path, "sub"), { recursive: true });
      await heal();
      linkSync(path, join(folder, "second"));
      await heal();
      writeFileSync(path, Buffer.alloc(300_000), { mode: 0o600 });
      await heal();
    });
  });

describe("a record of another form", () => {
  const around: () => StoreSurroundings = kinds[0]![1];
  const changes: readonly Readonly<Record<string, unknown>>[] = [
    { recordVersion: 2 },
    { recordVersion: undefined },
    { token: "" },
    { token: "two\nlines" },
    { token: "with blank" },
    { token: 7 },
    { headers: null },
    { headers: ["x"] },
    { headers: { "bad name": "x" } },
    { headers: { name: "x\r\ninjected: 1" } },
    { headers: { name: 1 } },
    { expiresAtEpochSeconds: "9999999999" },
    { expiresAtEpochSeconds: 1e300 },
    { issuedAtMs: -1 },
    { ttlSeconds: undefined },
    { jitterSeconds: 0.5 },
    { configSha256: "C".repeat(64) },
  ];
  for (const change of changes)
    it(`is nothing: ${JSON.stringify(change)}`, async () => {
      const text = JSON.stringify({ recordVersion: 1, ...record, ...change });
      writeFileSync(path, text, { mode: 0o600 });
      expect(await cachedCredential(around(), configSha256, "background", nowMs)).toBeUndefined();
    });
});
