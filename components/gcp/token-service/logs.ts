import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import { keptInRegion } from "../regional-sink.ts";
import type { ServicePlan } from "./plan.ts";

/** Entries of the service and of its load balancer. Neither holds a token: the one writes none, the other sees no body. */
export function logFilter({ names: { base } }: Pick<ServicePlan, "names">): string {
  return (
    `(resource.type="cloud_run_revision" AND resource.labels.service_name="${base}") OR ` +
    `(resource.type="internal_http_lb_rule" AND resource.labels.url_map_name="${base}")`
  );
}

/**
 * A log bucket of the service's own in the region, under the route's key, and a sink that leads its entries there and
 * out of `_Default`, which may lie in `global`. Its own, because audit events are kept as long as they have to be,
 * whatever the route's entries are kept for.
 * @returns what must exist before the service writes its first line
 */
export function serviceLogs(
  name: string,
  { projectId, region: location, label, names }: ServicePlan,
  { key, retentionDays }: { readonly key: string; readonly retentionDays: number },
  filter: string,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const bucket = new gcp.logging.ProjectBucketConfig(
    name,
    {
      project: projectId,
      location,
      bucketId: names.logBucket,
      description: `Audit events of ${label}; stays in ${location}.`,
      retentionDays,
      cmekSettings: { kmsKeyName: key },
    },
    opts,
  );
  return keptInRegion(
    name,
    {
      projectId,
      name: names.logBucket,
      bucketName: names.logBucketName,
      filter,
      what: "Audit events and requests of the token service",
    },
    { ...opts, dependsOn: [bucket] },
  );
}
