import type { RouteOutputs } from "../contract/outputs.ts";
import {
  type ServedRoute,
  type TokenServiceConfig,
  tokenServiceConfig,
} from "../contract/token-service-config.ts";
import type { CreatedTokenServiceSettings } from "./token-service-schema.ts";

/** What the service's configuration names that was created for it. */
interface Created {
  readonly storeUrl: string;
  readonly signingKey?: TokenServiceConfig["signingKeys"][number] | undefined;
  readonly clientCertificate?:
    | {
        readonly from: "header";
        readonly header: string;
        readonly trustedProxyCidrs: readonly string[];
      }
    | undefined;
}

/** How a created service's configuration comes about. */
export interface ServiceFacts {
  readonly geography: string;
  readonly settings: CreatedTokenServiceSettings;
  /** The stack's routes as it exports them; those the service gives no credential for are left out. */
  readonly routes: readonly RouteOutputs[];
  readonly created: Created;
}

/**
 * The whole configuration of a token service the stack creates: one geography, and the routes its policies name.
 * Rules of `token-service-rules.ts` hold already.
 *
 * @throws ZodError when a rule let something through: the service would not start with it.
 */
export function serviceConfigOf({ geography, settings, routes, created }: ServiceFacts) {
  const served = new Set(settings.trustPolicy.policies.flatMap((policy) => policy.routes));
  return tokenServiceConfig.parse({
    configVersion: 1,
    geography,
    publicUrl: `https://${settings.host}`,
    // The platform's load balancer ends TLS; behind it only the network that was made for both.
    listen: { host: "0.0.0.0", port: 8080 },
    ...(created.clientCertificate === undefined
      ? {}
      : { clientCertificate: created.clientCertificate }),
    routes: routes
      .filter(({ name }) => served.has(name))
      .map((route) => servedRoute(route, settings)),
    ...(created.signingKey === undefined ? {} : { signingKeys: [created.signingKey] }),
    store: { kind: "redis", url: created.storeUrl, durability: "managed", onFailure: "refuse" },
    trustPolicy: settings.trustPolicy,
    ...(settings.otlpEndpoint === undefined
      ? {}
      : { audit: { otlpEndpoint: settings.otlpEndpoint } }),
    limits: { requestsPerMinute: settings.requestsPerMinute },
  });
}

function servedRoute(
  route: RouteOutputs,
  { foundry }: Pick<CreatedTokenServiceSettings, "foundry">,
): unknown {
  const { name } = route;
  switch (route.provider) {
    case "bedrock":
    case "mantle": {
      const { provider, partition, region, signIn } = route;
      const exchange =
        signIn.kind === "principal"
          ? { kind: "assume-role", roleArn: signIn.roleArn }
          : { kind: "web-identity", roleArn: "roleArn" in signIn ? signIn.roleArn : undefined };
      return { name, provider, partition, region, exchange, models: awsModels(route) };
    }
    case "vertex": {
      const { provider, projectId, signIn } = route;
      const exchange =
        signIn.kind === "workforce"
          ? { kind: "workforce", audience: signIn.audience, userProject: projectId }
          : { kind: "impersonate", serviceAccount: serviceAccountOf(signIn) };
      return { name, provider, projectId, exchange, models: ids(route.models) };
    }
    case "foundry": {
      const { provider, signIn } = route;
      return {
        name,
        provider,
        tenantId: signIn.tenantId,
        exchange: foundry,
        models: ids(route.models),
      };
    }
    case "gateway":
      return {
        name,
        provider: "gateway",
        audience: route.baseUrl,
        exchange: { kind: "jwt" },
        models: ids(route.models),
      };
    case "anthropic":
      // The rules refuse it: Anthropic's own keys are not made here.
      return { name, provider: route.provider };
  }
}

function awsModels(route: Extract<RouteOutputs, { provider: "bedrock" | "mantle" }>) {
  return route.provider === "bedrock"
    ? route.models.map(({ id, modelId }) => ({ id, modelId }))
    : ids(route.models);
}

function ids(
  models: readonly { readonly id: string }[],
): Pick<ServedRoute["models"][number], "id">[] {
  return models.map(({ id }) => ({ id }));
}

/** Address of the one account a route's caller is; the rules refuse every other kind of member. */
export function serviceAccountOf(signIn: {
  readonly kind: string;
  readonly member?: string | undefined;
}): string | undefined {
  return /^serviceAccount:(.+)$/.exec(signIn.member ?? "")?.[1];
}
