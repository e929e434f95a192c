import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { vertexHost } from "../../residency/gcp/hosts.ts";
import { rejectBadInputs } from "../shared/input-check.ts";
import { AuditLogs } from "./audit-logs.ts";
import { CallerRole, callerRoleName } from "./caller-role.ts";
import { ContentDataset } from "./content-dataset.ts";
import { keyCoverage } from "./customer-managed-key.ts";
import { DataAccessAudit } from "./data-access-audit.ts";
import { GoogleProject } from "./google-project.ts";
import { servicesFor } from "./google-services.ts";
import { DeployerAccess } from "./iam/deployer.ts";
import { deployerPermissions, deployerSteps } from "./iam/deployer-permissions.ts";
import { ModelEnablement, modelSteps } from "./model-enablement.ts";
import { vertexLabel } from "./names.ts";
import { OrganizationPolicies } from "./organization-policies.ts";
import { Perimeter } from "./perimeter.ts";
import { PrivatePath } from "./private-path.ts";
import { RouteKeys } from "./route-keys.ts";
import { checkVertexProject } from "./vertex-project-checks.ts";
import type { VertexProjectArgs } from "./vertex-route.ts";
import { desktopOf, modelOutputs, vertexCallers } from "./vertex-sign-in.ts";

export type { VertexProjectArgs, VertexRouteSettings } from "./vertex-route.ts";

/**
 * One route to Claude on Vertex AI: one project, one location, and all that laptops need there.
 *
 * Creates: a Google provider bound to project and region, the project (unless adopted) with the APIs it uses, one
 * kind of sign-in with the caller role, Data Access audit, and keys and log bucket in the data region. On request:
 * a private path, a dataset for prompts and answers, CI's federation, model enablement, organization policies and
 * a perimeter. Two routes share nothing but the zone.
 *
 * The customer-managed key protects what is stored around inference, never the inference: see `keyCoverage`.
 *
 * @throws pulumi.ResourceError, before anything is created, naming every rejected setting; a model whose
 *   verdict is anything but `inside` is one, with the reason and the nearest alternative.
 */
export class VertexProject extends pulumi.ComponentResource {
  /** The route as `contract/vertex-route.ts` describes it. Identifiers only, but for a desktop client's secret. */
  readonly route: pulumi.Output<unknown>;

  constructor(name: string, args: VertexProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:VertexProject", name, {}, opts);
    rejectBadInputs(this, name, checkVertexProject(args));
    const { zone, route, today } = args;
    const { projectId } = route.project;
    const label = vertexLabel(args.organization, args.geography, route.name);
    const place = { zone, dataRegion: route.dataRegion };

    const provider = new gcp.Provider(
      `${name}-gcp`,
      { project: projectId, region: route.dataRegion },
      { parent: this },
    );
    const inside = { parent: this, providers: [provider] };

    const project = new GoogleProject(
      `${name}-project`,
      {
        settings: route.project,
        organizationId: route.organizationId,
        services: servicesFor(route),
        label,
      },
      inside,
    );
    const after = project.ready;
    const callers = vertexCallers(`${name}-access`, { args, label, after }, inside);
    const caller = new CallerRole(
      `${name}-caller`,
      { projectId, member: callers.member, after: [...after, ...callers.ready] },
      inside,
    );
    const stored = { project, place, label };
    const keys = new RouteKeys(
      `${name}-keys`,
      {
        ...stored,
        keys: route.keys,
        dataset: route.logs.content !== undefined,
        protect: route.logs.locked,
      },
      inside,
    );
    const logs = new AuditLogs(
      `${name}-logs`,
      {
        ...stored,
        key: keys.logs,
        retentionDays: route.logs.retentionDays,
        locked: route.logs.locked,
      },
      inside,
    );
    // After the sink: the first entries would otherwise rest in `_Default`, which may lie in `global`.
    const audit = new DataAccessAudit(
      `${name}-audit`,
      { projectId, after: [...after, logs] },
      inside,
    );
    const content =
      route.logs.content && keys.dataset
        ? new ContentDataset(
            `${name}-content`,
            {
              ...stored,
              key: keys.dataset,
              datasetId: route.logs.content.datasetId,
              retentionDays: route.logs.retentionDays,
              location: route.location,
              models: route.models,
            },
            inside,
          )
        : undefined;
    const path =
      route.reach.kind === "private"
        ? new PrivatePath(
            `${name}-path`,
            { ...args, reach: route.reach, logBucketName: logs.bucketName },
            { ...inside, dependsOn: [...after, logs] },
          )
        : undefined;
    const models =
      route.modelAccess &&
      new ModelEnablement(
        `${name}-models`,
        {
          project,
          legal: route.modelAccess.legal,
          zone,
          location: route.location,
          models: route.models,
          today,
        },
        inside,
      );
    const deployer =
      route.deployer &&
      new DeployerAccess(
        `${name}-deployer`,
        {
          projectId,
          projectNumber: project.projectNumber,
          settings: route.deployer,
          permissions: deployerPermissions(route, args.tokenService),
          grantableRoles: [callerRoleName(projectId)],
          after,
        },
        inside,
      );
    const policies =
      route.organizationPolicies &&
      new OrganizationPolicies(
        `${name}-policies`,
        {
          // Afterwards: with the global host denied, enabling a model may be refused.
          project: { projectId, ready: [...after, ...(models === undefined ? [] : [models])] },
          place,
          models: route.models,
          settings: route.organizationPolicies,
          organizationId: route.organizationId,
        },
        inside,
      );
    // Last: an enforced perimeter would refuse whoever still builds what is behind it.
    const behind = [caller, keys, logs, audit, content, path, models, deployer, policies];
    const perimeter =
      route.perimeter &&
      new Perimeter(
        `${name}-perimeter`,
        {
          ...args,
          perimeter: route.perimeter,
          projectNumber: project.projectNumber,
          caller: caller.member,
          logBucketName: logs.bucketName,
          ...(deployer && { deployer: `serviceAccount:${deployer.serviceAccountEmail}` }),
        },
        { ...inside, dependsOn: behind.filter((part) => part !== undefined) },
      );

    const host = vertexHost(route.location) ?? "";
    this.route = pulumi.output({
      name: route.name,
      provider: "vertex",
      projectId,
      location: route.location,
      host,
      ...(route.reach.kind === "private" && route.reach.pinBaseUrl
        ? { baseUrl: `https://${host}` }
        : {}),
      reach: path === undefined ? { kind: "public" } : { kind: "private", address: path.address },
      models: modelOutputs(route),
      signIn: callers.signIn,
      desktop: desktopOf(route, callers),
      logs: {
        bucketName: logs.bucketName,
        kmsKey: keys.logs.name,
        retentionDays: route.logs.retentionDays,
        locked: route.logs.locked,
        ...(content === undefined ? {} : { dataset: content.datasetName }),
      },
      customerManagedKey: keyCoverage({ dataset: content !== undefined }),
      ...(perimeter === undefined ? {} : { perimeter: perimeter.mode }),
      remainingSteps: [
        ...modelSteps(projectId, route.models, { enabledHere: route.modelAccess !== undefined }),
        ...logs.remainingSteps,
        ...(content?.remainingSteps ?? []),
        ...(path?.remainingSteps ?? []),
        ...(perimeter?.remainingSteps ?? []),
        ...(policies?.remainingSteps ?? []),
        ...(deployer === undefined ? [] : deployerSteps(route, args.tokenService !== undefined)),
      ],
    });
    this.registerOutputs({ route: this.route });
  }
}
