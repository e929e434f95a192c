import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Builder, buildFolder, builtEngine } from "../../../offline/engine/build-engine.ts";
import { temporaryFolder, writeFakeEngine } from "./fake-engine.ts";

const silent = () => undefined;

function fixture() {
  const env = { COWORK_CACHE_DIR: temporaryFolder() };
  const folder = buildFolder(env);
  const command = join(folder, "bin", "pulumi");
  const outputs: string[] = [];
  const build: Builder = async (output) => {
    outputs.push(output);
    await sleep(50);
    writeFakeEngine(output, "v3.259.0");
    return undefined;
  };
  return { env, folder, command, outputs, build };
}

test("the cache folder is COWORK_CACHE_DIR, else XDG_CACHE_HOME, else the home folder's", () => {
  expect(buildFolder({ COWORK_CACHE_DIR: "/c", XDG_CACHE_HOME: "/x" })).toMatch(
    /^\/c\/engine\/[0-9a-f]{16}$/,
  );
  expect(buildFolder({ XDG_CACHE_HOME: "/x" })).toMatch(
    /^\/x\/cowork-landing-zone\/engine\/[0-9a-f]{16}$/,
  );
  expect(buildFolder({})).toMatch(/\/\.cache\/cowork-landing-zone\/engine\/[0-9a-f]{16}$/);
});

test("a build is made elsewhere, moved into place, announced once and used again", async () => {
  const { env, folder, command, outputs, build } = fixture();
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const found = { command, version: "v3.259.0" };
  expect(await builtEngine(env, log, build)).toEqual(found);
  expect(await builtEngine(env, log, build)).toEqual(found);
  expect(outputs).toEqual([join(`${folder}.building-${process.pid}`, "bin", "pulumi")]);
  expect(lines).toEqual([
    "engine: building pulumi from its Go modules (once, about three minutes on two cores)",
  ]);
  expect(readdirSync(dirname(folder))).toEqual([folder.split("/").at(-1)]);
});

test("concurrent callers wait for one build", async () => {
  const { env, command, outputs, build } = fixture();
  const found = await Promise.all([1, 2, 3].map(() => builtEngine(env, silent, build)));
  expect(found).toEqual(Array(3).fill({ command, version: "v3.259.0" }));
  expect(outputs).toHaveLength(1);
});

test("what a killed builder left is removed and never used", async () => {
  const { env, folder, outputs, build } = fixture();
  const left = `${folder}.building-999999`;
  writeFakeEngine(join(left, "bin", "pulumi"), "v3.259.0");
  await builtEngine(env, silent, build);
  expect(outputs).toHaveLength(1);
  expect(existsSync(left)).toBe(false);
});

test("an empty file in the final place is built again", async () => {
  const { env, command, outputs, build } = fixture();
  mkdirSync(dirname(command), { recursive: true });
  writeFileSync(command, "", { mode: 0o755 });
  expect(await builtEngine(env, silent, build)).toEqual({ command, version: "v3.259.0" });
  expect(outputs).toHaveLength(1);
});

test("the lock of a dead builder is taken over", async () => {
  const { env, folder, outputs, build } = fixture();
  mkdirSync(`${folder}.lock`, { recursive: true });
  const aMinuteAgo = new Date(Date.now() - 60_000);
  utimesSync(`${folder}.lock`, aMinuteAgo, aMinuteAgo);
  const lines: string[] = [];
  await builtEngine(env, (line) => lines.push(line), build);
  expect(outputs).toHaveLength(1);
  expect(lines[0]).toBe("engine: waiting for another process that builds it");
});

test("a failed build gives its reason, leaves nothing and may be tried again", async () => {
  const { env, folder, command, build } = fixture();
  const failing: Builder = async (output) => {
    writeFakeEngine(output, "v3.259.0");
    return "go: exit code 1: no space left on device";
  };
  expect(await builtEngine(env, silent, failing)).toEqual({
    reason: "go: exit code 1: no space left on device",
  });
  expect(readdirSync(dirname(folder))).toEqual([]);
  expect(await builtEngine(env, silent, build)).toEqual({ command, version: "v3.259.0" });
});

test("a build that answers with no version is not put in place", async () => {
  const { env, folder } = fixture();
  const unstamped: Builder = async (output) => {
    writeFakeEngine(output, "");
    return undefined;
  };
  expect(await builtEngine(env, silent, unstamped)).toEqual({
    reason: expect.stringContaining('"" is not a version'),
  });
  expect(existsSync(folder)).toBe(false);
});

test("without Go on PATH the reason says so", async () => {
  const { env } = fixture();
  expect(await builtEngine({ ...env, PATH: "" }, silent)).toEqual({ reason: "go: not found" });
});
