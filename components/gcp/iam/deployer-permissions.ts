import type { VertexRouteSettings } from "../vertex-route.ts";
import {
  type DeployedTokenService,
  tokenServiceDeployerSteps,
  tokenServicePermissions,
} from "./token-service-permissions.ts";

/**
 * What CI may do in the project: run the kit's own components again, and no more. It reads identities, roles
 * and federation but cannot change them, so that no pipeline widens its own rights or a laptop's; it deletes
 * nothing that holds data or keys; it cannot call Claude, read logs, use a key or touch
 * `aiplatform.consents`. Whatever it lacks a person does.
 * @see https://docs.cloud.google.com/iam/docs/roles-permissions (read 2026-11-21)
 */
const always = [
  "iam.roles.get",
  "iam.serviceAccounts.get",
  "iam.serviceAccounts.getIamPolicy",
  "iam.workloadIdentityPoolProviders.get",
  "iam.workloadIdentityPools.get",
  "logging.buckets.create",
  "logging.buckets.get",
  "logging.buckets.update",
  "logging.cmekSettings.get",
  "logging.exclusions.create",
  "logging.exclusions.get",
  "logging.exclusions.update",
  "logging.sinks.create",
  "logging.sinks.get",
  "logging.sinks.update",
  "resourcemanager.projects.get",
  "resourcemanager.projects.getIamPolicy",
  "resourcemanager.projects.setIamPolicy",
  "serviceusage.services.enable",
  "serviceusage.services.get",
  "serviceusage.services.list",
  "serviceusage.services.use",
] as const;

const ownKeys = [
  "cloudkms.cryptoKeys.create",
  "cloudkms.cryptoKeys.get",
  "cloudkms.cryptoKeys.getIamPolicy",
  "cloudkms.cryptoKeys.setIamPolicy",
  "cloudkms.cryptoKeys.update",
  "cloudkms.keyRings.create",
  "cloudkms.keyRings.get",
] as const;

const foundKeys = [
  "cloudkms.cryptoKeys.get",
  "cloudkms.cryptoKeys.getIamPolicy",
  "cloudkms.cryptoKeys.setIamPolicy",
] as const;

/** Whoever makes a dataset owns it, and whoever may update it may let themselves in: neither is CI. */
const contentLog = ["bigquery.config.get", "bigquery.datasets.get"] as const;

const privatePath = [
  "compute.addresses.createInternal",
  "compute.addresses.deleteInternal",
  "compute.addresses.get",
  "compute.addresses.use",
  "compute.forwardingRules.create",
  "compute.forwardingRules.delete",
  "compute.forwardingRules.get",
  "compute.globalAddresses.createInternal",
  "compute.globalAddresses.deleteInternal",
  "compute.globalAddresses.get",
  "compute.globalAddresses.use",
  "compute.globalForwardingRules.create",
  "compute.globalForwardingRules.delete",
  "compute.globalForwardingRules.get",
  "compute.globalOperations.get",
  "compute.networks.get",
  "compute.networks.use",
  "compute.regionOperations.get",
  "compute.subnetworks.get",
  "compute.subnetworks.use",
  "dns.changes.create",
  "dns.changes.get",
  "dns.managedZones.create",
  "dns.managedZones.delete",
  "dns.managedZones.get",
  "dns.managedZones.update",
  "dns.networks.bindPrivateDNSPolicy",
  "dns.networks.bindPrivateDNSZone",
  "dns.policies.create",
  "dns.policies.delete",
  "dns.policies.get",
  "dns.policies.update",
  "dns.resourceRecordSets.create",
  "dns.resourceRecordSets.delete",
  "dns.resourceRecordSets.get",
  "dns.resourceRecordSets.list",
  "dns.resourceRecordSets.update",
  "networkconnectivity.operations.get",
  "networkconnectivity.regionalEndpoints.create",
  "networkconnectivity.regionalEndpoints.delete",
  "networkconnectivity.regionalEndpoints.get",
  // The endpoint of a single region is registered there.
  "servicedirectory.namespaces.create",
  "servicedirectory.namespaces.delete",
  "servicedirectory.namespaces.get",
  "servicedirectory.services.create",
  "servicedirectory.services.delete",
  "servicedirectory.services.get",
] as const;

const ownNetwork = [
  "compute.firewalls.create",
  "compute.firewalls.delete",
  "compute.firewalls.get",
  "compute.firewalls.update",
  "compute.networks.create",
  "compute.networks.delete",
  "compute.networks.update",
  "compute.networks.updatePolicy",
  "compute.subnetworks.create",
  "compute.subnetworks.delete",
  "compute.subnetworks.update",
] as const;

/**
 * Permissions of the deployer's custom role, sorted; as many as the route has parts. Pure.
 *
 * @param tokenService the one that runs in the route's project; absent when none does
 */
export function deployerPermissions(
  route: Pick<VertexRouteSettings, "keys" | "logs" | "reach">,
  tokenService?: DeployedTokenService,
): readonly string[] {
  const { keys, logs, reach } = route;
  const permissions = [
    ...always,
    ...(keys.kind === "create" ? ownKeys : foundKeys),
    ...(logs.content === undefined ? [] : contentLog),
    ...(reach.kind === "private" ? privatePath : []),
    ...(reach.kind === "private" && reach.network.kind === "create" ? ownNetwork : []),
    ...(tokenService === undefined ? [] : tokenServicePermissions(tokenService)),
  ];
  // A route and its token service share some.
  return [...new Set<string>(permissions)].sort();
}

/**
 * What no role of a project can hold, one sentence each: somebody grants it above, or does it. Pure.
 *
 * @param runsTokenService whether one runs in the route's project
 */
export function deployerSteps(
  route: Pick<
    VertexRouteSettings,
    "access" | "logs" | "perimeter" | "organizationPolicies" | "modelAccess"
  >,
  runsTokenService = false,
): readonly string[] {
  return [
    "The deployer cannot change roles, service accounts or its own federation: apply such a change as a person.",
    ...(route.access.kind === "workforce"
      ? ["The deployer cannot change the workforce pool: apply such a change as a person."]
      : []),
    ...(route.logs.content === undefined
      ? []
      : ["The deployer cannot make or change the dataset: apply such a change as a person."]),
    ...(route.perimeter === undefined
      ? []
      : ["The deployer cannot change the perimeter: apply such a change as a person."]),
    ...(route.organizationPolicies === undefined
      ? []
      : ["The deployer cannot change organization policies: apply such a change as a person."]),
    ...(route.modelAccess === undefined
      ? []
      : ["The deployer cannot enable models: a person who may accept terms does."]),
    ...(runsTokenService ? tokenServiceDeployerSteps : []),
  ];
}
