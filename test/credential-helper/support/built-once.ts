import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

import { builtHelper, fakeEntry, type HelperSandbox, helperSandbox } from "./helper-sandbox.ts";

/** Builds an entry once for a test file, and gives each test a computer of its own. */
export function eachWithHelper(entry: string = fakeEntry) {
  const built = { program: "", sandbox: undefined as HelperSandbox | undefined, folder: "" };
  beforeAll(async () => {
    built.folder = mkdtempSync(join(tmpdir(), "cowork-helper-build-"));
    built.program = await builtHelper(entry, built.folder);
  }, 120_000);
  afterAll(() => rmSync(built.folder, { recursive: true, force: true }));
  beforeEach(() => {
    built.sandbox = helperSandbox(built.program);
  });
  afterEach(() => built.sandbox?.remove());
  return {
    get program(): string {
      return built.program;
    },
    get sandbox(): HelperSandbox {
      if (built.sandbox === undefined) throw new Error("only within a test");
      return built.sandbox;
    },
  };
}
