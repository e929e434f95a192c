import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import type { ServicePlan } from "./plan.ts";

/** Two permissions of `roles/iam.serviceAccountTokenCreator` fewer would do nothing: this is the one that does. */
export const callerPermissions = ["iam.serviceAccounts.getAccessToken"] as const;
/** Of `roles/cloudkms.signerVerifier`, what signing and publishing the key take. */
export const signerPermissions = [
  "cloudkms.cryptoKeyVersions.useToSign",
  "cloudkms.cryptoKeyVersions.viewPublicKey",
] as const;

/** Who the service is, and what whatever needs its rights waits for. */
export interface ServiceIdentity {
  readonly account: pulumi.Resource;
  readonly grants: readonly pulumi.Resource[];
}

/**
 * The account the service acts as. All it may do: make tokens of exactly the callers named, sign with one version of
 * one key, sign in to one store. Nothing else in the project; its log needs no right, and its files are granted
 * where they are made.
 *
 * @param signingKey what the grant on the key waits for; absent when nothing is signed
 * @see https://docs.cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken
 * @see https://docs.cloud.google.com/kms/docs/iam (looked up 2026-11-21)
 */
export function serviceIdentity(
  name: string,
  plan: ServicePlan,
  signingKey: pulumi.Resource | undefined,
  opts: pulumi.CustomResourceOptions,
): ServiceIdentity {
  const { projectId: project, names, geography } = plan;
  const account = new gcp.serviceaccount.Account(
    name,
    {
      project,
      accountId: names.accountId,
      displayName: `cowork token service of ${geography}`,
      description: "Gives out short-lived credentials of its geography, and nothing else.",
    },
    opts,
  );
  return {
    account,
    grants: [
      ...callerGrants(name, plan, account, opts),
      ...(signingKey === undefined ? [] : [signerGrant(name, plan, [account, signingKey], opts)]),
      ...(plan.store.kind === "create" ? [storeGrant(name, plan, account, opts)] : []),
    ],
  };
}

/** A project's own role can be granted inside that project only, so there is one for each project of a caller. */
function callerGrants(
  name: string,
  { callers, names, geography }: ServicePlan,
  account: pulumi.Resource,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const projects = [...new Set(callers.map(projectOf))];
  const roles = new Map(
    projects.map((project) => [
      project,
      customRole(
        `${name}-callers-${project}`,
        {
          project,
          roleId: `coworkTokensOfCallers_${names.roleSuffix}`,
          title: `Tokens of callers (${geography})`,
          description: "Makes access tokens of an account, and nothing else.",
          permissions: callerPermissions,
        },
        opts,
      ),
    ]),
  );
  return callers.map((email) => {
    const project = projectOf(email);
    const role = roles.get(project);
    return new gcp.serviceaccount.IAMMember(
      `${name}-caller-${email.replace(/\.iam\.gserviceaccount\.com$/, "")}`,
      {
        serviceAccountId: `projects/${project}/serviceAccounts/${email}`,
        role: `projects/${project}/roles/coworkTokensOfCallers_${names.roleSuffix}`,
        member: names.member,
      },
      { ...opts, dependsOn: role === undefined ? [account] : [account, role] },
    );
  });
}

/** Keys have grants and versions have none, so a condition names the version. */
function signerGrant(
  name: string,
  { projectId: project, names, geography }: ServicePlan,
  after: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const roleId = `coworkTokenSigner_${names.roleSuffix}`;
  const role = customRole(
    `${name}-signer`,
    {
      project,
      roleId,
      title: `Token signer (${geography})`,
      description: "Signs with a key and reads its public half, and nothing else.",
      permissions: signerPermissions,
    },
    opts,
  );
  return new gcp.kms.CryptoKeyIAMMember(
    `${name}-signer`,
    {
      cryptoKeyId: names.signingKey,
      role: `projects/${project}/roles/${roleId}`,
      member: names.member,
      condition: {
        title: "One version",
        expression: `resource.name.endsWith("${ending(names.signingKeyVersion)}")`,
      },
    },
    { ...opts, dependsOn: [...after, role] },
  );
}

/** @see https://docs.cloud.google.com/memorystore/docs/valkey/manage-iam-auth (looked up 2026-11-21) */
function storeGrant(
  name: string,
  { projectId: project, region, names }: ServicePlan,
  account: pulumi.Resource,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  return new gcp.projects.IAMMember(
    `${name}-store`,
    {
      project,
      role: "roles/memorystore.dbConnectionUser",
      member: names.member,
      condition: {
        title: "One store",
        expression: `resource.name.endsWith("/locations/${region}/instances/${names.base}")`,
      },
    },
    { ...opts, dependsOn: [account] },
  );
}

function customRole(
  name: string,
  {
    permissions,
    ...role
  }: {
    readonly project: string;
    readonly roleId: string;
    readonly title: string;
    readonly description: string;
    readonly permissions: readonly string[];
  },
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  return new gcp.projects.IAMCustomRole(
    name,
    { ...role, permissions: [...permissions], stage: "GA" },
    opts,
  );
}

/** `account@project.iam.gserviceaccount.com`, which the checks have seen to. */
function projectOf(email: string): string {
  return email.split("@")[1]?.split(".")[0] ?? "";
}

/** Without the project, which Google writes as id or as number. */
function ending(name: string): string {
  return name.replace(/^projects\/[^/]+/, "");
}
