import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { offlineEnvironment } from "../../../offline/engine/offline-environment.ts";
import {
  openOfflineState,
  recover,
  releaseDeadLocks,
} from "../../../offline/engine/offline-state.ts";
import { temporaryFolder } from "./fake-engine.ts";

const deadPid = () => spawnSync("/bin/sh", ["-c", "exit 0"]).pid;

function withLocks(locks: Record<string, string>): { folder: string; left: () => string[] } {
  const { folder } = openOfflineState(temporaryFolder());
  const place = join(folder, "backend", ".pulumi", "locks", "organization", "p", "eu");
  mkdirSync(place, { recursive: true });
  for (const [name, text] of Object.entries(locks)) writeFileSync(join(place, name), text);
  return { folder, left: () => readdirSync(place) };
}

test("a fresh state folder has its subfolders and can be removed twice", () => {
  const state = openOfflineState();
  expect(readdirSync(state.folder).toSorted()).toEqual(["backend", "home"]);
  state.remove();
  state.remove();
  expect(existsSync(state.folder)).toBe(false);
});

test("a folder without locks releases none", () => {
  expect(releaseDeadLocks(openOfflineState(temporaryFolder()).folder)).toBe(0);
  expect(releaseDeadLocks("/nowhere/at/all")).toBe(0);
});

test("only locks of dead processes of this machine are released", () => {
  const { folder, left } = withLocks({
    "alive.json": JSON.stringify({ pid: process.pid, hostname: hostname() }),
    "dead.json": JSON.stringify({ pid: deadPid(), hostname: hostname() }),
    "cut.json": '{"pid": 12',
    "elsewhere.json": JSON.stringify({ pid: deadPid(), hostname: "another-machine" }),
  });
  expect(releaseDeadLocks(folder)).toBe(2);
  expect(left().toSorted()).toEqual(["alive.json", "elsewhere.json"]);
});

test("an offline environment names its own state, home and passphrase and empties real ones", () => {
  expect(offlineEnvironment("/tmp/state")).toEqual({
    PULUMI_ACCESS_TOKEN: "",
    PULUMI_CONFIG_PASSPHRASE_FILE: "",
    PULUMI_CLOUD_URL: "",
    PULUMI_BACKEND_URL: "file:///tmp/state/backend",
    PULUMI_CONFIG_PASSPHRASE: "offline",
    PULUMI_HOME: "/tmp/state/home",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  });
});

function withState(state: unknown): { folder: string; path: string } {
  const { folder } = openOfflineState(temporaryFolder());
  const stacks = join(folder, "backend", ".pulumi", "stacks", "p");
  mkdirSync(stacks, { recursive: true });
  const path = join(stacks, "eu.json");
  writeFileSync(path, typeof state === "string" ? state : JSON.stringify(state));
  return { folder, path };
}

test("operations a killed engine left under way are forgotten, everything else is kept", async () => {
  const latest = { resources: [{ urn: "u" }], metadata: {} };
  const { folder, path } = withState({
    version: 3,
    checkpoint: { latest: { ...latest, pending_operations: [{ type: "creating" }] } },
  });
  await recover(folder, "p", "eu");
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
    version: 3,
    checkpoint: { latest: { ...latest, pending_operations: [] } },
  });
});

test("operations of an engine that still runs are left alone", async () => {
  const { folder, path } = withState({ checkpoint: { latest: { pending_operations: [{}] } } });
  const locks = join(folder, "backend", ".pulumi", "locks", "organization", "p", "eu");
  mkdirSync(locks, { recursive: true });
  writeFileSync(
    join(locks, "alive.json"),
    JSON.stringify({ pid: process.pid, hostname: hostname() }),
  );
  const before = readFileSync(path, "utf8");
  await recover(folder, "p", "eu");
  expect(readFileSync(path, "utf8")).toBe(before);
});

test.each(["{ cut", "{}", '{"checkpoint":{}}'])(
  "a state of %j is left to the engine",
  async (text) => {
    const { folder, path } = withState(text);
    await recover(folder, "p", "eu");
    expect(readFileSync(path, "utf8")).toBe(text);
  },
);

test("a stack that never ran needs no recovery", async () => {
  const { folder } = openOfflineState(temporaryFolder());
  await recover(folder, "p", "eu");
  expect(readdirSync(join(folder, "backend"))).toEqual([]);
});
