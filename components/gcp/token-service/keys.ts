import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import type { ServicePlan } from "./plan.ts";

const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
/** Versions wait this long before they are gone: time to notice a mistake. Google's own default. */
const destroyAfterSeconds = 30 * 86_400;

/**
 * Lets the services that hold something of the token service use the route's key: Cloud Run for the image and what
 * an instance writes, Secret Manager for the files, Memorystore for what it writes to disk. Cloud Logging may
 * use it already. Each acts as an identity Google makes on request; a guessed address would be refused.
 *
 * @see https://docs.cloud.google.com/run/docs/securing/using-cmek
 * @see https://docs.cloud.google.com/memorystore/docs/valkey/about-cmek (looked up 2026-11-21)
 */
export function keyGrants(
  name: string,
  { projectId: project, store }: ServicePlan,
  key: string,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const services = ["run", "secretmanager", ...(store.kind === "create" ? ["memorystore"] : [])];
  return services.map((service) => {
    const identity = new gcp.projects.ServiceIdentity(
      `${name}-${service}`,
      { project, service: `${service}.googleapis.com` },
      opts,
    );
    return new gcp.kms.CryptoKeyIAMMember(
      `${name}-${service}`,
      { cryptoKeyId: key, role, member: identity.member },
      opts,
    );
  });
}

/**
 * Key gateway tokens are signed with (ES256), in hardware: nobody, the service included, ever holds the private half.
 * Its first version is the one that signs; another one is a new configuration. A ring and a key keep their names
 * for ever, and a version that is destroyed waits 30 days.
 * @see https://docs.cloud.google.com/kms/docs/algorithms and https://docs.cloud.google.com/kms/docs/hsm (looked up 2026-11-21)
 */
export function signingKey(
  name: string,
  { projectId: project, region: location, names }: ServicePlan,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const ring = new gcp.kms.KeyRing(
    name,
    { project, location, name: names.keyRing.split("/").at(-1) ?? "" },
    opts,
  );
  return new gcp.kms.CryptoKey(
    name,
    {
      // Written out rather than read from the ring: a preview then knows the key's place.
      keyRing: names.keyRing,
      name: names.signingKey.split("/").at(-1) ?? "",
      purpose: "ASYMMETRIC_SIGN",
      versionTemplate: { algorithm: "EC_SIGN_P256_SHA256", protectionLevel: "HSM" },
      destroyScheduledDuration: `${destroyAfterSeconds}s`,
    },
    { ...opts, dependsOn: [ring] },
  );
}
