/**
 * Where Google's resource types say they rest. Types are written `module/Class`, as in `gcp.storage.Bucket`.
 * Read from the type definitions of `@pulumi/gcp` 9.37.0 (2026-09-16); defaults from the pages named.
 */

/** A property that stands for another resource, and the property by which that one is found. */
export interface Reference {
  readonly property: string;
  /** Type -> property whose text is the last part of the reference. */
  readonly holders: Readonly<Record<string, string>>;
}

/** A reference to where data goes. */
export interface Target extends Reference {
  /** Whether the resource sends nowhere else, and so cannot be judged without it. */
  readonly required: boolean;
}

/** How a type's places are read where the common inputs do not tell. */
export interface PlaceSpec {
  /** Paths of places beside the common inputs; `*` stands for each entry of a list. */
  readonly places?: readonly string[];
  /** Place Google takes where none is given. */
  readonly absent?: string;
  /** Without a place of its own it rests where this other resource does. */
  readonly within?: Reference;
  /** It only passes data on: where it is does not matter. */
  readonly keepsNothing?: true;
  /** Where it sends data: must be in the zone as well. */
  readonly sendsTo?: readonly Target[];
  /** A block that gives the choice of places to Google, and the reason that is refused. */
  readonly refused?: { readonly path: string; readonly reason: string };
  /** It has no place and keeps nothing while the property has one of these values. */
  readonly placelessWhen?: { readonly property: string; readonly values: readonly string[] };
}

/** Inputs that name a place in any type that has them. */
export const placeInputs: readonly string[] = [
  ...["location", "locationId", "region", "zone"],
  ...["storageLocation", "primaryLocation", "secondaryLocation"],
  ...["locations.*", "regions.*", "zones.*", "storageLocations.*", "replicaZones.*"],
];

/** The same names, and a few more, deeper in a resource: where backups, replicas and nodes rest. */
export const nestedPlaceInput =
  /\.(?:location|locationId|region|zone|storageLocation)$|(?:^|\.)(?:locations|regions|zones|storageLocations|replicaZones|nodeLocations)\.\d+$/;
/** Maps whose keys are anybody's choice. */
export const freeMap =
  /(?:^|\.)(?:\w*labels|annotations|\w*tags|metadata|env\w*|param\w*|properties|substitutions|variables)\./i;

const keyRing = { "kms/KeyRing": "name" };
const key = { "kms/CryptoKey": "name" };
const bucket = { "storage/Bucket": "name" };
const dataset = { "bigquery/Dataset": "datasetId" };
const topic = { "pubsub/Topic": "name" };
const store = { "memorystore/Instance": "instanceId" };
const secret = { "secretmanager/Secret": "secretId", "secretmanager/RegionalSecret": "secretId" };
const logBucket = {
  "logging/ProjectBucketConfig": "bucketId",
  "logging/FolderBucketConfig": "bucketId",
  "logging/OrganizationBucketConfig": "bucketId",
  "logging/BillingAccountBucketConfig": "bucketId",
};

/** Types whose unknown key references may come from: keys, and what leads to one. */
export const keyTypes: readonly string[] = ["kms/CryptoKey", "kms/CryptoKeyVersion"];

/** A target the resource may do without. */
const maybe = (property: string, holders: Reference["holders"]): Target => ({
  property,
  holders,
  required: false,
});
const always = (property: string, holders: Reference["holders"]): Target => ({
  property,
  holders,
  required: true,
});
const sink: PlaceSpec = {
  keepsNothing: true,
  sendsTo: [always("destination", { ...bucket, ...dataset, ...topic, ...logBucket })],
};
const inKeyRing: PlaceSpec = { within: { property: "keyRing", holders: keyRing } };
const underKey: PlaceSpec = { within: { property: "cryptoKey", holders: key } };
const inBucket: PlaceSpec = { within: { property: "bucket", holders: bucket } };
const inLogBucket: PlaceSpec = { within: { property: "bucket", holders: logBucket } };
const inDataset: PlaceSpec = { within: { property: "datasetId", holders: dataset } };
const ofSecret: PlaceSpec = { within: { property: "secret", holders: secret } };

export const placeSpecs: Readonly<Record<string, PlaceSpec>> = {
  // https://docs.cloud.google.com/storage/docs/locations (2026-11): a bucket without a location is in US.
  "storage/Bucket": {
    places: ["customPlacementConfig.dataLocations.*"],
    absent: "US",
    sendsTo: [maybe("logging.logBucket", bucket)],
  },
  "storage/BucketObject": inBucket,
  "storage/Folder": inBucket,
  "storage/ManagedFolder": inBucket,
  "storage/Notification": { ...inBucket, sendsTo: [always("topic", topic)] },
  // https://docs.cloud.google.com/bigquery/docs/locations (2026-11): a dataset without a location is in US.
  "bigquery/Dataset": { absent: "US" },
  "bigquery/DataTransferConfig": {
    absent: "US",
    sendsTo: [always("destinationDatasetId", dataset)],
  },
  "bigquery/Table": inDataset,
  "bigquery/Routine": inDataset,
  "bigquery/RowAccessPolicy": inDataset,
  "kms/CryptoKey": inKeyRing,
  "kms/KeyRingImportJob": inKeyRing,
  "kms/CryptoKeyVersion": underKey,
  "kms/SecretCiphertext": underKey,
  "logging/ProjectSink": sink,
  "logging/FolderSink": sink,
  "logging/OrganizationSink": sink,
  "logging/BillingAccountSink": sink,
  "logging/LinkedDataset": inLogBucket,
  "logging/LogView": inLogBucket,
  "secretmanager/Secret": {
    places: ["replication.userManaged.replicas.*.location"],
    refused: { path: "replication.auto", reason: "Google chooses the places of the copies" },
  },
  "secretmanager/SecretVersion": ofSecret,
  "secretmanager/RegionalSecretVersion": ofSecret,
  // Absent, any region may store messages unless an organization policy says otherwise.
  "pubsub/Topic": { places: ["messageStoragePolicy.allowedPersistenceRegions.*"] },
  "pubsub/Subscription": {
    within: { property: "topic", holders: topic },
    sendsTo: [
      maybe("cloudStorageConfig.bucket", bucket),
      // Neither a table's name nor an address on the internet tells a place.
      maybe("bigqueryConfig.table", {}),
      maybe("pushConfig.pushEndpoint", {}),
    ],
  },
  "vertex/AiFeatureStoreEntityType": {
    within: { property: "featurestore", holders: { "vertex/AiFeatureStore": "name" } },
  },
  // The bundles only lead to Google's own hosts; which one is reached, DNS decides.
  "compute/GlobalForwardingRule": {
    placelessWhen: { property: "target", values: ["all-apis", "vpc-sc"] },
  },
  // Without a location it is one of the global load balancers.
  "networksecurity/ServerTlsPolicy": { absent: "global" },
  // Copies of a store, and what it is a copy of, are named in full with their place.
  "memorystore/Instance": {
    sendsTo: [
      maybe("crossInstanceReplicationConfig.primaryInstance.instance", store),
      maybe("crossInstanceReplicationConfig.secondaryInstances.*.instance", store),
    ],
  },
  "projects/UsageExportBucket": { within: { property: "bucketName", holders: bucket } },
};

/**
 * Configuration that holds neither content nor keys and has no place, or only `global`: whole modules, and
 * single types. Whatever is not listed must say where it rests.
 */
const PLACELESS_MODULES: readonly string[] = [
  ...["accesscontextmanager", "billing", "cloudidentity", "cloudquota", "dns", "essentialcontacts"],
  ...["folder", "iam", "organizations", "orgpolicy", "projects", "resourcemanager"],
  ...["serviceaccount", "servicenetworking", "serviceusage", "tags"],
];
const PLACELESS_TYPES: Readonly<Record<string, string>> = {
  bigquery: "DatasetAccess",
  compute:
    "ExternalVpnGateway Firewall FirewallPolicy FirewallPolicyAssociation FirewallPolicyRule " +
    "FirewallPolicyWithRules GlobalAddress HealthCheck Network NetworkFirewallPolicy " +
    "NetworkFirewallPolicyAssociation NetworkFirewallPolicyRule NetworkFirewallPolicyWithRules " +
    "NetworkPeering NetworkPeeringRoutesConfig Route SharedVPCHostProject SharedVPCServiceProject",
  kms: "AutokeyConfig ProjectAutokeyConfig",
  logging:
    "BillingAccountExclusion FolderExclusion LogScope Metric OrganizationExclusion ProjectExclusion",
  monitoring: "AlertPolicy Dashboard Group MetricDescriptor NotificationChannel Slo",
  networkconnectivity: "Group Hub InternalRange PolicyBasedRoute Spoke",
  privilegedaccessmanager: "entitlement",
  pubsub: "Schema",
  storage: "BucketACL BucketAccessControl DefaultObjectACL DefaultObjectAccessControl ObjectACL",
  // Judged by vertex-is-called-inside-the-zone; the cache switch concerns Gemini only.
  vertex: "AiCacheConfig AiModelGardenEnableModel",
};

/** Types the provider's region or zone decides for, where the resource names none. */
const PROVIDER_DECIDES: Readonly<Record<string, string>> = {
  apigateway: "Gateway",
  artifactregistry: "Repository",
  cloudfunctions: "Function",
  cloudscheduler: "Job",
  compute:
    "Address Autoscaler Disk ForwardingRule HaVpnGateway Instance InstanceGroup InstanceGroupManager " +
    "InterconnectAttachment NetworkAttachment NetworkEndpointGroup PacketMirroring RegionAutoscaler " +
    "RegionBackendService RegionDisk RegionHealthCheck RegionInstanceGroupManager " +
    "RegionInstanceTemplate RegionNetworkEndpoint RegionNetworkFirewallPolicy " +
    "RegionNetworkFirewallPolicyAssociation RegionNetworkFirewallPolicyRule RegionSecurityPolicy " +
    "RegionSslCertificate RegionSslPolicy RegionTargetHttpProxy RegionTargetHttpsProxy " +
    "RegionTargetTcpProxy RegionUrlMap ResourcePolicy Router RouterInterface RouterNat " +
    "RouterNatAddress RouterPeer RouterRoutePolicy ServiceAttachment Subnetwork TargetPool " +
    "VPNGateway VPNTunnel",
  container: "Cluster",
  dataflow: "FlexTemplateJob Job",
  redis: "Cluster Instance",
  sql: "DatabaseInstance",
  vertex:
    "AiDataset AiDeploymentResourcePool AiFeatureGroup AiFeatureOnlineStore AiFeatureStore AiIndex " +
    "AiIndexEndpoint AiMetadataStore AiRagEngineConfig AiReasoningEngine AiTensorboard",
  vpcaccess: "Connector",
  workflows: "Workflow",
};

const setOf = (classes: Readonly<Record<string, string>>): ReadonlySet<string> =>
  new Set(
    Object.entries(classes).flatMap(([module, names]) =>
      names.split(" ").map((name) => `${module}/${name}`),
    ),
  );
const placelessTypes = setOf(PLACELESS_TYPES);
const providerDecides = setOf(PROVIDER_DECIDES);

/** Bindings, members and policies say who may do what; where that is done, other resources tell. */
const GRANT = /(?:Iam|IAM)(?:Binding|Member|Policy|MemberRemove|AuditConfig)$/;

/** Whether a type is configuration without a place of its own. */
export function isPlaceless(kind: string): boolean {
  if (Object.hasOwn(placeSpecs, kind)) return false;
  const [module = ""] = kind.split("/");
  return PLACELESS_MODULES.includes(module) || placelessTypes.has(kind) || GRANT.test(kind);
}

/** Whether the provider's region or zone stands in for a place the resource leaves out. */
export function takesProvidersPlace(kind: string): boolean {
  return providerDecides.has(kind);
}

/** `module/Class` of a type token such as `gcp:storage/bucket:Bucket`. */
export function googleKind(type: string): string {
  const [, path = "", className = ""] = type.split(":");
  return `${path.split("/")[0] ?? ""}/${className}`;
}

/** Type token of `module/Class`. */
export function googleToken(kind: string): string {
  const [module = "", className = ""] = kind.split("/");
  return `gcp:${module}/${className.charAt(0).toLowerCase()}${className.slice(1)}:${className}`;
}
