import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link DataAccessAudit}. */
export interface DataAccessAuditArgs {
  /** Required. */
  readonly projectId: string;
  /** What must exist before: the project's APIs. */
  readonly after?: readonly pulumi.Resource[] | undefined;
}

/**
 * An audit record of every call to Claude in a project: who, when, which model; never a prompt or an answer.
 * Off by default at Google, and nobody is exempt here.
 *
 * Creates: the audit configuration of `aiplatform.googleapis.com`. Google documents `rawPredict` and
 * `endpoints.predict` among the recorded methods, not `streamRawPredict`: check once in the project.
 * Setting it replaces the project's configuration of that one service and leaves other services alone.
 *
 * @see https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/enable-audit-logs (read 2026-11-20)
 */
export class DataAccessAudit extends pulumi.ComponentResource {
  constructor(name: string, args: DataAccessAuditArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:DataAccessAudit", name, {}, opts);
    new gcp.projects.IAMAuditConfig(
      `${name}-config`,
      {
        project: args.projectId,
        service: "aiplatform.googleapis.com",
        auditLogConfigs: ["ADMIN_READ", "DATA_READ", "DATA_WRITE"].map((logType) => ({ logType })),
      },
      { parent: this, dependsOn: [...(args.after ?? [])] },
    );
    this.registerOutputs({});
  }
}
