import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import { policyFile, type ServicePlan, storeAuthorityFile } from "./plan.ts";

/** A file of an instance. Cloud Run knows files as secrets only; these hold none. */
export interface MountedFile {
  readonly volume: string;
  readonly secretId: string;
  /** Where the container finds it. */
  readonly path: string;
  readonly ready: readonly pulumi.Resource[];
}

interface FileArgs {
  readonly volume: string;
  readonly secretId: string;
  readonly path: string;
  readonly text: pulumi.Input<string>;
  readonly key: string;
}

/**
 * The trust policy: every read of the file fetches the newest version, so that a change is in force without a restart,
 * as soon as the service looks again.
 * @see https://docs.cloud.google.com/run/docs/configuring/services/secrets ("always fetches", looked up 2026-11-21)
 */
export function policyMount(
  name: string,
  plan: ServicePlan,
  args: { readonly text: pulumi.Input<string>; readonly key: string },
  opts: pulumi.CustomResourceOptions,
): MountedFile {
  const secretId = plan.names.trustPolicySecret;
  return mountedFile(name, plan, { volume: "policy", secretId, path: policyFile, ...args }, opts);
}

/** The authority of the store's certificate, which no system knows. */
export function authorityMount(
  name: string,
  plan: ServicePlan,
  args: { readonly text: pulumi.Input<string>; readonly key: string },
  opts: pulumi.CustomResourceOptions,
): MountedFile {
  const secretId = plan.names.storeAuthoritySecret;
  const file = { volume: "store", secretId, path: storeAuthorityFile, ...args };
  return mountedFile(name, plan, file, opts);
}

function mountedFile(
  name: string,
  { projectId: project, region: location, names }: ServicePlan,
  { volume, secretId, path, text, key }: FileArgs,
  opts: pulumi.CustomResourceOptions,
): MountedFile {
  const secret = new gcp.secretmanager.Secret(
    name,
    {
      project,
      secretId,
      // Left to itself Secret Manager keeps copies wherever Google likes.
      replication: {
        userManaged: {
          replicas: [{ location, customerManagedEncryption: { kmsKeyName: key } }],
        },
      },
    },
    opts,
  );
  const after = { ...opts, dependsOn: [secret] };
  const version = new gcp.secretmanager.SecretVersion(
    name,
    { secret: `projects/${project}/secrets/${secretId}`, secretData: text },
    after,
  );
  const reader = readerOf(name, { project, secretId, member: names.member }, after);
  return { volume, secretId, path, ready: [version, reader] };
}

/** Lets the service's account read one secret. */
export function readerOf(
  name: string,
  args: { readonly project: string; readonly secretId: string; readonly member: string },
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  return new gcp.secretmanager.SecretIamMember(
    name,
    { ...args, role: "roles/secretmanager.secretAccessor" },
    opts,
  );
}
