/** Parts of a token service that decide what deploying it takes; its component's arguments fit. */
export interface DeployedTokenService {
  readonly network: { readonly googleApisExist?: boolean | undefined };
  /** Name of a certificate of Certificate Manager, or of an older one. */
  readonly certificate: string;
  readonly deviceAuthorities?: string | undefined;
  readonly signs: boolean;
  /** Default: one is created. */
  readonly store?:
    | {
        readonly kind: "create" | "existing";
        readonly connectionPolicyExists?: boolean | undefined;
      }
    | undefined;
}

/**
 * Of Secret Manager no `versions.access`, which would read every secret of the project, no `setIamPolicy` and no
 * `versions.destroy`: the kit destroys none.
 * @see https://docs.cloud.google.com/run/docs/securing/managing-access (`setIamPolicy` switches the check of callers, looked up 2026-11-21)
 * @see https://docs.cloud.google.com/run/docs/reference/iam/roles (looked up 2026-11-21)
 */
const always = [
  "artifactregistry.repositories.downloadArtifacts",
  "cloudkms.cryptoKeys.get",
  "cloudkms.cryptoKeys.getIamPolicy",
  "cloudkms.cryptoKeys.setIamPolicy",
  "compute.addresses.createInternal",
  "compute.addresses.deleteInternal",
  "compute.addresses.get",
  "compute.addresses.use",
  "compute.firewalls.create",
  "compute.firewalls.delete",
  "compute.firewalls.get",
  "compute.firewalls.update",
  "compute.forwardingRules.create",
  "compute.forwardingRules.delete",
  "compute.forwardingRules.get",
  "compute.globalOperations.get",
  "compute.networks.get",
  "compute.networks.updatePolicy",
  "compute.networks.use",
  "compute.regionBackendServices.create",
  "compute.regionBackendServices.delete",
  "compute.regionBackendServices.get",
  "compute.regionBackendServices.update",
  "compute.regionBackendServices.use",
  "compute.regionNetworkEndpointGroups.create",
  "compute.regionNetworkEndpointGroups.delete",
  "compute.regionNetworkEndpointGroups.get",
  "compute.regionNetworkEndpointGroups.use",
  "compute.regionOperations.get",
  "compute.regionSslPolicies.create",
  "compute.regionSslPolicies.delete",
  "compute.regionSslPolicies.get",
  "compute.regionSslPolicies.update",
  "compute.regionSslPolicies.use",
  "compute.regionTargetHttpsProxies.create",
  "compute.regionTargetHttpsProxies.delete",
  "compute.regionTargetHttpsProxies.get",
  "compute.regionTargetHttpsProxies.setSslCertificates",
  "compute.regionTargetHttpsProxies.setUrlMap",
  "compute.regionTargetHttpsProxies.update",
  "compute.regionTargetHttpsProxies.use",
  "compute.regionUrlMaps.create",
  "compute.regionUrlMaps.delete",
  "compute.regionUrlMaps.get",
  "compute.regionUrlMaps.update",
  "compute.regionUrlMaps.use",
  "compute.subnetworks.create",
  "compute.subnetworks.delete",
  "compute.subnetworks.get",
  "compute.subnetworks.setPrivateIpGoogleAccess",
  "compute.subnetworks.update",
  "compute.subnetworks.use",
  "networksecurity.authzPolicies.create",
  "networksecurity.authzPolicies.delete",
  "networksecurity.authzPolicies.get",
  "networksecurity.authzPolicies.update",
  "networksecurity.operations.get",
  "run.operations.get",
  "run.services.create",
  "run.services.delete",
  "run.services.get",
  "run.services.getIamPolicy",
  "run.services.setIamPolicy",
  "run.services.update",
  "secretmanager.secrets.create",
  "secretmanager.secrets.get",
  "secretmanager.secrets.getIamPolicy",
  "secretmanager.secrets.update",
  "secretmanager.versions.add",
  "secretmanager.versions.get",
  "serviceusage.services.generateServiceIdentity",
] as const;

/** @see https://docs.cloud.google.com/certificate-manager/docs/permissions (looked up 2026-11-21) */
const certificate = ["certificatemanager.certs.get", "certificatemanager.certs.use"] as const;
const olderCertificate = ["compute.regionSslCertificates.get"] as const;

const devices = [
  "certificatemanager.operations.get",
  "certificatemanager.trustconfigs.create",
  "certificatemanager.trustconfigs.delete",
  "certificatemanager.trustconfigs.get",
  "certificatemanager.trustconfigs.update",
  "certificatemanager.trustconfigs.use",
  "networksecurity.serverTlsPolicies.create",
  "networksecurity.serverTlsPolicies.delete",
  "networksecurity.serverTlsPolicies.get",
  "networksecurity.serverTlsPolicies.update",
  "networksecurity.serverTlsPolicies.use",
] as const;

const wayToGoogle = [
  "compute.routes.create",
  "compute.routes.delete",
  "compute.routes.get",
  "dns.changes.create",
  "dns.changes.get",
  "dns.managedZones.create",
  "dns.managedZones.delete",
  "dns.managedZones.get",
  "dns.managedZones.update",
  "dns.networks.bindPrivateDNSZone",
  "dns.resourceRecordSets.create",
  "dns.resourceRecordSets.delete",
  "dns.resourceRecordSets.get",
  "dns.resourceRecordSets.list",
  "dns.resourceRecordSets.update",
] as const;

/**
 * Nothing deletes what holds revocations.
 * @see https://docs.cloud.google.com/memorystore/docs/valkey/access-control (looked up 2026-11-21)
 */
const ownStore = [
  "memorystore.instances.create",
  "memorystore.instances.get",
  "memorystore.instances.update",
  "memorystore.operations.get",
] as const;

const connectionPolicy = [
  "networkconnectivity.operations.get",
  "networkconnectivity.serviceConnectionPolicies.create",
  "networkconnectivity.serviceConnectionPolicies.delete",
  "networkconnectivity.serviceConnectionPolicies.get",
  "networkconnectivity.serviceConnectionPolicies.update",
] as const;

const signingKey = [
  "cloudkms.cryptoKeys.create",
  "cloudkms.cryptoKeys.update",
  "cloudkms.keyRings.create",
  "cloudkms.keyRings.get",
] as const;

/** What CI needs beside a route's own permissions to run the component again, as many as the service has parts. Pure. */
export function tokenServicePermissions(service: DeployedTokenService): readonly string[] {
  const { network, signs, deviceAuthorities, store } = service;
  const ownsStore = store?.kind !== "existing";
  return [
    ...always,
    ...(service.certificate.includes("/sslCertificates/") ? olderCertificate : certificate),
    ...(deviceAuthorities === undefined ? [] : devices),
    ...(network.googleApisExist === true ? [] : wayToGoogle),
    ...(ownsStore ? ownStore : []),
    ...(ownsStore && store?.connectionPolicyExists !== true ? connectionPolicy : []),
    ...(signs ? signingKey : []),
  ];
}

/** What a person grants beside the project's role, on one resource each, or does. */
export const tokenServiceDeployerSteps: readonly string[] = [
  "Let the deployer act as the token service's account (roles/iam.serviceAccountUser), on that account alone: no role of a whole project may.",
  "Let the deployer read the token service's own secrets (roles/secretmanager.secretAccessor), on each alone: the provider reads again what it wrote.",
  "The deployer cannot change what the token service's account may do or who reads its secrets: apply such a change as a person.",
];
