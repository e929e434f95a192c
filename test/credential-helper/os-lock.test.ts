import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { osLock } from "../../credential-helper/os-lock.ts";

let folder: string;
let path: string;
const nobody = 65_534;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cowork-lock-"));
  if (process.getuid?.() === 0) chownSync(folder, nobody, nobody);
  path = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const module = new URL("../../credential-helper/os-lock.ts", import.meta.url).href;

/** A process that asks for the lock once, says whether it has it, and stays until it is killed. */
async function asker() {
  // Root may write every file, whatever its mode: the test of that needs somebody else.
  const code = `const { osLock } = await import(${JSON.stringify(module)});
    if (process.getuid() === 0) process.setuid(${nobody});
    const lock = await osLock(${JSON.stringify(path)});
    console.log(lock.tryAcquire()); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code]);
  const [said] = await once(child.stdout.setEncoding("utf8"), "data");
  return { child, said };
}

async function holder() {
  const { child, said } = await asker();
  expect(said).toBe("true\n");
  return child;
}

describe("the lock of a folder", () => {
  it("is held by one at a time, and free once released", async () => {
    const [one, other] = [await osLock(path), await osLock(path)];
    expect([one.tryAcquire(), other.tryAcquire(), one.tryAcquire()]).toEqual([true, false, true]);
    one.release();
    one.release();
    expect([other.tryAcquire(), one.tryAcquire()]).toEqual([true, false]);
  });

  it("is free as soon as its holder is killed", async () => {
    const child = await holder();
    const lock = await osLock(path);
    expect(lock.tryAcquire()).toBe(false);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(lock.tryAcquire()).toBe(true);
  });

  it("stays with its holder while that one is stopped", async () => {
    const child = await holder();
    child.kill("SIGSTOP");
    expect((await osLock(path)).tryAcquire()).toBe(false);
    child.kill("SIGKILL");
    await once(child, "exit");
  });

  it("mends a file that is no lock, without ever being held twice", async () => {
    writeFileSync(path, "no database at all ".repeat(100));
    const [one, other] = [await osLock(path), await osLock(path)];
    expect([one.tryAcquire(), other.tryAcquire()]).toEqual([true, false]);
  });

  it("mends a folder in its place", async () => {
    mkdirSync(join(path, "sub"), { recursive: true });
    expect((await osLock(path)).tryAcquire()).toBe(true);
  });

  it("is held once although its file was made read-only, which SQLite would share", async () => {
    writeFileSync(path, "");
    if (process.getuid?.() === 0) chownSync(path, nobody, nobody);
    chmodSync(path, 0o400);
    const askers = [await asker(), await asker()];
    for (const { child } of askers) child.kill("SIGKILL");
    expect(askers.map(({ said }) => said)).toEqual(["true\n", "false\n"]);
  });

  it.each([
    ["link to", symlinkSync],
    ["second name of", linkSync],
  ])("takes the place of a %s another file, which stays as it was", async (_, link) => {
    const other = join(folder, "other");
    writeFileSync(other, "precious ".repeat(100));
    link(other, path);
    const [one, two] = [await osLock(path), await osLock(path)];
    expect([one.tryAcquire(), two.tryAcquire()]).toEqual([true, false]);
    expect(readFileSync(other, "utf8")).toBe("precious ".repeat(100));
  });

  it("says so where nothing can be written", async () => {
    await expect(osLock(join(folder, "none/lock"))).rejects.toThrow(
      `${folder}/none/lock cannot be locked: the user has to be able to write there, on a local disk that is not full`,
    );
  });
});
