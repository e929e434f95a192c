import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { inject, onTestFinished } from "vitest";
import { openOfflineState } from "../../offline/engine/offline-state.ts";
import { type RunOfflineArgs, runOffline } from "../../offline/engine/run-offline.ts";
import type { Operation } from "../../offline/engine/run-stack.ts";

const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cowork-engine-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A policy pack with one mandatory rule; `judge` is the body of a validateResource function. */
export function writePack(judge: string): string {
  const folder = temporaryFolder();
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("PulumiPolicy.yaml", "runtime: nodejs\n");
  write("package.json", '{ "name": "names", "version": "0.0.1", "main": "index.cjs" }');
  write(
    "index.cjs",
    `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("names", { policies: [{
  name: "name-is-fine",
  description: "Names are fine.",
  enforcementLevel: "mandatory",
  validateResource: (args, report) => { ${judge} },
}] });
`,
  );
  symlinkSync(nodeModules, join(folder, "node_modules"));
  return folder;
}

/** A component that makes nothing but is registered, judged and kept in the state. */
export function part(name: string): pulumi.ComponentResource {
  return new pulumi.ComponentResource("cowork:test:Part", name);
}

/** Runs a program offline; one state for all runs of a test. */
export function stand(given: Partial<RunOfflineArgs> = {}) {
  const { folder: stateFolder } = openOfflineState(temporaryFolder());
  const run = (
    operation: Operation,
    program: pulumi.automation.PulumiFn,
    more: Partial<RunOfflineArgs> = {},
  ) =>
    runOffline({
      engine: inject("engine"),
      operation,
      project: "parts",
      stackName: "eu",
      program,
      config: {},
      stateFolder,
      ...given,
      ...more,
    });
  return { stateFolder, run };
}

/** An engine that first writes its process id, so that a test can kill it. */
export function killableEngine(): { engine: RunOfflineArgs["engine"]; pidFile: string } {
  const { command, binFolder } = inject("engine");
  const folder = temporaryFolder();
  const pidFile = join(folder, "pid");
  const wrapper = join(folder, "bin", "pulumi");
  mkdirSync(join(folder, "bin"));
  writeFileSync(wrapper, `#!/bin/sh\necho $$ > '${pidFile}'\nexec '${command}' "$@"\n`, {
    mode: 0o755,
  });
  return { engine: { command: wrapper, binFolder }, pidFile };
}
