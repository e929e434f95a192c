import { DiagnosticSetting } from "@pulumi/azure-native/monitor/diagnosticSetting.js";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace.js";
import { SentinelOnboardingState } from "@pulumi/azure-native/securityinsights/sentinelOnboardingState.js";
import * as pulumi from "@pulumi/pulumi";

import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import type { FoundryPlace } from "./place.ts";

/** Arguments of {@link RouteLogs}. */
export interface RouteLogsArgs {
  readonly place: FoundryPlace;
  /** Required. Days entries are kept, 30 to 730. */
  readonly retentionDays: number;
  /** Required. Whether Microsoft Sentinel is switched on; it is billed by volume. */
  readonly sentinel: boolean;
}

/** Something whose diagnostics go to the workspace. */
export interface Watched {
  /** Resource id. */
  readonly resourceUri: string;
  readonly categories: readonly string[];
  /** What must exist before. */
  readonly after: pulumi.Resource;
}

/**
 * Where the diagnostics of a route rest: one Log Analytics workspace in the region. Entries say who called which
 * deployment and when. Whether RequestResponse ever holds a prompt of Claude is not documented: readers of the
 * workspace are chosen as if it could.
 *
 * Creates: the workspace, without public ingestion (diagnostics arrive on Microsoft's own way) and without shared
 * keys; on request, Sentinel.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 * @see https://learn.microsoft.com/azure/foundry/how-to/diagnostic-logging (2026-06-25)
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/private-link-security
 */
export class RouteLogs extends pulumi.ComponentResource {
  /** Resource id, plain. */
  readonly workspaceId: string;
  readonly #workspace: pulumi.Resource;

  constructor(name: string, args: RouteLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:RouteLogs", name, {}, opts);
    rejectBadInputs(this, name, checkLogRetention("retentionDays", args.retentionDays));
    const { resourceGroupName, region, names } = args.place;
    const own = `cowork-${names.label}`;
    const workspace = new Workspace(
      name,
      {
        resourceGroupName,
        location: region,
        workspaceName: own,
        sku: { name: "PerGB2018" },
        retentionInDays: args.retentionDays,
        features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
        publicNetworkAccessForIngestion: "Disabled",
        publicNetworkAccessForQuery: "Enabled",
      },
      { parent: this },
    );
    if (args.sentinel) {
      new SentinelOnboardingState(
        `${name}-sentinel`,
        {
          resourceGroupName,
          workspaceName: workspace.name,
          sentinelOnboardingStateName: "default",
          customerManagedKey: false,
        },
        { parent: this },
      );
    }
    this.#workspace = workspace;
    this.workspaceId = names.idOf(`Microsoft.OperationalInsights/workspaces/${own}`);
    this.registerOutputs({ workspaceId: this.workspaceId });
  }

  /** Sends the diagnostics of one resource here. */
  watch(name: string, { resourceUri, categories, after }: Watched): pulumi.Resource {
    return new DiagnosticSetting(
      name,
      {
        name: "cowork",
        resourceUri,
        workspaceId: this.workspaceId,
        logs: categories.map((category) => ({ category, enabled: true })),
        metrics: [{ category: "AllMetrics", enabled: true }],
      },
      { parent: this, dependsOn: [this.#workspace, after] },
    );
  }
}

/**
 * Analytics retention of a workspace is 30 to 730 days at its own price tier.
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure
 */
export function checkLogRetention(path: string, days: number): Problem[] {
  if (Number.isInteger(days) && days >= 30 && days <= 730) return [];
  return [{ path, reason: `${days} days; need a whole number from 30 to 730` }];
}
