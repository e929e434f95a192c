import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { AuditEvent } from "../../token-service/decision.ts";
import { type IdentityProvider, startIdentityProvider } from "../services/identity-provider.ts";

/** A folder with everything one service reads, and an identity provider it trusts. */
export interface World {
  readonly folder: string;
  readonly configFile: string;
  readonly provider: IdentityProvider;
  /** The configuration as it was written. */
  readonly config: Record<string, unknown>;
  token(account: string): Promise<string>;
  writePolicy(change: (policy: Policy) => void): Promise<void>;
  start(options?: StartOptions): Promise<ServiceProcess>;
  run(args: readonly string[], options?: RunOptions): Promise<Finished>;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: tests break the document in every way.
type Policy = any;

export interface StartOptions {
  readonly env?: Record<string, string>;
  /** Default: the checkout's own entry. */
  readonly main?: string;
  readonly cwd?: string;
}

export interface RunOptions {
  readonly env?: Record<string, string>;
  readonly input?: string;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  readonly events: () => readonly AuditEvent[];
  readonly stderr: () => string;
  readonly exit: Promise<number | null>;
}

const main = fileURLToPath(new URL("../../token-service/main.ts", import.meta.url));

/** @param more Replaces parts of the configuration. */
export async function openWorld(more: Record<string, unknown> = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "cowork-token-service-"));
  const provider = await startIdentityProvider({
    accounts: Object.fromEntries(
      ["alice", "bob", "carol", "root"].map((name) => [
        name,
        { email: `${name}@example.com`, groups: ["cowork-eu"] },
      ]),
    ),
  });
  const at = (name: string) => join(folder, name);
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await writeFile(at("key.pem"), privateKey.export({ format: "pem", type: "pkcs8" }), {
    mode: 0o600,
  });
  const policy: Policy = {
    trustPolicyVersion: 1,
    issuers: [
      {
        name: "company",
        issuer: provider.issuer,
        audiences: [provider.clientId],
        algorithms: ["RS256"],
      },
    ],
    policies: [
      {
        name: "staff",
        from: "company",
        claims: { sub: "alice|bob", groups: ".+" },
        geography: "eu",
        routes: ["gateway"],
        sessionSeconds: 900,
      },
    ],
    administrators: [{ from: "company", claims: { sub: "root" } }],
  };
  const config = {
    configVersion: 1,
    geography: "eu",
    publicUrl: "https://tokens.eu.example.com",
    listen: { host: "127.0.0.1", port: 0 },
    routes: [
      {
        name: "gateway",
        provider: "gateway",
        audience: "https://gateway.example.com",
        exchange: { kind: "jwt" },
        models: [{ id: "claude-sonnet" }],
      },
    ],
    signingKeys: [{ kind: "file", path: at("key.pem") }],
    trustPolicy: { file: at("policy.json") },
    limits: { shutdownGraceSeconds: 2 },
    ...more,
  };
  const writePolicy: World["writePolicy"] = async (change) => {
    change(policy);
    await writeFile(at("policy.json"), JSON.stringify(policy));
  };
  await writePolicy(() => undefined);
  await writeFile(at("config.json"), JSON.stringify(config));
  const children: ChildProcess[] = [];

  return {
    folder,
    configFile: at("config.json"),
    provider,
    config,
    writePolicy,
    token: async (account) => (await provider.tokensFor(account)).id_token,
    async start({ env, main: file = main, cwd } = {}) {
      const child = spawn(
        process.execPath,
        [file, "serve", "--config", at("config.json"), "--metrics", "off"],
        {
          env: { ...process.env, ...env },
          cwd: cwd ?? process.cwd(),
          stdio: ["ignore", "pipe", "pipe"],
        },
      );
      children.push(child);
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
      child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
      const exit = new Promise<number | null>((done) => child.once("close", done));
      const port = await new Promise<string>((done, failed) => {
        child.stderr.on("data", () => {
          const [, found] = /serving eu at 127\.0\.0\.1:(\d+)/.exec(stderr) ?? [];
          if (found) done(found);
        });
        void exit.then((code) => failed(new Error(`ended with ${code}: ${stderr}`)));
      });
      return {
        url: `http://127.0.0.1:${port}`,
        child,
        events: () =>
          stdout
            .split("\n")
            .filter((line) => line !== "")
            .map((line) => JSON.parse(line)),
        stderr: () => stderr,
        exit,
      };
    },
    async run(args, { env, input = "" } = {}) {
      const child = spawn(process.execPath, [main, ...args], {
        env: { ...process.env, COWORK_TOKEN_SERVICE_CONFIG: undefined, ...env },
        stdio: ["pipe", "pipe", "pipe"],
      });
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
      child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
      child.stdin.end(input);
      const code = await new Promise<number | null>((done) => child.once("close", done));
      return { code, stdout, stderr };
    },
    async close() {
      for (const child of children) child.kill("SIGKILL");
      await provider.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function askFor(
  url: string,
  token: string | undefined,
  body: object = { geography: "eu", route: "gateway" },
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${url}/v1/token`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
