import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import { checkKeys } from "./route-keys-check.ts";
import { checkStorePlace, type GrantedKey, type StoreArgs, storeName } from "./store-place.ts";
import type { KeySettings } from "./vertex-route.ts";

/** Arguments of {@link RouteKeys}. */
export interface RouteKeysArgs extends StoreArgs {
  /** Required. Keys to create, or the names of existing ones. Plain. */
  readonly keys: KeySettings;
  /** Required. Whether BigQuery needs a key as well. */
  readonly dataset: boolean;
  /**
   * Optional. Whether Pulumi refuses to delete a created key. Default: false. For locked logs, which outlive
   * the stack: without the key they cannot be read.
   */
  readonly protect?: boolean | undefined;
}

/** Short name of the key inside the route's ring. */
const keyName = "stores";
const secondsPerDay = 86_400;
/** Versions wait this long before they are gone: time to notice a mistake. Google's own default. */
const destroyAfterSeconds = 30 * secondsPerDay;

/**
 * The customer-managed keys under which a route's logs and dataset rest, and the grants that let exactly the
 * two services use them. They do not encrypt Claude's inference: see {@link keyCoverage}.
 *
 * Creates: a key ring and one key in the data region (unless existing keys are named), and one grant for each
 * service that encrypts: Cloud Logging's identity of this project, and BigQuery's when there is a dataset.
 *
 * Needs the APIs `cloudkms.googleapis.com`, `logging.googleapis.com`, and `bigquery.googleapis.com` with a
 * dataset. A key ring cannot be deleted at Google, nor its name used again.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 */
export class RouteKeys extends pulumi.ComponentResource {
  /** Key of the log bucket. */
  readonly logs: GrantedKey;
  /** Key of the dataset; absent when there is none. */
  readonly dataset: GrantedKey | undefined;

  constructor(name: string, args: RouteKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:RouteKeys", name, {}, opts);
    const problems = [
      ...checkStorePlace(args),
      ...checkKeys({ ...args, dataRegion: args.place.dataRegion }),
    ];
    rejectBadInputs(this, name, problems);

    const { projectId, ready } = args.project;
    const { keys } = args;
    const found: FoundKeys =
      keys.kind === "existing"
        ? { ...keys, made: [] }
        : createKey(this, name, args, keys.rotationDays);
    const logsKey = found.logs;
    const datasetKey = found.dataset ?? found.logs;

    // Both calls make Google create the identity when there is none yet; a guessed address would be refused.
    const asked = { parent: this, dependsOn: [...ready] };
    const logging = gcp.logging.getProjectCmekSettingsOutput({ project: projectId }, asked);
    const grantTo = (service: string, key: string, member: pulumi.Input<string>): GrantedKey => ({
      name: key,
      grant: new gcp.kms.CryptoKeyIAMMember(
        `${name}-${service}`,
        { cryptoKeyId: key, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
        { parent: this, dependsOn: [...ready, ...found.made] },
      ),
    });

    this.logs = grantTo(
      "logs",
      logsKey,
      pulumi.interpolate`serviceAccount:${logging.serviceAccountId}`,
    );
    this.dataset = args.dataset
      ? grantTo(
          "dataset",
          datasetKey,
          gcp.bigquery.getDefaultServiceAccountOutput({ project: projectId }, asked).member,
        )
      : undefined;
    this.registerOutputs({ logsKey, ...(args.dataset && { datasetKey }) });
  }
}

interface FoundKeys {
  readonly logs: string;
  readonly dataset?: string | undefined;
  readonly made: readonly pulumi.Resource[];
}

function createKey(
  parent: pulumi.Resource,
  name: string,
  { project, place, label, protect }: RouteKeysArgs,
  rotationDays: number,
): FoundKeys {
  const { projectId, ready } = project;
  const location = place.dataRegion;
  const ringName = storeName(label);
  const ring = new gcp.kms.KeyRing(
    name,
    { project: projectId, location, name: ringName },
    { parent, dependsOn: [...ready] },
  );
  const ringId = `projects/${projectId}/locations/${location}/keyRings/${ringName}`;
  const key = new gcp.kms.CryptoKey(
    name,
    {
      // Written out rather than read from the ring: a preview then knows the key's place.
      keyRing: ringId,
      name: keyName,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: `${rotationDays * secondsPerDay}s`,
      destroyScheduledDuration: `${destroyAfterSeconds}s`,
    },
    { parent, dependsOn: [ring], protect: protect ?? false },
  );
  return { logs: `${ringId}/cryptoKeys/${keyName}`, made: [key] };
}
