/**
 * Resource types the stand-in models, as `module/Class` of `@pulumi/gcp`.
 * A type missing here is refused at Check with a message that names this folder.
 */
export const modelledTypes = [
  "accesscontextmanager/AccessLevel",
  "accesscontextmanager/AccessPolicy",
  "accesscontextmanager/ServicePerimeter",
  "accesscontextmanager/ServicePerimeterDryRunIngressPolicy",
  "accesscontextmanager/ServicePerimeterDryRunResource",
  "accesscontextmanager/ServicePerimeterResource",
  "assuredworkloads/Workload",
  "bigquery/Dataset",
  "bigquery/DatasetAccess",
  "bigquery/DatasetIamMember",
  "bigquery/Table",
  "cloudrunv2/Service",
  "compute/Address",
  "compute/Firewall",
  "compute/ForwardingRule",
  "compute/GlobalAddress",
  "compute/GlobalForwardingRule",
  "compute/HaVpnGateway",
  "compute/Network",
  "compute/Route",
  "compute/Router",
  "compute/RouterNat",
  "compute/Subnetwork",
  "compute/VPNGateway",
  "dns/ManagedZone",
  "dns/Policy",
  "dns/RecordSet",
  "folder/IAMBinding",
  "folder/IAMMember",
  "folder/IamAuditConfig",
  "iam/DenyPolicy",
  "iam/PrincipalAccessBoundaryPolicy",
  "iam/WorkforcePool",
  "iam/WorkforcePoolProvider",
  "iam/WorkforcePoolProviderScimTenant",
  "iam/WorkloadIdentityPool",
  "iam/WorkloadIdentityPoolProvider",
  "kms/AutokeyConfig",
  "kms/CryptoKey",
  "kms/CryptoKeyIAMBinding",
  "kms/CryptoKeyIAMMember",
  "kms/EkmConnection",
  "kms/KeyRing",
  "kms/KeyRingIAMMember",
  "logging/FolderSink",
  "logging/LinkedDataset",
  "logging/LogView",
  "logging/Metric",
  "logging/OrganizationSink",
  "logging/ProjectBucketConfig",
  "logging/ProjectSink",
  "monitoring/AlertPolicy",
  "networkconnectivity/RegionalEndpoint",
  "organizations/Folder",
  "organizations/IAMBinding",
  "organizations/IAMCustomRole",
  "organizations/IAMMember",
  "organizations/IAMPolicy",
  "organizations/IamAuditConfig",
  "organizations/Project",
  "orgpolicy/CustomConstraint",
  "orgpolicy/Policy",
  "projects/AccessApprovalSettings",
  "projects/IAMAuditConfig",
  "projects/IAMBinding",
  "projects/IAMCustomRole",
  "projects/IAMMember",
  "projects/IAMPolicy",
  "projects/OrganizationPolicy",
  "projects/Service",
  "projects/ServiceIdentity",
  "pubsub/Topic",
  "secretmanager/Secret",
  "serviceaccount/Account",
  "serviceaccount/IAMBinding",
  "serviceaccount/IAMMember",
  "serviceaccount/Key",
  "serviceusage/ConsumerQuotaOverride",
  "storage/Bucket",
  "storage/BucketIAMBinding",
  "storage/BucketIAMMember",
  "vertex/AiCacheConfig",
  "vertex/AiEndpoint",
  "vertex/AiModelGardenEnableModel",
] as const;

/** `module/Class` of a type the stand-in models. */
export type ModelledType = (typeof modelledTypes)[number];

/** File of the class inside its module: `KeyRing` lives in `keyRing`, `IAMMember` in `iammember`. */
export function fileNameOf(className: string): string {
  return className.replace(/^[A-Z]+/, (start) => start.toLowerCase());
}

/** Pulumi type token, for example `gcp:kms/keyRing:KeyRing`. */
export function tokenOf(type: string): string {
  const [module = "", className = ""] = type.split("/");
  return `gcp:${module}/${className.charAt(0).toLowerCase()}${className.slice(1)}:${className}`;
}
