import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { cacheFolder } from "./cache-folder.ts";
import { isProgram } from "./engine-file.ts";

/** The name the engine looks for on PATH when it has no Node language host (sdk/go/common/resource/plugin/analyzer_plugin.go). */
const shimFile = "pulumi-analyzer-policy-nodejs";

/**
 * Writes the starter of policy packs for engines without a Node language host and returns its folder, for PATH.
 * An engine with a language host never looks for it. The folder is named after the content, because the content
 * names this checkout's modules and two checkouts may share one cache. POSIX shells only: on Windows the official
 * download, which has the language host, is the way.
 */
export async function writeAnalyzerShim(env: NodeJS.ProcessEnv): Promise<string> {
  const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const script = `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(runner)} "$@"\n`;
  const hash = createHash("sha256").update(script).digest("hex").slice(0, 16);
  const folder = join(cacheFolder(env), "analyzer", hash);
  const path = join(folder, shimFile);
  if (!isProgram(path)) {
    mkdirSync(folder, { recursive: true });
    await writeFileAtomic(path, script, { mode: 0o755 });
  }
  return folder;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
