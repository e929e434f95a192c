import { generateKeyPairSync } from "node:crypto";
import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { tokenServiceConfig } from "../../contract/token-service-config.ts";
import { openProviders } from "../../token-service/open-providers.ts";
import { type Service, serve } from "../../token-service/serve.ts";
import type { Clouds } from "./clouds.ts";

/** Routes of the demonstration, one a provider. */
export const routes = ["bedrock", "vertex", "foundry", "gateway"] as const;
export type DemoRoute = (typeof routes)[number];

/** A token service of geography `eu`, as it runs in a cloud but for the stand-ins it asks. */
export async function startService(
  folder: string,
  company: { readonly issuer: string; readonly clientId: string },
  clouds: Clouds,
): Promise<Service & { readonly url: string; readonly auditFile: string }> {
  const key = join(folder, "signing-key.pem");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await writeFile(key, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
  const auditFile = join(folder, "audit.jsonl");
  const audit = await open(auditFile, "a");
  const service = await serve(configOf(company, clouds, key), {
    openProviders,
    metrics: "off",
    log: () => undefined,
    env: { ...process.env, ...clouds.env },
    readFile,
    fetch: clouds.fetch,
    now: Date.now,
    auditFd: audit.fd,
  });
  return {
    ...service,
    url: `http://127.0.0.1:${service.server.port}`,
    auditFile,
    stop: async () => {
      await service.stop();
      await audit.close();
    },
  };
}

function configOf(
  { issuer, clientId }: { readonly issuer: string; readonly clientId: string },
  { stsUrl }: Clouds,
  keyPath: string,
) {
  const models = [{ id: "claude-opus-5-5" }];
  return tokenServiceConfig.parse({
    configVersion: 1,
    geography: "eu",
    publicUrl: "https://tokens.eu.example.com",
    listen: { host: "127.0.0.1", port: 0 },
    routes: [
      {
        name: "bedrock",
        provider: "bedrock",
        partition: "aws",
        region: "eu-central-1",
        exchange: {
          kind: "web-identity",
          roleArn: "arn:aws:iam::111122223333:role/cowork/cowork-example-eu-bedrock",
        },
        stsUrl,
        models: [{ id: "eu.anthropic.claude-opus-5-5", modelId: "anthropic.claude-opus-5-5" }],
      },
      {
        name: "vertex",
        provider: "vertex",
        projectId: "example-cowork-eu",
        exchange: {
          kind: "workforce",
          audience:
            "//iam.googleapis.com/locations/global/workforcePools/cowork-example-eu/providers/desktop",
          userProject: "example-cowork-eu",
        },
        models,
      },
      {
        name: "foundry",
        provider: "foundry",
        tenantId: "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f",
        exchange: { kind: "on-behalf-of", clientId: "0f1e2d3c-4b5a-4968-8776-655443322110" },
        models,
      },
      {
        name: "gateway",
        provider: "gateway",
        audience: "https://claude-gateway.example.com",
        exchange: { kind: "jwt" },
        models,
      },
    ],
    signingKeys: [{ kind: "file", path: keyPath }],
    trustPolicy: {
      trustPolicyVersion: 1,
      issuers: [{ name: "company", issuer, audiences: [clientId], algorithms: ["RS256"] }],
      policies: [
        {
          name: "eu-employees",
          from: "company",
          claims: { groups: "cowork-eu" },
          geography: "eu",
          routes: [...routes],
          sessionSeconds: 5400,
        },
      ],
      administrators: [{ from: "company", claims: { groups: "cowork-admins" } }],
    },
  });
}
