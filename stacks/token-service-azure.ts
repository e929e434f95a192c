import { foundryNames } from "../components/azure/names.ts";
import type { AzureTokenServiceArgs } from "../components/azure/token-service/args.ts";
import { checkTokenService } from "../components/azure/token-service/checks.ts";
import type { Problem } from "../residency/problem.ts";
import type { RouteConfig } from "./config-schema.ts";
import { inServiceBlock, type ServiceParts } from "./token-service-parts.ts";

type FoundryRoute = Extract<RouteConfig, { provider: "foundry" }>;

/** What the component at Azure is given, from the block that asks for it and the route it runs on. */
export function azureServiceArgs(
  { facts, settings, shared }: ServiceParts,
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
export function azureServiceProblems(parts: ServiceParts, runsOn: FoundryRoute): Problem[] {
  const { settings, served } = parts;
  const problems = checkTokenService(azureServiceArgs(parts, runsOn)).flatMap((problem) => {
    const [first = ""] = problem.path.split(/[.[]/);
    if (!ofRoute.includes(first)) return inServiceBlock([problem], "azure", ofAzure);
    const reason = `${first} of "${runsOn.name}": ${problem.reason}`;
    return [{ path: "tokenService.runsOn", reason }];
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
