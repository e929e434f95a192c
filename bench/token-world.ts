import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeServer, listen } from "../test/services/loopback.ts";
import { root } from "./process.ts";

/** A token service as a process of its own, and two issuers it trusts. */
export interface TokenWorld {
  readonly folder: string;
  readonly url: string;
  /** Fresh single-use tokens, one in two signed with RS256 and the other with ES256, written to a file. */
  writeTokens(count: number): string;
  token(user: string, algorithm?: "RS256" | "ES256"): string;
  /** Processor time of the service so far, in seconds; undefined where there is no /proc. */
  processorSeconds(): number | undefined;
  close(): Promise<void>;
}

const entry = join(root, "token-service", "main.ts");

export async function openTokenWorld(store: object): Promise<TokenWorld> {
  const folder = mkdtempSync(join(tmpdir(), "cowork-token-bench-"));
  const keys = {
    RS256: generateKeyPairSync("rsa", { modulusLength: 2048 }),
    ES256: generateKeyPairSync("ec", { namedCurve: "P-256" }),
  };
  const algorithms = Object.keys(keys) as (keyof typeof keys)[];
  const server = createServer((request, response) => {
    const algorithm = request.url === "/RS256" ? "RS256" : "ES256";
    const jwk = keys[algorithm].publicKey.export({ format: "jwk" });
    const keySet = { keys: [{ ...jwk, kid: algorithm, alg: algorithm, use: "sig" }] };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(keySet));
  });
  const jwks = `http://127.0.0.1:${await listen(server)}`;
  const issuerOf = (algorithm: string) => `https://${algorithm.toLowerCase()}.example.com`;

  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(join(folder, "key.pem"), privateKey.export({ format: "pem", type: "pkcs8" }), {
    mode: 0o600,
  });
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
    signingKeys: [{ kind: "file", path: join(folder, "key.pem") }],
    store,
    trustPolicy: {
      trustPolicyVersion: 1,
      issuers: algorithms.map((algorithm) => ({
        name: algorithm.toLowerCase(),
        issuer: issuerOf(algorithm),
        jwksUrl: `${jwks}/${algorithm}`,
        audiences: ["cowork"],
        algorithms: [algorithm],
      })),
      policies: algorithms.map((algorithm) => ({
        name: algorithm.toLowerCase(),
        from: algorithm.toLowerCase(),
        claims: { sub: "user-[0-9]+" },
        geography: "eu",
        routes: ["gateway"],
        sessionSeconds: 900,
      })),
      administrators: [{ from: "es256", claims: { sub: "root" } }],
    },
    limits: { requestsPerMinute: 6000 },
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));

  const output = openSync(join(folder, "audit.jsonl"), "w");
  const args = [entry, "serve", "--config", join(folder, "config.json"), "--metrics", "off"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", output, "pipe"] });
  closeSync(output);
  const url = `http://127.0.0.1:${await portOf(child)}`;
  await ready(url);

  const token: TokenWorld["token"] = (user, algorithm = "ES256") => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuerOf(algorithm),
      aud: "cowork",
      sub: user,
      groups: ["cowork-eu"],
      iat: now,
      exp: now + 600,
      jti: randomUUID(),
    };
    return signed({ alg: algorithm, kid: algorithm }, claims, keys[algorithm].privateKey);
  };
  return {
    folder,
    url,
    token,
    writeTokens(count) {
      const file = join(folder, `tokens-${randomUUID()}`);
      const all = Array.from({ length: count }, (_, index) =>
        token(`user-${index % 200}`, index % 2 === 0 ? "RS256" : "ES256"),
      );
      writeFileSync(file, all.join("\n"));
      return file;
    },
    processorSeconds: () => processorSecondsOf(child.pid),
    async close() {
      child.kill("SIGKILL");
      await closeServer(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function signed(header: object, claims: object, key: KeyObject): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part(header)}.${part(claims)}`;
  const signature = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
  return `${input}.${signature.toString("base64url")}`;
}

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let text = "";
    child.stderr?.setEncoding("utf8").on("data", (more: string) => {
      text += more;
      const [, port] = /serving eu at 127\.0\.0\.1:(\d+)/.exec(text) ?? [];
      if (port !== undefined) done(port);
    });
    child.once("close", (code) => failed(new Error(`the service ended with ${code}: ${text}`)));
  });
}

async function ready(url: string): Promise<void> {
  const endMs = performance.now() + 30_000;
  for (;;) {
    const response = await fetch(`${url}/readyz`);
    if (response.ok) return;
    if (performance.now() > endMs) throw new Error(`never ready: ${await response.text()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

function processorSecondsOf(id: number | undefined): number | undefined {
  if (process.platform !== "linux") return undefined;
  const text = readFileSync(`/proc/${id}/stat`, "utf8");
  // utime and stime: fields 14 and 15, counted after the name, in ticks of 10 ms (man 5 proc).
  const [user, system] = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}
