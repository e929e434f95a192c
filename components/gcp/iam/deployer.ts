import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../../shared/input-check.ts";
import type { DeployerSettings } from "../vertex-route.ts";
import { celText } from "./cel.ts";
import { checkDeployer } from "./deployer-checks.ts";
import { deployerTrust } from "./deployer-trust.ts";

/** Fixed, as a project holds one route: id of the pool, of the account and of the role. */
const deployerId = "cowork-deployer";
const roleId = "coworkDeployer";

/** Arguments of {@link DeployerAccess}. */
export interface DeployerAccessArgs {
  /** Required. */
  readonly projectId: string;
  /** Required. Part of the federated member's name; unknown in the first preview of a new project. */
  readonly projectNumber: pulumi.Input<string>;
  /** Required. */
  readonly settings: DeployerSettings;
  /** Required. From `deployerPermissions`. */
  readonly permissions: readonly string[];
  /** Required. Full names of the roles it may grant in the project, at most 10: the caller's. */
  readonly grantableRoles: readonly string[];
  /** What must exist before: the project's APIs. */
  readonly after?: readonly pulumi.Resource[] | undefined;
}

/**
 * CI that deploys the kit: no key anywhere, one repository, one short-lived identity.
 *
 * Creates: a workload identity pool with one provider, a service account, a custom role, its grant, and the
 * right of exactly that repository's tokens to act as the account. The grant's condition lets the account
 * hand out the caller role and no other: without it, whoever may edit a project's grants is its owner.
 *
 * @throws pulumi.ResourceError naming every rejected setting; see {@link checkDeployer}.
 * @see https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines
 * @see https://docs.cloud.google.com/iam/docs/setting-limits-on-granting-roles (read 2026-11-21)
 */
export class DeployerAccess extends pulumi.ComponentResource {
  /** Plain: composed from the project. */
  readonly serviceAccountEmail: string;
  /** `projects/NUMBER/locations/global/workloadIdentityPools/…/providers/…`: what CI is configured with. */
  readonly providerName: pulumi.Output<string>;

  constructor(name: string, args: DeployerAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:DeployerAccess", name, {}, opts);
    const { projectId, settings } = args;
    rejectBadInputs(this, name, checkDeployer("settings", settings));
    const first = { parent: this, dependsOn: [...(args.after ?? [])] };

    const account = new gcp.serviceaccount.Account(
      `${name}-account`,
      {
        project: projectId,
        accountId: deployerId,
        displayName: "Deploys the landing zone",
        description: "Used by CI through workload identity federation; has no key.",
      },
      first,
    );
    this.serviceAccountEmail = `${deployerId}@${projectId}.iam.gserviceaccount.com`;
    this.#grant(name, args, account);
    this.providerName = this.#federate(name, args, account);
    this.registerOutputs({
      serviceAccountEmail: this.serviceAccountEmail,
      providerName: this.providerName,
    });
  }

  #grant(name: string, args: DeployerAccessArgs, account: pulumi.Resource): void {
    const { projectId, permissions, grantableRoles, after = [] } = args;
    const role = new gcp.projects.IAMCustomRole(
      `${name}-role`,
      {
        project: projectId,
        roleId,
        title: "Landing zone deployer",
        description:
          "Runs the kit's components again. Cannot change identities, delete data or call Claude.",
        permissions: [...permissions],
        stage: "GA",
      },
      { parent: this, dependsOn: [...after] },
    );
    new gcp.projects.IAMMember(
      `${name}-grant`,
      {
        project: projectId,
        role: `projects/${projectId}/roles/${roleId}`,
        member: `serviceAccount:${this.serviceAccountEmail}`,
        condition: {
          title: "grants only the caller role",
          description: "Requests that change no grant have an empty list and pass.",
          expression: grantLimit(grantableRoles),
        },
      },
      { parent: this, dependsOn: [account, role] },
    );
  }

  #federate(
    name: string,
    args: DeployerAccessArgs,
    account: pulumi.Resource,
  ): pulumi.Output<string> {
    const { projectId, projectNumber, settings, after = [] } = args;
    const trust = deployerTrust(settings);
    const pool = new gcp.iam.WorkloadIdentityPool(
      `${name}-pool`,
      {
        project: projectId,
        workloadIdentityPoolId: deployerId,
        displayName: "Landing zone deployer",
        description: "The CI that deploys this landing zone.",
      },
      { parent: this, dependsOn: [...after] },
    );
    const provider = new gcp.iam.WorkloadIdentityPoolProvider(
      `${name}-provider`,
      {
        project: projectId,
        workloadIdentityPoolId: deployerId,
        workloadIdentityPoolProviderId: settings.kind,
        displayName: "Landing zone deployer",
        attributeMapping: { ...trust.mapping },
        attributeCondition: trust.condition,
        oidc: {
          issuerUri: trust.issuer,
          ...(trust.audiences === undefined ? {} : { allowedAudiences: [...trust.audiences] }),
        },
      },
      { parent: this, dependsOn: [pool] },
    );
    const poolName = pulumi.interpolate`projects/${projectNumber}/locations/global/workloadIdentityPools/${deployerId}`;
    const { scheme, tail } = trust.member;
    new gcp.serviceaccount.IAMMember(
      `${name}-federation`,
      {
        serviceAccountId: `projects/${projectId}/serviceAccounts/${this.serviceAccountEmail}`,
        role: "roles/iam.workloadIdentityUser",
        member: pulumi.interpolate`${scheme}://iam.googleapis.com/${poolName}/${tail}`,
      },
      { parent: this, dependsOn: [account, provider] },
    );
    return pulumi.interpolate`${poolName}/providers/${settings.kind}`;
  }
}

/** Holds when every grant that a request changes is of these roles. */
export function grantLimit(roles: readonly string[]): string {
  const listed = roles.map(celText).join(", ");
  return `api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([${listed}])`;
}
