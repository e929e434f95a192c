import { deviceOriginOf } from "../components/aws/token-service/ports.ts";
import { type HelperConfig, helperConfig } from "../contract/helper-config.ts";
import type { RouteOutputs } from "../contract/outputs.ts";
import type { GeographyConfig } from "./config-schema.ts";
import { type HelperRoute, helperIssuer } from "./helper-sign-in.ts";

/** What Azure's audience for Claude is called in a sign-in's scopes. */
const AZURE_SCOPE = "https://cognitiveservices.azure.com/.default";

/**
 * What the laptop's helper of one route reads: every name in it comes from the stack file or from what the
 * stack created. Rules of `helper-rules.ts` hold already.
 *
 * @param outputs The route as the stack exports it.
 * @throws ZodError when a rule let something through: nothing half right reaches a laptop.
 */
export function helperConfigOf(
  route: HelperRoute,
  outputs: RouteOutputs,
  config: Pick<GeographyConfig, "organization" | "tokenService">,
  geography: string,
): HelperConfig {
  const { desktop } = route;
  const { certificateAuthorities } = desktop;
  return helperConfig.parse({
    helperConfigVersion: 1,
    organization: config.organization.name,
    geography,
    route: route.name,
    provider: route.provider,
    ttlSeconds: desktop.ttlSeconds,
    signIn: signInOf(route, outputs, config),
    exchange: exchangeOf(route, outputs, config),
    ...(certificateAuthorities === undefined ? {} : { certificateAuthorities }),
  });
}

/** The route's outputs with what its helper reads beside the path. */
export function withHelperConfig(
  route: HelperRoute,
  outputs: unknown,
  config: Pick<GeographyConfig, "organization" | "tokenService">,
  geography: string,
): unknown {
  // What components export is checked as a whole, once this is part of it.
  const known = outputs as RouteOutputs;
  const helper = helperConfigOf(route, known, config, geography);
  return { ...known, desktop: { ...known.desktop, helper } };
}

function signInOf(
  route: HelperRoute,
  outputs: RouteOutputs,
  config: Pick<GeographyConfig, "tokenService">,
) {
  const { signIn, exchange } = route.desktop;
  if (signIn.kind === "device-certificate") return signIn;
  const { issuer, clientId } = helperIssuer(route, config);
  const made = outputs.provider === "foundry" ? outputs.signIn.clientId : undefined;
  const needsAzure = route.provider === "foundry" && exchange === "direct";
  const api = handedOnFor(route, config);
  const scope = needsAzure ? AZURE_SCOPE : api && `api://${api}/.default`;
  return {
    ...signIn,
    issuer,
    clientId: clientId ?? made,
    ...(signIn.scopes === undefined && scope !== undefined
      ? { scopes: `openid offline_access ${scope}` }
      : {}),
  };
}

/**
 * Application a created service asks Entra with on a person's behalf: what it hands on is an access token for that
 * application, and Entra takes no ID token there.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow (looked up 2026-11-21)
 */
function handedOnFor(
  route: HelperRoute,
  { tokenService }: Pick<GeographyConfig, "tokenService">,
): string | undefined {
  if (route.provider !== "foundry" || route.desktop.exchange !== "token-service") return undefined;
  const foundry = tokenService?.kind === "create" ? tokenService.foundry : undefined;
  return foundry?.kind === "on-behalf-of" ? foundry.clientId : undefined;
}

function exchangeOf(
  route: HelperRoute,
  outputs: RouteOutputs,
  config: Pick<GeographyConfig, "tokenService">,
) {
  const { desktop } = route;
  const { tokenService } = config;
  if (desktop.exchange === "token-service") {
    const withCertificate = desktop.signIn.kind === "device-certificate";
    return {
      kind: "token-service",
      url: tokenService && (withCertificate ? deviceUrl(tokenService) : serviceUrl(tokenService)),
      ...(handedOnFor(route, config) === undefined ? {} : { present: "access_token" }),
    };
  }
  switch (outputs.provider) {
    case "bedrock":
    case "mantle":
      return {
        kind: "bedrock",
        partition: outputs.partition,
        region: outputs.region,
        roleArn: "roleArn" in outputs.signIn ? outputs.signIn.roleArn : undefined,
        sessionSeconds: desktop.sessionSeconds,
      };
    case "vertex":
      return {
        kind: "vertex-workforce",
        audience: outputs.signIn.kind === "workforce" ? outputs.signIn.audience : undefined,
        userProject: outputs.projectId,
      };
    case "foundry":
      return { kind: "entra", scope: AZURE_SCOPE };
    default:
      return { kind: "sign-in-token", tokenType: "id_token" };
  }
}

type Settings = NonNullable<GeographyConfig["tokenService"]>;

/** Origin laptops use. */
export function serviceUrl(service: Settings): string {
  return service.kind === "create" ? `https://${service.host}` : service.url;
}

/** Origin devices with a certificate use: AWS' load balancer has a listener of its own for them. */
export function deviceUrl(service: Settings): string {
  if (service.kind === "existing") return service.deviceUrl ?? service.url;
  return service.aws === undefined ? serviceUrl(service) : deviceOriginOf(service.host);
}
