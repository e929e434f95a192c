import { constants, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../support.ts";

/**
 * Puts a copy of the engine and the language host of this folder side by side, as the official download has them:
 * a host that is only on PATH is used too, but warned about on every command. Answers with the engine's path.
 */
export function engineWithLanguageHost(command: string): string {
  const bin = join(temporaryFolder(), "bin");
  mkdirSync(bin);
  const engine = join(bin, basename(command));
  copyFileSync(command, engine, constants.COPYFILE_FICLONE);
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const script = `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`;
  writeFileSync(join(bin, "pulumi-language-nodejs"), script, { mode: 0o755 });
  return engine;
}
