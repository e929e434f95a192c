import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import { memberProblems } from "./iam/member.ts";
import { fitted, vertexLabel } from "./names.ts";
import { checkPerimeter } from "./perimeter-checks.ts";
import { perimeterConfig } from "./perimeter-rules.ts";
import { perimeterSteps } from "./reach-steps.ts";
import { keptInRegion } from "./regional-sink.ts";
import type { VertexProjectArgs, VertexRouteSettings } from "./vertex-route.ts";

/**
 * Letters, digits and underscores, a letter first.
 * @see https://docs.cloud.google.com/access-context-manager/docs/reference/rest/v1/accessPolicies.servicePerimeters (read 2026-11-21)
 */
const maxNameLength = 50;

/** https://docs.cloud.google.com/vpc-service-controls/docs/audit-logging (read 2026-11-21) */
const refusals = 'log_id("cloudaudit.googleapis.com/policy")';

/** Arguments of {@link Perimeter}. */
export interface PerimeterArgs extends VertexProjectArgs {
  /** Required. `route.perimeter` when there is one. */
  readonly perimeter: NonNullable<VertexRouteSettings["perimeter"]>;
  /** Required. Perimeters take projects by number. */
  readonly projectNumber: pulumi.Input<string>;
  /** Required. Who may call Claude, exactly as the grant names it: `principalSet://…`, `group:…`. */
  readonly caller: string;
  /**
   * Who deploys the kit, as IAM names it. With it the stores of the route are guarded as well: it reaches them
   * from anywhere, people with a grant from the public ranges. Default: only Claude is guarded.
   */
  readonly deployer?: pulumi.Input<string> | undefined;
  /**
   * Log bucket of the project in the data region, `projects/P/locations/L/buckets/B`: where entries about
   * refusals rest; they name people and their addresses. Default: `_Default`, which may lie in `global`.
   */
  readonly logBucketName?: string | undefined;
}

/**
 * VPC Service Controls around the project of a route: the only thing that closes the public host. It decides
 * path and identity, not geography.
 *
 * Creates: one perimeter, an access level when there are public ranges, and a sink for refusals. `dry-run` only writes what would be
 * refused into the audit log; `enforced` refuses it. Nothing may leave the perimeter, web search included.
 *
 * Federated people and groups stand in ingress rules: access levels do not know them. A workforce pool belongs
 * to the organization, so that signing in stays possible from anywhere; only calls are refused.
 *
 * Needs the API accesscontextmanager in the project that is billed for the calls.
 *
 * @throws pulumi.ResourceError naming every bad setting; see {@link checkPerimeter}.
 * @see https://docs.cloud.google.com/vpc-service-controls/docs/supported-identities (read 2026-11-21)
 */
export class Perimeter extends pulumi.ComponentResource {
  /** `accessPolicies/NUMBER/servicePerimeters/NAME`, plain. */
  readonly perimeterName: string;
  readonly mode: "dry-run" | "enforced";
  /** What people do about it, a sentence each. */
  readonly remainingSteps: readonly string[];
  /** What stands when the perimeter does. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: PerimeterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:Perimeter", name, {}, opts);
    rejectBadInputs(this, name, [
      ...checkPerimeter(args),
      ...memberProblems("caller", args.caller),
    ]);
    const { route, perimeter, caller, deployer } = args;
    const label = vertexLabel(args.organization, args.geography, route.name);
    const shortName = fitted(`cowork_${label}`, maxNameLength).replaceAll("-", "_");
    const parent = `accessPolicies/${perimeter.accessPolicyId}`;
    this.perimeterName = `${parent}/servicePerimeters/${shortName}`;
    this.mode = perimeter.mode;

    const levelName = `${parent}/accessLevels/${shortName}`;
    const level =
      perimeter.ingressCidrs.length === 0
        ? undefined
        : new gcp.accesscontextmanager.AccessLevel(
            name,
            {
              parent,
              name: levelName,
              title: shortName,
              description: "Public ranges people come from",
              basic: { conditions: [{ ipSubnetworks: [...perimeter.ingressCidrs] }] },
            },
            { parent: this },
          );

    const config = perimeterConfig({
      route,
      project: pulumi.interpolate`projects/${args.projectNumber}`,
      caller,
      deployer,
      accessLevel: level && levelName,
    });
    const before: pulumi.Resource[] = level ? [level] : [];
    if (args.logBucketName !== undefined) {
      before.push(
        keptInRegion(
          `${name}-refusals`,
          {
            projectId: route.project.projectId,
            name: `${shortName}_refusals`,
            bucketName: args.logBucketName,
            filter: refusals,
            what: "What a perimeter refuses, or would refuse",
          },
          { parent: this },
        ),
      );
    }
    const made = new gcp.accesscontextmanager.ServicePerimeter(
      name,
      {
        parent,
        name: this.perimeterName,
        title: shortName,
        description: "Claude on Google",
        perimeterType: "PERIMETER_TYPE_REGULAR",
        ...(perimeter.mode === "enforced"
          ? { status: config }
          : { spec: config, useExplicitDryRunSpec: true }),
      },
      { parent: this, dependsOn: before },
    );
    this.remainingSteps = perimeterSteps(perimeter);
    this.ready = [made];
    this.registerOutputs({ perimeterName: this.perimeterName, mode: this.mode });
  }
}
