import { fitted } from "../names.ts";
import { storeName } from "../store-place.ts";

/** Room for the longest ending of a name, within 63 characters; a Cloud Run service may have 49. */
const maxBaseLength = 48;
/**
 * Id of a service account: 6 to 30 characters.
 * @see https://docs.cloud.google.com/iam/docs/service-accounts-create (looked up 2026-11-21)
 */
const maxAccountLength = 30;

/** Label all names of a geography's service hang on; never one of a route, which starts with the organization. */
export function serviceLabel(organization: string, geography: string): string {
  return `token-service-${organization}-${geography}`;
}

/**
 * Address of the account the service acts as, known before anything exists.
 * @param label from {@link serviceLabel}
 */
export function serviceAccountEmail(projectId: string, label: string): string {
  return `${accountId(label)}@${projectId}.iam.gserviceaccount.com`;
}

function accountId(label: string): string {
  return fitted(label.replace(/^token-service-/, "cowork-tokens-"), maxAccountLength);
}

/** Every fixed name of one service. Composed from configuration alone. */
export interface ServiceNames {
  readonly accountId: string;
  readonly email: string;
  readonly member: string;
  /** Service, subnetwork, load balancer, store, and the tag of its firewall rules. */
  readonly base: string;
  readonly subnetwork: string;
  /** Ring of the key that signs. */
  readonly keyRing: string;
  readonly signingKey: string;
  /** The version every token is signed with. */
  readonly signingKeyVersion: string;
  readonly logBucket: string;
  readonly logBucketName: string;
  readonly configSecret: string;
  readonly trustPolicySecret: string;
  readonly storeAuthoritySecret: string;
  /** Ending of custom roles' ids, which have no hyphens. */
  readonly roleSuffix: string;
}

interface Named {
  readonly projectId: string;
  readonly region: string;
  readonly label: string;
  readonly geography: string;
}

export function serviceNames({ projectId, region, label, geography }: Named): ServiceNames {
  const base = fitted(`cowork-${label}`, maxBaseLength);
  const own = storeName(label);
  const keyRing = `projects/${projectId}/locations/${region}/keyRings/${own}`;
  const signingKey = `${keyRing}/cryptoKeys/gateway-tokens`;
  const email = serviceAccountEmail(projectId, label);
  return {
    accountId: accountId(label),
    email,
    member: `serviceAccount:${email}`,
    base,
    subnetwork: `projects/${projectId}/regions/${region}/subnetworks/${base}`,
    keyRing,
    signingKey,
    signingKeyVersion: `${signingKey}/cryptoKeyVersions/1`,
    logBucket: own,
    logBucketName: `projects/${projectId}/locations/${region}/buckets/${own}`,
    configSecret: `${base}-config`,
    trustPolicySecret: `${base}-policy`,
    storeAuthoritySecret: `${base}-store-ca`,
    roleSuffix: geography.replaceAll("-", "_"),
  };
}
