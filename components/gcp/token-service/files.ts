import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import { configFile, policyFile, type ServicePlan, storeAuthorityFile } from "./plan.ts";

/** A file of an instance. Cloud Run knows files as secrets only; these hold none. */
export interface MountedFile {
  readonly volume: string;
  readonly secretId: string;
  /** Version an instance reads: `latest`, or one number for the life of a revision. */
  readonly version: pulumi.Input<string>;
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
 * The service's configuration. It names the store's address, which no preview knows, and so stands where the service
 * itself only names it. A revision reads the one version it was made with: another configuration is another version
 * and with it a new revision, and instances of the earlier one, which is kept, go on finding theirs.
 * @see https://docs.cloud.google.com/run/docs/configuring/services/secrets (looked up 2026-11-21)
 */
export function configMount(
  name: string,
  plan: ServicePlan,
  args: { readonly text: pulumi.Input<string>; readonly key: string },
  opts: pulumi.CustomResourceOptions,
): MountedFile {
  const secretId = plan.names.configSecret;
  const file = { volume: "config", secretId, path: configFile, ...args };
  const { version, mount } = mountedFile(name, plan, file, opts);
  return { ...mount, version: version.version };
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
  const file = { volume: "policy", secretId, path: policyFile, ...args };
  return mountedFile(name, plan, file, opts).mount;
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
  return mountedFile(name, plan, file, opts).mount;
}

function mountedFile(
  name: string,
  { projectId: project, region: location, names }: ServicePlan,
  { volume, secretId, path, text, key }: FileArgs,
  opts: pulumi.CustomResourceOptions,
): { readonly version: gcp.secretmanager.SecretVersion; readonly mount: MountedFile } {
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
    {
      // Plain, so that a preview sees which secret of the stack it is of.
      secret: `projects/${project}/secrets/${secretId}`,
      secretData: text,
      // Earlier ones go with their secret: an instance may be reading one.
      deletionPolicy: "ABANDON",
    },
    after,
  );
  const reader = readerOf(name, { project, secretId, member: names.member }, after);
  const ready = [version, reader];
  return { version, mount: { volume, secretId, version: "latest", path, ready } };
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
