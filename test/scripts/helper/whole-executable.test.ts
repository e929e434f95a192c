import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { executableProblems } from "../../../scripts/helper/executable-facts.ts";
import { runtimeExecutable } from "../../../scripts/helper/fetch-runtime.ts";
import { runtimePackage } from "../../../scripts/helper/runtimes.ts";
import { targetOf } from "../../../scripts/helper/targets.ts";
import { buildStandIn, source } from "./built.ts";

const base = mkdtempSync(join(tmpdir(), "helper-whole-"));
const out = join(base, "out");
const targets = ["darwin-arm64", "linux-arm64", "linux-x64", "windows-x64"] as const;

beforeAll(() => buildStandIn(out, { targets }), 300_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

const executable = (name: (typeof targets)[number]) => ({
  bytes: readFileSync(join(out, name, targetOf(name).entryPath)),
  target: targetOf(name),
});

describe.each(targets)("the executable for %s", (name) => {
  it("is sound as it is built", () => {
    const { bytes, target } = executable(name);
    expect(executableProblems(bytes, target)).toEqual([]);
  });

  it.each([
    ["the first 4 KiB", (length: number) => length - 4096],
    ["half of it", (length: number) => length >> 1],
    ["all but 100,000 bytes", () => 100_000],
    ["all but 600 bytes", () => 600],
  ])("is not when only %s is there", (_, missing) => {
    const { bytes, target } = executable(name);
    const cut = bytes.subarray(0, bytes.length - missing(bytes.length));
    expect(executableProblems(cut, target)).not.toEqual([]);
  });

  it("is not when the compiled program in it was overwritten", () => {
    const { bytes, target } = executable(name);
    const at = bytes.lastIndexOf("---- Bun! ----");
    bytes.fill(0, at - 1000, at + 14);
    expect(executableProblems(bytes, target).join()).toContain(
      "holds a compiled program that is damaged",
    );
  });

  it("is not when it is the bare runtime, which starts and does nothing of ours", async () => {
    const runtime = await runtimeExecutable(runtimePackage(name), source);
    expect(executableProblems(runtime, targetOf(name)).join()).toMatch(
      /holds (no compiled program|a compiled program that is damaged)/,
    );
  });
});
