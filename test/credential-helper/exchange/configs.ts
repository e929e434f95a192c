import type { HelperConfig } from "../../../contract/helper-config.ts";

/** A configuration as the profile set writes one: single sign-on, then the token service. */
export function helperConfigFor(
  issuer: string,
  exchange: HelperConfig["exchange"],
  changes: Partial<HelperConfig> = {},
): HelperConfig {
  return {
    helperConfigVersion: 1,
    organization: "example-corp",
    geography: "eu",
    route: "frankfurt",
    provider: "bedrock",
    ttlSeconds: 1800,
    signIn: {
      kind: "oidc",
      issuer,
      clientId: "cowork-desktop",
      scopes: "openid profile email groups offline_access",
      redirectPath: "/callback",
      deviceCode: "fallback",
      keepRefreshToken: true,
    },
    exchange,
    ...changes,
  };
}

export const tokenService = (
  url: string,
  changes: Partial<Extract<HelperConfig["exchange"], { kind: "token-service" }>> = {},
) => ({ kind: "token-service", url, present: "id_token", dpop: false, ...changes }) as const;

/** What the service answers for eu/frankfurt. */
export function granted(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    token: "bedrock-api-key-abc",
    kind: "bedrock-api-key",
    expiresAtEpochSeconds: Math.floor(Date.now() / 1000) + 3600,
    geography: "eu",
    route: "frankfurt",
    traceId: "0123456789abcdef0123456789abcdef",
    ...changes,
  };
}

export function refusal(
  code: string,
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    error: "access_denied",
    code,
    message: "a sentence of the service",
    traceId: "0123456789abcdef0123456789abcdef",
    ...changes,
  };
}
