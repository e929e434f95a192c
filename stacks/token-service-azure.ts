import { foundryNames } from "../components/azure/names.ts";
import type { AzureTokenServiceArgs } from "../components/azure/token-service/args.ts";
import { checkTokenService } from "../components/azure/token-service/checks.ts";
import type { Problem } from "../residency/problem.ts";
import type { RouteConfig } from "./config-schema.ts";
import type { TokenServiceAzureSettings } from "./token-service-azure-schema.ts";
import type { ServiceParts } from "./token-service-parts.ts";

type FoundryRoute = Extract<RouteConfig, { provider: "foundry" }>;

/** A token service to create, with the part that says how it runs at Azure. */
export type AzureServiceParts = ServiceParts & {
  readonly settings: { readonly azure?: TokenServiceAzureSettings | undefined };
};

/** What the component at Azure is given, from the block that asks for it and the route it runs on. */
export function azureServiceArgs(
  { facts, settings, shared }: AzureServiceParts,
  runsOn: FoundryRoute,
): AzureTokenServiceArgs {
  const { azure } = settings;
  if (azure === undefined) throw new Error("the rules let a token service pass without its part");
  const names = foundryNames({ ...facts, route: runsOn });
  const workspace = `Microsoft.OperationalInsights/workspaces/cowork-${names.label}`;
  return {
    ...shared,
    ...azure,
    subscriptionId: runsOn.subscriptionId,
    tenantId: runsOn.tenantId,
    region: runsOn.region,
    // As `RouteLogs` composes it.
    workspace: { id: names.idOf(workspace), retentionDays: runsOn.logs.retentionDays },
  };
}

/** Settings that stand in the block's Azure part, and those the route has; every other one stands beside the part. */
const ofAzure = [
  ...["certificateId", "registryId", "network", "dns", "store", "callerApplicationObjectId"],
  ...["keyProtection", "zoneRedundant", "certificateHeaderTested", "maxReplicas"],
];
const ofRoute = ["subscriptionId", "tenantId", "region", "workspace"];

/** What the component refuses, at the place of the file where it stands. */
export function azureServiceProblems(parts: AzureServiceParts, runsOn: FoundryRoute): Problem[] {
  const { settings, served } = parts;
  const problems = checkTokenService(azureServiceArgs(parts, runsOn)).map(({ path, reason }) => {
    const [first = ""] = path.split(/[.[]/);
    if (ofRoute.includes(first)) {
      return { path: "tokenService.runsOn", reason: `${first} of "${runsOn.name}": ${reason}` };
    }
    const here = path.replaceAll(/\[(\d+)\]/g, ".$1");
    return { path: `tokenService.${ofAzure.includes(first) ? "azure." : ""}${here}`, reason };
  });
  if (settings.azure?.callerApplicationObjectId === undefined) return problems;
  const path = "tokenService.azure.callerApplicationObjectId";
  const foundry = served.filter((route) => route.provider === "foundry");
  const elsewhere = foundry.filter(({ tenantId }) => tenantId !== runsOn.tenantId);
  return [
    ...problems,
    ...(foundry.length === 0
      ? [{ path, reason: "is given, but no policy names a Foundry route; remove it" }]
      : []),
    // https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity (2026-11-21)
    ...elsewhere.map(({ name, tenantId }) => ({
      path,
      reason: `"${name}" is in tenant ${tenantId}, the service's identity in ${runsOn.tenantId}; an application trusts identities of its own tenant only`,
    })),
  ];
}
