import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import type { HelperContext } from "../../../credential-helper/context.ts";
import type { FakePlan } from "./fake-plan.ts";

/** What one run of the helper left. */
export interface HelperResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface RunOptions {
  readonly args?: readonly string[];
  readonly context?: HelperContext;
  readonly environment?: Readonly<Record<string, string>>;
  /** Given the process as soon as it runs. */
  readonly during?: (child: ChildProcess) => void;
}

/** One computer with one user, as the helper sees it. */
export interface HelperSandbox {
  readonly folder: string;
  /** Where the helper keeps its files. */
  readonly cache: string;
  readonly config: string;
  readonly environment: Readonly<Record<string, string>>;
  configure(changes?: Readonly<Record<string, unknown>>): void;
  plan(plan: Omit<FakePlan, "attempts">): void;
  /** Contexts of the attempts to sign in so far. */
  attempts(): string[];
  run(options?: RunOptions): Promise<HelperResult>;
  remove(): void;
}

export const exampleConfig = {
  helperConfigVersion: 1,
  organization: "example-corp",
  geography: "eu",
  route: "frankfurt",
  provider: "bedrock",
  ttlSeconds: 900,
  signIn: { kind: "oidc", issuer: "https://login.example.com", clientId: "cowork-helper" },
  exchange: {
    kind: "bedrock",
    partition: "aws",
    region: "eu-central-1",
    roleArn: "arn:aws:iam::111122223333:role/cowork-eu",
    sessionSeconds: 3600,
  },
};

const root = fileURLToPath(new URL("../../..", import.meta.url));

export function bunProgram(): string {
  const resolver = createRequire(import.meta.url);
  return join(dirname(resolver.resolve("bun/package.json")), "bin", "bun.exe");
}

/** Builds an entry of the tree into one executable, as the kit's own build does, and gives its path. */
export async function builtHelper(entry: string, folder: string): Promise<string> {
  const program = join(folder, "credential-helper");
  const args = ["build", "--compile", "--minify", "--bytecode", "--format=esm", "--splitting"];
  const closed = ["--no-compile-autoload-dotenv", "--no-compile-autoload-bunfig"];
  await promisify(execFile)(bunProgram(), [...args, ...closed, entry, "--outfile", program], {
    cwd: root,
  });
  return program;
}

export const fakeEntry = "test/credential-helper/support/fake-main.ts";

export function helperSandbox(program: string): HelperSandbox {
  const folder = mkdtempSync(join(tmpdir(), "cowork-helper-"));
  const home = join(folder, "home");
  const config = join(folder, "credential-helper.json");
  const planFile = join(folder, "plan.json");
  const attemptsFile = join(folder, "attempts");
  mkdirSync(home);
  const environment = {
    PATH: "/usr/bin:/bin",
    HOME: home,
    FAKE_CONFIG: config,
    FAKE_PLAN: planFile,
  };
  const sandbox: HelperSandbox = {
    folder,
    cache: join(home, ".cache/cowork-credential-helper"),
    config,
    environment,
    configure(changes = {}) {
      const text = JSON.stringify({ ...exampleConfig, ...changes });
      writeFileSync(config, text, { mode: 0o644 });
    },
    plan(plan) {
      writeFileSync(planFile, JSON.stringify({ ...plan, attempts: attemptsFile }));
    },
    attempts() {
      if (!existsSync(attemptsFile)) return [];
      const lines = readFileSync(attemptsFile, "utf8").trim().split("\n");
      return lines.map((line) => line.split(" ")[0] ?? "");
    },
    run: ({ args = [], context, environment: more = {}, during } = {}) => {
      const env = {
        ...environment,
        ...(context === undefined ? {} : { CLAUDE_HELPER_CONTEXT: context }),
        ...more,
      };
      return finished(program, args, env, during);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  sandbox.configure();
  return sandbox;
}

async function finished(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  during: ((child: ChildProcess) => void) | undefined,
): Promise<HelperResult> {
  const started = performance.now();
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], cwd: tmpdir() });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  during?.(child);
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code, signal) => {
      resolve({ code, signal, stdout, stderr, milliseconds: performance.now() - started });
    });
  });
}

/** A credential that lives for an hour, the usual case. */
export const anHour = {
  outcome: { kind: "credential", token: "unique", livesSeconds: 3600 },
} as const satisfies Omit<FakePlan, "attempts">;
