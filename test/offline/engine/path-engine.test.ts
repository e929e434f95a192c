import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { nodeLanguageHost } from "../../../offline/engine/engine-file.ts";
import { engineOnPath } from "../../../offline/engine/path-engine.ts";
import { temporaryFolder, writeFakeEngine } from "./fake-engine.ts";

test("the first pulumi on PATH that is a program is used", async () => {
  const folder = temporaryFolder();
  const good = join(folder, "good", "pulumi");
  writeFakeEngine(good, "v3.270.0");
  writeFileSync(join(folder, "pulumi"), "not a program", { mode: 0o644 });
  const path = [folder, join(folder, "absent"), join(folder, "good")].join(delimiter);
  expect(await engineOnPath({ PATH: path })).toEqual({ command: good, version: "v3.270.0" });
});

test.each([undefined, ""])("a PATH of %j has no pulumi", async (path) => {
  expect(await engineOnPath({ PATH: path })).toEqual({ reason: "no pulumi on PATH" });
});

test("a pulumi that is too old is named with its version", async () => {
  const folder = temporaryFolder();
  const command = join(folder, "pulumi");
  writeFakeEngine(command, "v3.100.0");
  expect(await engineOnPath({ PATH: folder })).toEqual({
    reason: `${command}: version v3.100.0 is older than 3.254.0`,
  });
});

test("a pulumi that cannot run gives its exit code and last words", async () => {
  const folder = temporaryFolder();
  const command = join(folder, "pulumi");
  writeFileSync(command, "#!/bin/sh\necho 'wrong libc' >&2\nexit 3\n", { mode: 0o755 });
  expect(await engineOnPath({ PATH: folder })).toEqual({
    reason: `${command}: exit code 3: wrong libc`,
  });
});

test("a language host is found beside the engine and on PATH, and its absence is seen", () => {
  const folder = temporaryFolder();
  const command = join(folder, "bin", "pulumi");
  const elsewhere = join(folder, "elsewhere");
  writeFakeEngine(command, "v3.270.0");
  expect(nodeLanguageHost(command, { PATH: elsewhere })).toBe(false);
  writeFakeEngine(join(elsewhere, "pulumi-language-nodejs"), "");
  expect(nodeLanguageHost(command, { PATH: elsewhere })).toBe(true);
  expect(nodeLanguageHost(command, { PATH: "" })).toBe(false);
  writeFakeEngine(join(folder, "bin", "pulumi-language-nodejs"), "");
  expect(nodeLanguageHost(command, { PATH: "" })).toBe(true);
});
