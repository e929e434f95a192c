/**
 * Where Azure's resource types say they rest. Read from the type definitions of `@pulumi/azure-native` 3.28.0;
 * facts about copies from the pages named.
 */

/** Region -> the one Azure copies its data to (https://learn.microsoft.com/azure/reliability/regions-list, 2026-11-21). */
const pairs: Readonly<Record<string, string>> = {
  australiacentral: "australiacentral2",
  australiacentral2: "australiacentral",
  australiaeast: "australiasoutheast",
  australiasoutheast: "australiaeast",
  brazilsouth: "southcentralus",
  brazilsoutheast: "brazilsouth",
  canadacentral: "canadaeast",
  canadaeast: "canadacentral",
  centralindia: "southindia",
  centralus: "eastus2",
  eastasia: "southeastasia",
  eastus: "westus",
  eastus2: "centralus",
  francecentral: "francesouth",
  francesouth: "francecentral",
  germanynorth: "germanywestcentral",
  germanywestcentral: "germanynorth",
  japaneast: "japanwest",
  japanwest: "japaneast",
  koreacentral: "koreasouth",
  koreasouth: "koreacentral",
  northcentralus: "southcentralus",
  northeurope: "westeurope",
  norwayeast: "norwaywest",
  norwaywest: "norwayeast",
  southafricanorth: "southafricawest",
  southafricawest: "southafricanorth",
  southcentralus: "northcentralus",
  southeastasia: "eastasia",
  southindia: "centralindia",
  swedencentral: "swedensouth",
  swedensouth: "swedencentral",
  switzerlandnorth: "switzerlandwest",
  switzerlandwest: "switzerlandnorth",
  uaecentral: "uaenorth",
  uaenorth: "uaecentral",
  uksouth: "ukwest",
  ukwest: "uksouth",
  westcentralus: "westus2",
  westeurope: "northeurope",
  westindia: "southindia",
  westus: "eastus",
  westus2: "westcentralus",
  westus3: "eastus",
};

/** Regions without a pair, from the same page: nothing is copied on from there. */
const unpaired: ReadonlySet<string> = new Set([
  ...["austriaeast", "belgiumcentral", "chilecentral", "indonesiacentral", "israelcentral"],
  ...["italynorth", "malaysiawest", "mexicocentral", "newzealandnorth", "polandcentral"],
  ...["qatarcentral", "spaincentral"],
]);

/** Vaults of these regions are not copied on (https://learn.microsoft.com/azure/key-vault/general/disaster-recovery-guidance, 2026). */
const vaultsStay: ReadonlySet<string> = new Set(["brazilsouth", "westus3"]);

/** Where Azure copies data of a region; `undefined` when no dated source says. */
export function pairOf(region: string): readonly string[] | undefined {
  if (unpaired.has(region)) return [];
  const pair = Object.hasOwn(pairs, region) ? pairs[region] : undefined;
  return pair === undefined ? undefined : [pair];
}

/** Where the contents of a key vault are copied; `undefined` when no dated source says. */
export function vaultPairOf(region: string): readonly string[] | undefined {
  return vaultsStay.has(region) ? [] : pairOf(region);
}

/** A setting that has the data copied to the paired region. */
export interface CopySetting {
  readonly path: string;
  /** Values with which nothing is copied. */
  readonly stays: RegExp;
  /** What Azure takes where it is absent; `undefined` where that is not known. */
  readonly absent: string | undefined;
  /** A setting with which the other one does not count, and nothing is copied. */
  readonly unless?: { readonly path: string; readonly is: RegExp };
}

/** https://learn.microsoft.com/azure/storage/common/storage-redundancy and the products' pages (2026). */
export const copySettings: Readonly<Record<string, CopySetting>> = {
  "storage/StorageAccount": { path: "sku.name", stays: /_(?:LRS|ZRS)$/i, absent: undefined },
  "sql/Database": {
    path: "requestedBackupStorageRedundancy",
    stays: /^(?:Local|Zone)$/i,
    absent: "Geo",
  },
  "sql/ManagedInstance": {
    path: "requestedBackupStorageRedundancy",
    stays: /^(?:Local|Zone)$/i,
    absent: "Geo",
  },
  // Continuous backups stay in their region (https://learn.microsoft.com/azure/cosmos-db/continuous-backup-restore-introduction, 2026).
  "cosmosdb/DatabaseAccount": {
    path: "backupPolicy.periodicModeProperties.backupStorageRedundancy",
    stays: /^(?:Local|Zone)$/i,
    absent: "Geo",
    unless: { path: "backupPolicy.type", is: /^Continuous$/i },
  },
  "recoveryservices/Vault": {
    path: "redundancySettings.standardTierStorageRedundancy",
    stays: /^(?:Locally|Zone)Redundant$/i,
    absent: "GeoRedundant",
  },
  "dbforpostgresql/Server": {
    path: "backup.geoRedundantBackup",
    stays: /^Disabled$/i,
    absent: "Disabled",
  },
  "dbformysql/Server": {
    path: "backup.geoRedundantBackup",
    stays: /^Disabled$/i,
    absent: "Disabled",
  },
};

/** The resource that children without a location of their own rest in. */
export interface Parent {
  readonly property: string;
  readonly kind: string;
}

const parents: Readonly<Record<string, Parent>> = {
  cognitiveservices: { property: "accountName", kind: "cognitiveservices/Account" },
  containerregistry: { property: "registryName", kind: "containerregistry/Registry" },
  cosmosdb: { property: "accountName", kind: "cosmosdb/DatabaseAccount" },
  dbforpostgresql: { property: "serverName", kind: "dbforpostgresql/Server" },
  eventhub: { property: "namespaceName", kind: "eventhub/Namespace" },
  keyvault: { property: "vaultName", kind: "keyvault/Vault" },
  operationalinsights: { property: "workspaceName", kind: "operationalinsights/Workspace" },
  securityinsights: { property: "workspaceName", kind: "operationalinsights/Workspace" },
  servicebus: { property: "namespaceName", kind: "servicebus/Namespace" },
  sql: { property: "serverName", kind: "sql/Server" },
  storage: { property: "accountName", kind: "storage/StorageAccount" },
};

/** The parent of a kind's children; `undefined` for a module whose resources have none, and for the parent itself. */
export function parentOf(kind: string): Parent | undefined {
  const [module = ""] = kind.split("/");
  const parent = Object.hasOwn(parents, module) ? parents[module] : undefined;
  return parent?.kind === kind ? undefined : parent;
}

/** Who may do what, what is asked of others, and names: `global`, or in no place at all. */
const PLACELESS_MODULES: ReadonlySet<string> = new Set([
  ...["authorization", "billing", "consumption", "costmanagement", "dns", "features"],
  ...["management", "policyinsights", "privatedns", "subscription"],
]);
const PLACELESS_KINDS: ReadonlySet<string> = new Set([
  ...["resources/TagAtScope", "resources/tags", "managedidentity/FederatedIdentityCredential"],
  "managedidentity/userassignedidentities/federatedidentitycredentials",
  ...["monitor/ActionGroup", "monitor/ActivityLogAlert", "monitor/MetricAlert"],
  ...["monitor/DataCollectionRuleAssociation", "monitor/DiagnosticSetting"],
  ...["monitor/ManagementGroupDiagnosticSetting", "monitor/SubscriptionDiagnosticSetting"],
  ...["monitor/PrivateLinkScope", "monitor/PrivateLinkScopedResource"],
  ...["network/PrivateZone", "network/PrivateRecordSet", "network/Zone", "network/RecordSet"],
  ...["resources/DeploymentStacksWhatIfResultsAtManagementGroup"],
  ...["resources/DeploymentStacksWhatIfResultsAtResourceGroup"],
  ...["resources/DeploymentStacksWhatIfResultsAtSubscription", "security/Pricing"],
]);

/** Whether a kind is configuration that keeps neither content nor keys. */
export function isPlaceless(kind: string): boolean {
  return PLACELESS_MODULES.has(kind.split("/")[0] ?? "") || PLACELESS_KINDS.has(kind);
}

/** Parts of networks: what they belong to has the place. Azure's provider gives them no location. */
const NETWORK_PARTS: ReadonlySet<string> = new Set(
  (
    "AdminRule AdminRuleCollection FirewallPolicyRuleCollectionGroup HubRouteTable " +
    "HubVirtualNetworkConnection InboundNatRule NetworkGroup PrivateDnsZoneGroup Route RoutingIntent " +
    "SecurityRule ServiceEndpointPolicyDefinition StaticMember Subnet VirtualNetworkPeering VpnConnection"
  )
    .split(" ")
    .map((name) => `network/${name}`),
);

/** Whether a resource of a kind that names no place keeps nothing: parts of networks, and what a deployment is told. */
export function mayBePlaceless(kind: string): boolean {
  return (
    NETWORK_PARTS.has(kind) ||
    /^network\/[^/]+\//.test(kind) ||
    kind.startsWith("resources/Deployment")
  );
}

// Templates may write names in any case, so these are compared without it.

/** Inputs that name a place wherever they are: replicas, failover and backups rest there. */
export const placeInput =
  /(?:^|\.)(?:location|locationName|region|regionName|primaryLocation|secondaryLocation)$|(?:^|\.)(?:locations|regions|additionalLocations)\.\d+(?:\.name)?$/i;
/** Maps whose keys are anybody's choice. */
export const freeMap =
  /(?:^|\.)(?:tags|metadata|env|environmentVariables|parameters|settings|appSettings|variables)\./i;

/** Inputs that name, by its ARM id, where data is sent or kept. */
export const targetInput =
  /(?:^|\.)(?:workspaceId|workspaceResourceId|storageAccountId|storageAccountIds\.\d+|storageAccountResourceId|storageId|eventHubAuthorizationRuleId|eventHubResourceId|serviceBusRuleId|partnerNamespace|destinationAccount)$|(?:^|\.)userOwnedStorage\.\d+\.resourceId$/i;

/** The same for a single kind, whose input has a name that means something else in others. */
export const ownTargetInput: Readonly<Record<string, RegExp>> = {
  "operationalinsights/DataExport": /(?:^|\.)resourceId$/i,
};

/** Kinds that data is sent to, and what leads to one. */
export const targetKinds: readonly string[] = [
  "operationalinsights/Workspace",
  "storage/StorageAccount",
  "eventhub/Namespace",
  "eventhub/EventHub",
  "eventhub/NamespaceAuthorizationRule",
  "eventhub/EventHubAuthorizationRule",
  "servicebus/Namespace",
  "servicebus/NamespaceAuthorizationRule",
];

/** Inputs that name a key by the address of its vault. */
export const keyInput = /(?:^|\.)(?:keyVaultUri|keyVaultKeyUri|keyUrl|keyIdentifier|keyUri)$/i;
/** Kinds such an address comes from. */
export const keyKinds: readonly string[] = [
  "keyvault/Vault",
  "keyvault/Key",
  "keyvault/ManagedHsm",
];
