import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import { claudeCallFilter } from "./claude-call-filter.ts";
import { keptInRegion } from "./regional-sink.ts";
import { checkStorePlace, type GrantedKey, type StoreArgs, storeName } from "./store-place.ts";

/** Arguments of {@link AuditLogs}. */
export interface AuditLogsArgs extends StoreArgs {
  /** Required. Key of the same region that Logging may use already. */
  readonly key: GrantedKey;
  /** Required. Days an entry is kept, 1 to 3650. */
  readonly retentionDays: number;
  /** Required. Whether retention can never be changed again, nor the bucket deleted while it holds entries. */
  readonly locked: boolean;
}

/**
 * Where the audit entries of Claude calls rest: one log bucket in the data region, under the route's key, and
 * nowhere else in the project. Entries say who called which model and when; never a prompt or an answer.
 *
 * Creates: the bucket, a sink filtered to Claude calls, and an exclusion of the same entries from `_Default`,
 * which may lie in `global`. The exclusion is a resource of its own, not a rewritten `_Default` sink: that would
 * overwrite its destination and every exclusion that others made. It comes after the sink, so that nothing falls
 * between them; a sink that somebody disables later loses the entries.
 *
 * A sink to a bucket of its own project needs no grant: Google asks for one only across projects
 * ([sinks](https://docs.cloud.google.com/sdk/gcloud/reference/logging/sinks/create), read 2026-11-21).
 *
 * Not covered: `_Required` (Admin Activity and System Event entries), which nobody can change; see
 * {@link AuditLogs.remainingSteps}. Needs the API `logging.googleapis.com`, and Data Access audit logging on.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 * @see https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.exclusions/create
 */
export class AuditLogs extends pulumi.ComponentResource {
  /** Plain name, `projects/P/locations/L/buckets/B`. */
  readonly bucketName: string;
  /** What neither Google nor Pulumi settles: a sentence each. */
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: AuditLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:AuditLogs", name, {}, opts);
    rejectBadInputs(this, name, checkAuditLogs(args));
    const { place, key, retentionDays, locked } = args;
    const { projectId, ready } = args.project;
    const own = storeName(args.label);
    const location = place.dataRegion;
    this.bucketName = `projects/${projectId}/locations/${location}/buckets/${own}`;

    const bucket = new gcp.logging.ProjectBucketConfig(
      name,
      {
        project: projectId,
        location,
        bucketId: own,
        description: `Audit entries of Claude calls of cowork route ${args.label}; stays in ${location}.`,
        retentionDays,
        locked,
        cmekSettings: { kmsKeyName: key.name },
      },
      // Logging tries the key when it makes the bucket.
      { parent: this, dependsOn: [...ready, key.grant] },
    );
    keptInRegion(
      name,
      {
        projectId,
        name: own,
        bucketName: this.bucketName,
        filter: claudeCallFilter,
        what: "Calls to Claude",
      },
      { parent: this, dependsOn: [bucket] },
    );

    this.remainingSteps = auditSteps(projectId, this.bucketName);
    this.registerOutputs({
      bucketName: this.bucketName,
      kmsKey: key.name,
      retentionDays,
      locked,
      remainingSteps: [...this.remainingSteps],
    });
  }
}

function auditSteps(projectId: string, bucketName: string): string[] {
  return [
    `Call each model once, streamed as well, and find the entries in ${bucketName}: Google's list of audited methods does not name streamRawPredict (docs/runbook-vertex.md).`,
    `See where the log buckets _Required and _Default of ${projectId} lie: entries other than Claude calls rest there, in global unless the organization's default resource settings placed them when the project was made (docs/runbook-vertex.md).`,
  ];
}

/** Pure, so that edges are tested without an engine. */
export function checkAuditLogs(args: Omit<AuditLogsArgs, "key" | "project">): Problem[] {
  return [...checkStorePlace(args), ...checkLogRetention("retentionDays", args.retentionDays)];
}

/**
 * Cloud Logging keeps entries 1 to 3650 days.
 * @see https://docs.cloud.google.com/logging/docs/buckets (read 2026-11-21)
 */
export function checkLogRetention(path: string, days: number): Problem[] {
  if (Number.isInteger(days) && days >= 1 && days <= 3650) return [];
  return [{ path, reason: `${days} days; need a whole number from 1 to 3650` }];
}
