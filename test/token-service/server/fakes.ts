import { createHash } from "node:crypto";

import { expect } from "vitest";

import type { ServedRoute } from "../../../contract/token-service-config.ts";
import { trustPolicy } from "../../../contract/trust-policy.ts";
import { openAudit } from "../../../token-service/audit/audit.ts";
import type { AuditEvent } from "../../../token-service/decision.ts";
import type { Identity, Refused } from "../../../token-service/identity.ts";
import { newMetrics } from "../../../token-service/metrics/metrics.ts";
import { administratorProblem } from "../../../token-service/policy/administrators.ts";
import { compileTrustPolicy } from "../../../token-service/policy/compile.ts";
import { decide } from "../../../token-service/policy/decide.ts";
import type { Dependencies } from "../../../token-service/server/dependencies.ts";
import {
  type RunningServer,
  type ServerOptions,
  startServer,
} from "../../../token-service/server/start-server.ts";
import { memoryStore } from "../../../token-service/store/memory.ts";

export const gatewayRoute: ServedRoute = {
  name: "gateway",
  provider: "gateway",
  audience: "https://gateway.example.com",
  exchange: { kind: "jwt" },
  models: [{ id: "claude-sonnet" }],
};

export const nowSeconds = () => Math.floor(Date.now() / 1000);

/** In place of a trace id or a time. */
export const anyText = expect.any(String);

/** What the provider gives. */
export const credential = (seconds = 900) => ({
  token: "provider-credential",
  kind: "gateway-jwt" as const,
  expiresAtEpochSeconds: nowSeconds() + seconds,
});

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** `Bearer <user>.<anything>`: vouched for. Anything else: not. Real verification has tests of its own. */
export async function fakeIdentity(authorization: readonly string[]): Promise<Identity | Refused> {
  const [only] = authorization;
  if (only === undefined) {
    return { refused: "identity_missing", reason: "the request brought no identity" };
  }
  const [, user] = /^Bearer ([a-z]+)\.[A-Za-z0-9]+$/.exec(only) ?? [];
  if (user === undefined) return { refused: "token_signature", reason: "the signature is wrong" };
  return {
    from: "example",
    kind: "token",
    user,
    device: undefined,
    groups: [user === "root" ? "admins" : "staff"],
    claims: { sub: [user] },
    tokenHash: sha256(only),
    keyThumbprint: user === "bound" ? "thumbprint-of-a-key" : undefined,
    token: only.slice("Bearer ".length),
    expiresAtEpochSeconds: nowSeconds() + 600,
    once: { key: sha256(only), untilEpochSeconds: nowSeconds() + 600 },
  };
}

const policy = trustPolicy.parse({
  trustPolicyVersion: 1,
  issuers: [
    {
      name: "example",
      issuer: "https://login.example.com",
      audiences: ["cowork"],
      algorithms: ["ES256"],
    },
  ],
  policies: [
    {
      name: "staff",
      from: "example",
      claims: { sub: "alice|bob|root" },
      geography: "eu",
      routes: ["gateway"],
      sessionSeconds: 900,
    },
    {
      name: "trial",
      mode: "audit-only",
      from: "example",
      claims: { sub: "stranger" },
      geography: "eu",
      routes: ["gateway"],
      sessionSeconds: 900,
    },
  ],
  administrators: [{ from: "example", claims: { sub: "root" } }],
});

function compiledPolicy() {
  const service = { geography: "eu", routes: [gatewayRoute], clientCertificate: undefined };
  const compilation = compileTrustPolicy(policy, service);
  if ("problems" in compilation) throw new Error(JSON.stringify(compilation.problems));
  return compilation.compiled;
}

let count = 0;
/** A token nobody presented yet. */
export function newToken(user = "alice"): string {
  count += 1;
  return `${user}.token${count}`;
}

export interface FakeService extends RunningServer {
  readonly url: string;
  readonly events: AuditEvent[];
  readonly dependencies: Dependencies;
  readonly underWay: { count: number };
  ask(
    token: string | undefined,
    more?: Asking,
  ): Promise<{ status: number; headers: Headers; body: unknown }>;
}

interface Asking {
  readonly path?: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

const running: FakeService[] = [];

export async function stopAll(): Promise<void> {
  for (const service of running.splice(0)) {
    await service.stop({ drainSeconds: 0, graceSeconds: 0 });
  }
}

/** A real server over fakes of what others decide. */
export async function startFake(
  replaced: Partial<Dependencies> = {},
  options: Partial<ServerOptions> = {},
): Promise<FakeService> {
  const events: AuditEvent[] = [];
  const output = {
    write: async (line: string) => void events.push(JSON.parse(line)),
    flush: async () => undefined,
    lost: () => 0,
  };
  const audit = openAudit(output);
  const underWay = { count: 0 };
  const compiled = compiledPolicy();
  const dependencies: Dependencies = {
    geography: "eu",
    publicUrl: "https://tokens.eu.example.com",
    routes: [gatewayRoute],
    requestsPerMinute: 60,
    requestTimeoutSeconds: 15,
    onStoreFailure: "refuse",
    certificatesOf: () => [],
    verifyIdentity: ({ authorization }) => fakeIdentity(authorization),
    decide: (identity, asked) => decide(compiled, identity, asked),
    administratorProblem: (identity) => administratorProblem(compiled, identity),
    exchange: async () => credential(),
    jwks: async () => ({ keys: [{ kty: "EC", kid: "one" }] }),
    store: memoryStore({ now: Date.now }),
    audit,
    metrics: newMetrics({ requestsUnderWay: () => underWay.count, auditLost: audit.lost }),
    parts: [{ name: "policy", unready: () => undefined }],
    now: Date.now,
    fetch: globalThis.fetch,
    ...replaced,
  };
  const server = await startServer(dependencies, {
    host: "127.0.0.1",
    port: 0,
    metrics: "off",
    underWay,
    ...options,
  });
  const url = `http://127.0.0.1:${server.port}`;
  const service: FakeService = {
    ...server,
    url,
    events,
    dependencies,
    underWay,
    async ask(token, { path = "/v1/token", method = "POST", body, headers, signal } = {}) {
      const given = body ?? { geography: "eu", route: "gateway" };
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(method === "GET" ? {} : { "content-type": "application/json" }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(method === "GET"
          ? {}
          : { body: typeof given === "string" ? given : JSON.stringify(given) }),
        ...(signal ? { signal } : {}),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === "" ? undefined : JSON.parse(text),
      };
    },
  };
  running.push(service);
  return service;
}
