import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { HelperConfig } from "../../contract/helper-config.ts";

const main = fileURLToPath(new URL("../../credential-helper/main.ts", import.meta.url));
const bun = fileURLToPath(new URL("../../node_modules/.bin/bun", import.meta.url));

/** What one run of the helper left. */
export interface Printed {
  readonly code: number | null;
  /** Standard output: the credential, and nothing else. */
  readonly stdout: string;
  /** Its one line for an administrator; empty when there is none. */
  readonly reason: string;
}

/** A laptop whose helper is configured as the profile set would. */
export interface Laptop {
  /** Runs the helper as Claude Desktop does when a person waits. */
  run(config: HelperConfig): Promise<Printed>;
}

/**
 * A laptop with a cache of its own. Nobody sits at it: a device code the helper shows is approved at the issuer.
 *
 * @param approve Signs a person in, given the code the helper printed.
 */
export function laptop(folder: string, approve: (userCode: string) => Promise<unknown>): Laptop {
  return {
    async run(config) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${config.geography}-${config.route}.json`);
      await writeFile(file, JSON.stringify(config, null, 2), { mode: 0o644 });
      const child = spawn(bun, [main, "--config", file], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: process.env.PATH ?? "",
          HOME: folder,
          XDG_CACHE_HOME: join(folder, "cache"),
          CLAUDE_HELPER_CONTEXT: "interactive",
        },
      });
      let stdout = "";
      let stderr = "";
      let approved: Promise<unknown> | undefined;
      child.stdout.on("data", (data) => {
        stdout += data;
      });
      child.stderr.on("data", (data) => {
        stderr += data;
        const code = /enter the code (\S+)/.exec(stderr)?.[1];
        if (code !== undefined) approved ??= approve(code);
      });
      const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
      await approved;
      const reason = stderr.trim().split("\n").at(-1) ?? "";
      return { code, stdout, reason: code === 0 ? "" : reason };
    },
  };
}
