import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";

const pack = fileURLToPath(new URL("../../policy-pack/", import.meta.url));
const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");

interface Env {
  readonly COWORK_CACHE_DIR?: string;
  readonly XDG_CACHE_HOME?: string;
  readonly HOME?: string;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "policy-pack-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the pack as the engine does, ends it as harshly, and gives the port it announced. */
async function startAndKill(env: Env): Promise<string> {
  const child = spawn(process.execPath, [runner, "127.0.0.1:1", pack], {
    cwd: pack,
    env: { ...process.env, COWORK_CACHE_DIR: "", ...env },
  });
  const [port] = await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
  // Announcing the port and keeping the compiled code are two steps.
  for (let wait = 0; wait < 50 && !kept(env); wait += 1)
    await new Promise((r) => setTimeout(r, 20));
  child.kill("SIGKILL");
  await once(child, "exit");
  return String(port).trim();
}

function kept({ COWORK_CACHE_DIR, XDG_CACHE_HOME, HOME }: Env): boolean {
  const user = XDG_CACHE_HOME || join(HOME ?? "", ".cache");
  const base = COWORK_CACHE_DIR ?? join(user, "cowork-landing-zone");
  const folder = join(base, "compiled");
  return existsSync(folder) && readdirSync(folder, { recursive: true }).length > 20;
}

describe("the pack's compiled code", { timeout: 60_000 }, () => {
  it.each([
    { where: "the cache folder asked for", env: (at: string) => ({ COWORK_CACHE_DIR: at }) },
    { where: "the user's cache folder", env: (at: string) => ({ XDG_CACHE_HOME: at }) },
    { where: "the user's home", env: (at: string) => ({ XDG_CACHE_HOME: "", HOME: at }) },
  ])("is kept in $where, even if the pack is killed", async ({ env }) => {
    const given: Env = env(temporaryFolder());
    expect(await startAndKill(given)).toMatch(/^\d+$/);
    expect(kept(given)).toBe(true);
  });

  it("is done without when the folder cannot be written", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    expect(await startAndKill({ COWORK_CACHE_DIR: file })).toMatch(/^\d+$/);
  });
});
