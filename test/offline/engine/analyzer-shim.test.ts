import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeAnalyzerShim } from "../../../offline/engine/analyzer-shim.ts";
import { isProgram } from "../../../offline/engine/engine-file.ts";
import { temporaryFolder } from "./fake-engine.ts";

test("the shim starts this Node with the SDK's pack runner and passes its arguments on", async () => {
  const env = { COWORK_CACHE_DIR: temporaryFolder() };
  const path = join(await writeAnalyzerShim(env), "pulumi-analyzer-policy-nodejs");
  expect(isProgram(path)).toBe(true);
  const [shebang, start] = readFileSync(path, "utf8").split("\n");
  expect(shebang).toBe("#!/bin/sh");
  expect(start).toMatch(
    /^exec '\/.+' '\/.+\/@pulumi\/pulumi\/cmd\/run-policy-pack\/index\.js' "\$@"$/,
  );
});

test("writing it again gives the same folder and repairs an emptied file", async () => {
  const env = { COWORK_CACHE_DIR: temporaryFolder() };
  const folder = await writeAnalyzerShim(env);
  writeFileSync(join(folder, "pulumi-analyzer-policy-nodejs"), "");
  expect(await writeAnalyzerShim(env)).toBe(folder);
  expect(isProgram(join(folder, "pulumi-analyzer-policy-nodejs"))).toBe(true);
});
