import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openStore } from "../../../credential-helper/secret-store/open-store.ts";
import {
  readRecordFile,
  type StoreSurroundings,
} from "../../../credential-helper/secret-store/read-record.ts";
import { type FakeVault, fakeVault } from "../support/fake-vault.ts";

let folder: string;
let vault: FakeVault;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cowork-store-"));
  vault = fakeVault();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const secret = '{"token":"a-secret-nobody-should-find-in-a-file"}';

function around(changes: Partial<StoreSurroundings> = {}): StoreSurroundings {
  return { folder, platform: "linux", vault, mayAsk: false, ...changes };
}

const lockedLine =
  "test vault is locked, or lost the helper's key: unlock it, or start Claude Desktop, which may ask you to";
const outOfReachLine =
  "the secret store is out of reach: start the helper within the user's own desktop session";

describe("where the operating system keeps secrets", () => {
  it("records are sealed with a key that lies there alone", async () => {
    const store = await openStore(around());
    await store.write("credential", secret);
    expect(store.kind).toBe("sealed");
    expect(vault.key).toHaveLength(32);
    expect(await readRecordFile(around(), "credential")).toBe(secret);
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      expect(readFileSync(path, "latin1")).not.toContain("a-secret");
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }
  });

  it("one key serves all records and all runs", async () => {
    await (await openStore(around())).write("credential", secret);
    await (await openStore(around())).write("session", "{}");
    expect(vault.writes).toBe(1);
    expect(await readRecordFile(around(), "session")).toBe("{}");
    expect(await readRecordFile(around(), "credential")).toBe(secret);
  });

  it("one record cannot stand in for another", async () => {
    const store = await openStore(around());
    await store.write("session", secret);
    rmSync(join(folder, "credential"), { force: true });
    const { renameSync } = await import("node:fs");
    renameSync(join(folder, "session"), join(folder, "credential"));
    expect(await store.read("credential")).toBeUndefined();
    expect(await readRecordFile(around(), "credential")).toBeUndefined();
  });
});

describe("a secret store that was used before and is locked now", () => {
  beforeEach(async () => {
    await (await openStore(around())).write("credential", secret);
  });

  for (const platform of ["linux", "darwin", "win32"] as const)
    it(`is a failure on ${platform}, and nothing is written without it`, async () => {
      const before = readdirSync(folder).toSorted();
      vault.state = "failing";
      const failing = around({ platform });
      await expect(readRecordFile(failing, "credential")).rejects.toThrow(
        "test vault refused: unlock it",
      );
      await expect(openStore(failing)).rejects.toThrow("test vault refused: unlock it");
      vault.state = "silent";
      await expect(readRecordFile(failing, "credential")).rejects.toThrow(lockedLine);
      await expect(openStore(failing)).rejects.toThrow(lockedLine);
      await expect(openStore(around({ platform, mayAsk: true }))).rejects.toThrow(
        "test vault refused: unlock it",
      );
      const away = around({ platform, vault: undefined });
      await expect(readRecordFile(away, "credential")).rejects.toThrow(outOfReachLine);
      await expect(openStore(away)).rejects.toThrow(outOfReachLine);
      expect(readdirSync(folder).toSorted()).toEqual(before);
    });

  it("stays a failure after the record itself is gone", async () => {
    rmSync(join(folder, "credential"));
    await expect(openStore(around({ vault: undefined }))).rejects.toThrow(outOfReachLine);
  });

  it("is mended with a person there when its key is lost: what it sealed is gone", async () => {
    vault.key = undefined;
    const person = around({ mayAsk: true });
    expect(await readRecordFile(person, "credential")).toBeUndefined();
    const store = await openStore(person);
    expect(await store.read("credential")).toBeUndefined();
    await store.write("credential", "{}");
    expect(await readRecordFile(around(), "credential")).toBe("{}");
  });

  it("does not accept a plain record in place of a sealed one", async () => {
    const { writeFileSync } = await import("node:fs");
    writeFileSync(join(folder, "credential"), secret, { mode: 0o600 });
    expect(await readRecordFile(around(), "credential")).toBeUndefined();
  });
});

describe("where there is no secret store", () => {
  it("Linux keeps plain files of mode 0600", async () => {
    const store = await openStore(around({ vault: undefined }));
    await store.write("credential", secret);
    expect(store.kind).toBe("plain");
    expect(await readRecordFile(around({ vault: undefined }), "credential")).toBe(secret);
    expect(statSync(join(folder, "credential")).mode & 0o777).toBe(0o600);
  });

  it("Linux also does when the first use of a store fails", async () => {
    vault.state = "silent";
    expect((await openStore(around({ mayAsk: true }))).kind).toBe("plain");
    vault.state = "failing";
    expect((await openStore(around())).kind).toBe("plain");
  });

  it("Linux seals once there is one, and then no longer reads plain ones", async () => {
    await (await openStore(around({ vault: undefined }))).write("session", secret);
    const store = await openStore(around());
    await store.write("credential", "{}");
    expect(store.kind).toBe("sealed");
    expect(await readRecordFile(around(), "session")).toBeUndefined();
  });

  for (const platform of ["darwin", "win32"] as const)
    it(`${platform} keeps nothing, because it always has one`, async () => {
      await expect(openStore(around({ platform, vault: undefined }))).rejects.toThrow(
        outOfReachLine,
      );
      vault.state = "failing";
      await expect(openStore(around({ platform }))).rejects.toThrow(
        "test vault refused: unlock it",
      );
      expect(existsSync(join(folder, "credential"))).toBe(false);
    });
});
