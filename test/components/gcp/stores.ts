import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import type { GrantedKey, StoreArgs } from "../../../components/gcp/store-place.ts";
import type { Zone } from "../../../residency/types.ts";
import type { Calls, Registered } from "../../support/deploy.ts";

/** Zones written out, so that tests do not believe the code they test. */
export const eu: Zone = {
  id: "eu",
  label: "European Union",
  countries: [
    ...["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"],
    ...["IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"],
  ],
  awsPartition: "aws",
  acceptances: [],
};
export const us: Zone = { ...eu, id: "us", label: "United States", countries: ["US"] };
export const sg: Zone = { ...eu, id: "sg", label: "Singapore", countries: ["SG"] };
export const uk: Zone = { ...eu, id: "uk", label: "United Kingdom", countries: ["GB"] };

export const store: StoreArgs = {
  project: { projectId: "example-claude-eu", ready: [] },
  place: { zone: eu, dataRegion: "europe-west3" },
  label: "example-eu-frankfurt",
};

/** What Google answers when it is asked for the identities that encrypt. */
export const identities: Calls = {
  "gcp:logging/getProjectCmekSettings:getProjectCmekSettings": ({ project }) => ({
    project,
    serviceAccountId: "cmek-p123456789012@gcp-sa-logging.iam.gserviceaccount.com",
  }),
  "gcp:bigquery/getDefaultServiceAccount:getDefaultServiceAccount": ({ project }) => ({
    project,
    member: "serviceAccount:bq-123456789012@bigquery-encryption.iam.gserviceaccount.com",
  }),
};

export const aKey =
  "projects/example-keys/locations/europe-west3/keyRings/company/cryptoKeys/cowork";

/** A key with its grant; to be called inside a program. */
export function grantedKey(): GrantedKey {
  const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
  const grant = new gcp.kms.CryptoKeyIAMMember("grant", {
    cryptoKeyId: aKey,
    role,
    member: "serviceAccount:a@b.iam.gserviceaccount.com",
  });
  return { name: aKey, grant };
}

/** Kit resources left out: `type::name` of what Google would be asked for. */
export function asked(resources: readonly Registered[]): string[] {
  return resources
    .filter(({ type }) => type.startsWith("gcp:"))
    .map(({ type, name }) => `${type.split(":").at(-1)}::${name}`);
}

/** Settles only after everything that could run ahead has. */
export function later<T>(value: T): pulumi.Input<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), 50));
}

/** Options the children of a component were registered with: what mocks do not show. */
export function optionsSeen() {
  const seen = new Map<string, pulumi.CustomResourceOptions>();
  const record: pulumi.ComponentResourceOptions = {
    transformations: [
      ({ type, opts }) => {
        seen.set(type, opts);
        return undefined;
      },
    ],
  };
  const of = (type: string) => seen.get(type)!;
  /** Types of what the last resource of a type waits for. */
  const waitsFor = (type: string) =>
    [of(type).dependsOn ?? []]
      .flat()
      .map((on) =>
        pulumi.Resource.isInstance(on) ? Reflect.get(on, "__pulumiType") : "not a resource",
      );
  return { record, of, waitsFor };
}
