import { tokenServiceConfig } from "../../../contract/token-service-config.ts";
import { type TrustPolicy, trustPolicy } from "../../../contract/trust-policy.ts";
import type { Identity } from "../../../token-service/identity.ts";
import { compileTrustPolicy } from "../../../token-service/policy/compile.ts";
import type { CompiledFor, CompiledTrustPolicy } from "../../../token-service/policy/compiled.ts";

const roleArn = "arn:aws:iam::123456789012:role/cowork";

/** A service of one geography: a Bedrock route by role chaining, one by web identity, Vertex and a gateway. */
export function serviceOf(geography = "eu"): CompiledFor {
  const bedrock = {
    provider: "bedrock",
    partition: "aws",
    region: "eu-central-1",
    models: [{ id: "eu.opus" }, { id: "eu.sonnet" }],
  };
  return tokenServiceConfig.parse({
    configVersion: 1,
    geography,
    publicUrl: `https://tokens.${geography}.example.com`,
    clientCertificate: { from: "tls" },
    routes: [
      { ...bedrock, name: "frankfurt", exchange: { kind: "assume-role", roleArn } },
      { ...bedrock, name: "own-token", exchange: { kind: "web-identity", roleArn } },
      {
        name: "vertex",
        provider: "vertex",
        projectId: "cowork",
        exchange: { kind: "impersonate", serviceAccount: "caller@cowork.iam.gserviceaccount.com" },
        models: [{ id: "claude-opus" }, { id: "claude-sonnet" }],
      },
      {
        name: "gateway",
        provider: "gateway",
        audience: "https://gateway.example.com",
        exchange: { kind: "jwt" },
        models: [{ id: "eu.opus" }],
      },
    ],
    trustPolicy: { file: "/etc/cowork/trust-policy.yaml" },
  });
}

type Written<T> = { readonly [K in keyof T]?: unknown };

export const issuer = (changes: Written<TrustPolicy["issuers"][number]> = {}) => ({
  name: "login",
  issuer: "https://login.example.com",
  audiences: ["cowork-desktop"],
  algorithms: ["ES256"],
  ...changes,
});

export const entry = (changes: Written<TrustPolicy["policies"][number]> = {}) => ({
  name: "staff",
  from: "login",
  claims: { groups: "cowork-eu" },
  geography: "eu",
  routes: ["frankfurt"],
  sessionSeconds: 3600,
  ...changes,
});

/** A trust policy as its file would say it, read by the schema. */
export function written(changes: Written<TrustPolicy> = {}): TrustPolicy {
  return trustPolicy.parse({
    trustPolicyVersion: 1,
    issuers: [issuer()],
    policies: [entry()],
    ...changes,
  });
}

/** Every problem as `path: reason`. */
export function problemsOf(changes: Written<TrustPolicy>, service = serviceOf()): string[] {
  const result = compileTrustPolicy(written(changes), service);
  return "problems" in result
    ? result.problems.map(({ path, reason }) => `${path}: ${reason}`)
    : [];
}

export function compiledOf(
  changes: Written<TrustPolicy> = {},
  service = serviceOf(),
): CompiledTrustPolicy {
  const result = compileTrustPolicy(written(changes), service);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
}

export function identity(
  claims: Record<string, readonly string[]>,
  changes: Partial<Identity> = {},
): Identity {
  return {
    from: "login",
    kind: "token",
    user: "alice",
    device: undefined,
    groups: [],
    claims,
    tokenHash: "00",
    keyThumbprint: undefined,
    token: undefined,
    expiresAtEpochSeconds: 1_800_000_000,
    once: undefined,
    ...changes,
  };
}
