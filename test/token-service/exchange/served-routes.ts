import { type ServedRoute, tokenServiceConfig } from "../../../contract/token-service-config.ts";

const claude = [{ id: "eu.anthropic.claude-opus-5-5", modelId: "anthropic.claude-opus-5-5" }];
const bedrock = {
  provider: "bedrock",
  partition: "aws",
  region: "eu-central-1",
  models: claude,
} as const;
const mantle = {
  ...bedrock,
  provider: "mantle",
  models: [{ id: "anthropic.claude-opus-5-5" }],
} as const;
const roleArn = "arn:aws:iam::123456789012:role/cowork-eu";
const assumeRole = { kind: "assume-role", roleArn } as const;
const webIdentity = { kind: "web-identity", roleArn } as const;
const vertex = {
  provider: "vertex",
  projectId: "cowork-eu",
  models: [{ id: "claude-opus-5-5" }],
} as const;
const foundry = {
  provider: "foundry",
  tenantId: "11111111-1111-4111-8111-111111111111",
  models: [{ id: "claude-opus-5-5" }],
} as const;
const clientId = "22222222-2222-4222-8222-222222222222";

/** One route of each kind, as the configuration's own schema reads it. */
export const servedRoutes = {
  "bedrock-assume": route({ ...bedrock, exchange: assumeRole }),
  "bedrock-web": route({ ...bedrock, exchange: webIdentity }),
  "mantle-assume": route({ ...mantle, exchange: assumeRole }),
  "mantle-web": route({ ...mantle, exchange: webIdentity }),
  "vertex-impersonate": route({
    ...vertex,
    exchange: {
      kind: "impersonate",
      serviceAccount: "cowork-caller@cowork-eu.iam.gserviceaccount.com",
    },
  }),
  "vertex-workforce": route({
    ...vertex,
    exchange: {
      kind: "workforce",
      audience: "//iam.googleapis.com/locations/global/workforcePools/example/providers/idp",
      userProject: "cowork-eu",
    },
  }),
  "foundry-federated": route({ ...foundry, exchange: { kind: "federated", clientId } }),
  "foundry-obo": route({ ...foundry, exchange: { kind: "on-behalf-of", clientId } }),
  gateway: route({
    provider: "gateway",
    audience: "https://gateway.eu.example.com",
    exchange: { kind: "jwt" },
    models: [{ id: "claude-opus-5-5" }, { id: "claude-sonnet-5-5" }],
  }),
} as const;

function route(settings: Record<string, unknown>): ServedRoute {
  const config = tokenServiceConfig.parse({
    configVersion: 1,
    geography: "eu",
    publicUrl: "https://tokens.eu.example.com",
    routes: [{ name: "frankfurt", ...settings }],
    trustPolicy: { file: "/etc/cowork/trust-policy.json" },
  });
  return config.routes[0]!;
}
