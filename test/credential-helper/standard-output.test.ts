import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

import { bunProgram } from "./support/helper-sandbox.ts";

const script = fileURLToPath(new URL("./support/prints.ts", import.meta.url));

describe("standard output, once it is guarded", () => {
  it.each([
    ["Node", process.execPath],
    ["Bun", bunProgram()],
  ])("gets nothing of what libraries print, however they do, under %s", async (_, program) => {
    const { stdout, stderr } = await promisify(execFile)(program, [script]);
    expect(stdout).toBe("");
    expect(stderr.match(/a library that prints/g)?.length).toBeGreaterThan(10);
  });
});
