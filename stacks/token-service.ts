import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { TokenService as AwsTokenService } from "../components/aws/token-service/token-service.ts";
import { FoundryResource } from "../components/azure/foundry-resource.ts";
import { TokenService as AzureTokenService } from "../components/azure/token-service/token-service.ts";
import type { GoogleTokenServiceArgs } from "../components/gcp/token-service/args.ts";
import { TokenService as GoogleTokenService } from "../components/gcp/token-service/token-service.ts";
import type { CreatedTokenService } from "../components/shared/token-service.ts";
import type { TokenServiceOutputs } from "../contract/token-service.ts";
import type { GeographyConfig, RouteConfig } from "./config-schema.ts";
import { deviceUrl, serviceUrl } from "./helper-config.ts";
import { servedRoutes } from "./helper-rules.ts";
import { awsServiceArgs } from "./token-service-aws.ts";
import { azureServiceArgs } from "./token-service-azure.ts";
import type { GeographyFacts } from "./token-service-config.ts";
import { googleServiceArgs } from "./token-service-google.ts";
import { type ServiceParts, serviceParts } from "./token-service-parts.ts";
import type { CreatedTokenServiceSettings } from "./token-service-schema.ts";

type Settings = NonNullable<GeographyConfig["tokenService"]>;

/** A geography's token service: what laptops have to know of it, and what it was made of. */
export interface PlacedTokenService {
  readonly outputs: pulumi.Output<TokenServiceOutputs>;
  /** Absent for one that somebody else runs. */
  readonly resource?: pulumi.Resource;
}

/**
 * The token service a stack file asks for: created where its route is, or named.
 *
 * @param after The component of the route it runs on, where it uses what that makes.
 */
export function placedTokenService(
  facts: GeographyFacts,
  settings: Settings,
  routes: readonly RouteConfig[],
  after: readonly pulumi.Resource[],
): PlacedTokenService {
  if (settings.kind === "existing") {
    const { url, deviceUrl: forDevices, routes: served, longestSessionSeconds } = settings;
    return {
      outputs: pulumi.output({
        url,
        ...(forDevices === undefined ? {} : { deviceUrl: forDevices }),
        routes: [...served],
        longestSessionSeconds,
        remainingSteps: [],
      }),
    };
  }
  const parts = serviceParts(facts, settings, routes);
  const { region, cloud, service } = created(parts, routes, after);
  return {
    resource: service,
    outputs: pulumi
      .all([service.target, service.logs])
      .apply(([target, logs]) => outputsOf(settings, { cloud, region, target, logs }, service)),
  };
}

/** The service that runs in the project of this Vertex route, as whoever deploys both has to know it. */
export function serviceAtGoogle(
  facts: GeographyFacts,
  { tokenService, routes }: Pick<GeographyConfig, "tokenService" | "routes">,
  name: string,
): GoogleTokenServiceArgs | undefined {
  const route = routes.find((one) => one.name === name);
  if (tokenService?.kind !== "create" || tokenService.runsOn !== name) return undefined;
  return route?.provider === "vertex"
    ? googleServiceArgs(serviceParts(facts, tokenService, routes), route)
    : undefined;
}

interface Created {
  readonly cloud: "aws" | "google" | "azure";
  readonly region: string;
  readonly service: CreatedTokenService & pulumi.ComponentResource;
}

function created(
  parts: ServiceParts,
  routes: readonly RouteConfig[],
  after: readonly pulumi.Resource[],
): Created {
  const { facts, settings } = parts;
  const name = `${facts.geography}-token-service`;
  const runsOn = routes.find((route) => route.name === settings.runsOn);
  if (runsOn?.provider === "bedrock" || runsOn?.provider === "mantle") {
    // The service outlives routes: its provider is its own, held to the account like theirs.
    const provider = new aws.Provider(`${name}-aws`, {
      region: runsOn.region,
      allowedAccountIds: [runsOn.accountId],
    });
    const service = new AwsTokenService(name, awsServiceArgs(parts, runsOn), {
      providers: [provider],
    });
    return { cloud: "aws", region: runsOn.region, service };
  }
  if (runsOn?.provider === "vertex") {
    const args = googleServiceArgs(parts, runsOn);
    const provider = new gcp.Provider(`${name}-gcp`, {
      project: args.projectId,
      region: args.region,
    });
    const service = new GoogleTokenService(name, args, {
      providers: [provider],
      dependsOn: [...after],
    });
    return { cloud: "google", region: args.region, service };
  }
  if (runsOn?.provider === "foundry") {
    // It makes the providers it needs itself, as a Foundry resource does.
    const route = after.find((one) => one instanceof FoundryResource);
    const args = {
      ...azureServiceArgs(parts, runsOn),
      deployerPrincipalId: route?.deployerPrincipalId,
    };
    const service = new AzureTokenService(name, args, { dependsOn: [...after] });
    return { cloud: "azure", region: args.region, service };
  }
  // The rules refuse it first: a service that is nowhere must be impossible.
  throw new Error(`a token service cannot run on "${settings.runsOn}"`);
}

function outputsOf(
  settings: CreatedTokenServiceSettings,
  {
    cloud,
    region,
    target,
    logs,
  }: Pick<Created, "cloud" | "region"> & Record<"target" | "logs", string>,
  { remainingSteps }: CreatedTokenService,
): TokenServiceOutputs {
  const { image, replicas, trustPolicy } = settings;
  const forDevices = deviceUrl(settings);
  return {
    url: serviceUrl(settings),
    ...(trustPolicy.deviceAuthorities.length > 0 && forDevices !== serviceUrl(settings)
      ? { deviceUrl: forDevices }
      : {}),
    runsIn: { cloud, region, image, replicas, logs, target },
    routes: [...servedRoutes(settings)],
    longestSessionSeconds: Math.max(
      ...trustPolicy.policies.map(({ sessionSeconds }) => sessionSeconds),
    ),
    remainingSteps: [...remainingSteps],
  };
}

/** Whether the service uses what the component of its route makes, and so comes after it. */
export function usesRoute(settings: Settings, routes: readonly RouteConfig[]): boolean {
  if (settings.kind === "existing") return false;
  const runsOn = routes.find(({ name }) => name === settings.runsOn);
  return runsOn?.provider === "vertex" || runsOn?.provider === "foundry";
}

/** Whether the role of a route can only be made once the service exists, which it names as the one it trusts. */
export function waitsForService(route: RouteConfig, settings: Settings | undefined): boolean {
  return (
    settings?.kind === "create" &&
    (route.provider === "bedrock" || route.provider === "mantle") &&
    route.access.kind === "principal" &&
    settings.trustPolicy.policies.some(({ routes }) => routes.includes(route.name))
  );
}
