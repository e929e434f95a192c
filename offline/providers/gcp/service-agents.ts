/**
 * Domains of service agents whose name does not follow `gcp-sa-SERVICE`.
 * Source: https://docs.cloud.google.com/iam/docs/service-agents, read 2026-11-21.
 */
const domains: Readonly<Record<string, string>> = {
  cloudkms: "gcp-sa-cloudkms",
  compute: "compute-system",
  container: "container-engine-robot",
  run: "serverless-robot-prod",
  storage: "gs-project-accounts",
};

/** Email of the agent a service acts as inside a project: the identity a key is granted to. */
export function serviceAgent(service: string, number: string): string {
  const name = service.replace(/\.googleapis\.com$/, "");
  const domain = Object.hasOwn(domains, name) ? domains[name] : `gcp-sa-${name}`;
  return `service-${number}@${domain}.iam.gserviceaccount.com`;
}

/** Email BigQuery encrypts as: not the agent that `ServiceIdentity` answers. */
export function bigqueryAgent(number: string): string {
  return `bq-${number}@bigquery-encryption.iam.gserviceaccount.com`;
}
