import { planRoute } from "../components/aws/bedrock-route.ts";
import { planMantle } from "../components/aws/mantle-route.ts";
import { deploymentName } from "../components/azure/deployment-template.ts";
import { workforceNames } from "../components/gcp/iam/workforce-names.ts";
import { vertexLabel } from "../components/gcp/names.ts";
import type { CreatedForService } from "../components/shared/token-service.ts";
import {
  type WrittenServiceConfig,
  writtenServiceConfig,
} from "../contract/token-service-config.ts";
import type { Zone } from "../residency/types.ts";
import type { RouteConfig } from "./config-schema.ts";
import { withInstalledHelper } from "./installed-helper.ts";
import type { CreatedTokenServiceSettings } from "./token-service-schema.ts";

/** What all routes of a geography share. */
export interface GeographyFacts {
  readonly zone: Zone;
  /** Name of the stack. */
  readonly geography: string;
  readonly organization: string;
  /** ISO date. */
  readonly today: string;
}

/** Cloud Run kills 10 s after the stop signal (https://cloud.google.com/run/docs/container-contract, read 2026-11-21). */
const CLOUD_RUN_GRACE_SECONDS = 8;

/** Port behind the platform's load balancer, which ends TLS. */
const PORT = 8080;

/**
 * The whole configuration of a token service the stack creates: one geography, and the routes its policies name.
 * Everything comes from plain configuration, so that a preview shows it; the rules of `token-service-rules.ts` hold.
 *
 * @throws ZodError when a rule let something through: the service would not start with it.
 */
export function serviceConfigOf(
  facts: GeographyFacts,
  settings: CreatedTokenServiceSettings,
  routes: readonly RouteConfig[],
  created: CreatedForService,
): WrittenServiceConfig {
  const { signingKey, clientCertificate } = created;
  const stsUrl = nearSts(settings, routes);
  return writtenServiceConfig.parse({
    configVersion: 1,
    geography: facts.geography,
    publicUrl: `https://${settings.host}`,
    listen: { host: "0.0.0.0", port: PORT },
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    routes: servedRoutesOf(settings, routes).map((route) =>
      servedRoute(facts, settings, route, stsUrl),
    ),
    ...(signingKey === undefined ? {} : { signingKeys: [signingKey] }),
    store: {
      kind: "redis",
      url: created.storeUrl,
      durability: "managed",
      onFailure: "refuse",
      ...(settings.expectStore === undefined ? {} : { expect: settings.expectStore }),
    },
    trustPolicy: settings.trustPolicy,
    audit: settings.otlpEndpoint === undefined ? {} : { otlpEndpoint: settings.otlpEndpoint },
    limits: {
      requestsPerMinute: settings.requestsPerMinute,
      ...(settings.google === undefined ? {} : { shutdownGraceSeconds: CLOUD_RUN_GRACE_SECONDS }),
    },
  });
}

/** A service at AWS has an endpoint for STS of its own region only; sessions of it are good in every region. */
function nearSts(
  { runsOn }: CreatedTokenServiceSettings,
  routes: readonly RouteConfig[],
): string | undefined {
  const host = routes.find(({ name }) => name === runsOn);
  return host?.provider === "bedrock" || host?.provider === "mantle"
    ? `https://sts.${host.region}.amazonaws.com`
    : undefined;
}

/** Routes at least one policy names, audit-only ones included. */
function servedRoutesOf(
  { trustPolicy }: CreatedTokenServiceSettings,
  routes: readonly RouteConfig[],
): readonly RouteConfig[] {
  const served = new Set(trustPolicy.policies.flatMap((policy) => policy.routes));
  return routes.filter(({ name }) => served.has(name));
}

function servedRoute(
  facts: GeographyFacts,
  { foundry }: CreatedTokenServiceSettings,
  given: RouteConfig,
  stsUrl: string | undefined,
): unknown {
  const route = withInstalledHelper(given);
  const { name, provider } = route;
  switch (route.provider) {
    case "bedrock":
    case "mantle": {
      const { scope, grant } =
        route.provider === "bedrock"
          ? planRoute({ ...facts, route })
          : planMantle({ ...facts, route });
      const { session } = scope;
      return {
        name,
        provider,
        partition: facts.zone.awsPartition,
        region: route.region,
        ...(stsUrl === undefined ? {} : { stsUrl }),
        exchange: {
          kind: session.kind,
          roleArn: "roleArn" in session ? session.roleArn : undefined,
        },
        models:
          route.provider === "bedrock"
            ? grant.profiles.map(({ id, modelId }) => ({ id, modelId }))
            : route.models.map((id) => ({ id })),
      };
    }
    case "vertex": {
      const { projectId } = route.project;
      const { access } = route;
      const label = vertexLabel(facts.organization, facts.geography, name);
      const exchange =
        access.kind === "workforce"
          ? {
              kind: "workforce",
              audience: workforceNames(label, access).audience,
              userProject: projectId,
            }
          : {
              kind: "impersonate",
              serviceAccount: access.kind === "principal" ? accountOf(access.member) : undefined,
            };
      return { name, provider, projectId, exchange, models: route.models.map((id) => ({ id })) };
    }
    case "foundry": {
      const models = route.models.map((model) => ({ id: deploymentName(model) }));
      return { name, provider, tenantId: route.tenantId, exchange: foundry, models };
    }
    case "gateway": {
      const models = route.models.map(({ id }) => ({ id }));
      return { name, provider, audience: route.baseUrl, exchange: { kind: "jwt" }, models };
    }
    case "anthropic":
      // The rules refuse it; whoever comes past them is refused by the schema.
      return { name, provider };
  }
}

/** Address of the one account a route's caller is; the rules refuse every other kind of member. */
function accountOf(member: string): string | undefined {
  return /^serviceAccount:(.+)$/.exec(member)?.[1];
}
