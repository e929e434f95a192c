import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, inject } from "vitest";
import type { StandIns } from "../../offline/providers/stand-ins.ts";
import { root } from "./checkout.ts";
import { engineWithLanguageHost } from "./language-host/install.ts";
import { temporaryFolder } from "./support.ts";

/** What one command said and how it ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const rooms = [
  "components",
  "compliance",
  "contract",
  "policy-pack",
  "residency",
  "stacks",
  "token-service",
];

/**
 * A user's checkout and machine: the `pulumi` command, a backend and a home of their own, the stand-ins in the
 * providers' place. Every file of the program is a copy; only the dependencies are shared.
 */
export function plainCheckout(standIns: StandIns) {
  const folder = temporaryFolder();
  for (const file of [...rooms, "Pulumi.yaml", "package.json"]) {
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const machine = temporaryFolder();
  mkdirSync(join(machine, "backend"));
  const found = inject("engine");
  const command = found.hasNodeLanguageHost ? found.command : engineWithLanguageHost(found.command);
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(PULUMI|AWS|COWORK|NODE)_/.test(name)),
    ),
    PATH: [dirname(process.execPath), dirname(command), process.env.PATH].join(delimiter),
    PULUMI_HOME: join(machine, "home"),
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ...standIns.env,
  };
  const pulumi = (...args: string[]) => run(command, args, folder, env);
  return {
    folder,
    env,
    backend: pathToFileURL(join(machine, "backend")).href,
    edit(file: string, change: (text: string) => string) {
      const path = join(folder, file);
      const text = readFileSync(path, "utf8");
      const changed = change(text);
      if (changed === text) throw new Error(`nothing changed in ${file}`);
      writeFileSync(path, changed);
    },
    /** `pulumi ...` in the checkout, with nothing on standard input. */
    pulumi,
    /** The same, which must succeed without a word of warning; answers with what it printed. */
    async quietly(...args: string[]): Promise<string> {
      const { code, stdout, stderr } = await pulumi(...args);
      expect({ code, said: `${stdout}${stderr}` }).toEqual({
        code: 0,
        said: expect.not.stringMatching(/warning|error|deprecat|\bat .*:\d+:\d+/i),
      });
      return stdout;
    },
  };
}

/** Puts a Node that cannot run TypeScript first on PATH, as versions before 22.18 cannot; answers with its version. */
export function nodeWithoutTypes(env: NodeJS.ProcessEnv): string {
  const bin = temporaryFolder();
  const script = `#!/bin/sh\nexec '${process.execPath}' --no-experimental-strip-types "$@"\n`;
  writeFileSync(join(bin, "node"), script, { mode: 0o755 });
  env.PATH = [bin, env.PATH].join(delimiter);
  return process.versions.node;
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => {
      stdout += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => {
      stderr += data.toString();
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
