import { DiagnosticSetting } from "@pulumi/azure-native/monitor/diagnosticSetting.js";
import type * as pulumi from "@pulumi/pulumi";

/** Sends the diagnostics of one resource to the route's workspace, which is given by id and holds no key here. */
export function watch(
  name: string,
  args: {
    readonly workspaceId: string;
    readonly resourceUri: string;
    readonly categories: readonly string[];
    readonly after: pulumi.Resource;
  },
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  return new DiagnosticSetting(
    name,
    {
      name: "cowork",
      resourceUri: args.resourceUri,
      workspaceId: args.workspaceId,
      logs: args.categories.map((category) => ({ category, enabled: true })),
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    { ...opts, dependsOn: [args.after] },
  );
}
