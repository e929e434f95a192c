/** Names of Azure's types: Pulumi's tokens, ARM's types, and the resources an ARM id stands for. */

/** An ARM type the pack reads: the kind Pulumi gives it, and the input that holds its name. */
interface ArmType {
  readonly kind: string;
  readonly nameProperty: string;
}

const armType = (kind: string, nameProperty: string): ArmType => ({ kind, nameProperty });

/** By ARM type in lower case, which ARM compares without case. */
const armTypes: Readonly<Record<string, ArmType>> = {
  "microsoft.cognitiveservices/accounts": armType("cognitiveservices/Account", "accountName"),
  "microsoft.cognitiveservices/accounts/deployments": armType(
    "cognitiveservices/Deployment",
    "deploymentName",
  ),
  "microsoft.containerregistry/registries": armType("containerregistry/Registry", "registryName"),
  "microsoft.dbforpostgresql/flexibleservers": armType("dbforpostgresql/Server", "serverName"),
  "microsoft.documentdb/databaseaccounts": armType("cosmosdb/DatabaseAccount", "accountName"),
  "microsoft.dbformysql/flexibleservers": armType("dbformysql/Server", "serverName"),
  "microsoft.eventhub/namespaces": armType("eventhub/Namespace", "namespaceName"),
  "microsoft.insights/diagnosticsettings": armType("monitor/DiagnosticSetting", "name"),
  "microsoft.keyvault/managedhsms": armType("keyvault/ManagedHsm", "name"),
  "microsoft.keyvault/vaults": armType("keyvault/Vault", "vaultName"),
  "microsoft.network/privatednszones": armType("privatedns/PrivateZone", "privateZoneName"),
  "microsoft.network/privateendpoints": armType("network/PrivateEndpoint", "privateEndpointName"),
  "microsoft.network/privateendpoints/privatednszonegroups": armType(
    "network/PrivateDnsZoneGroup",
    "privateDnsZoneGroupName",
  ),
  "microsoft.operationalinsights/workspaces": armType(
    "operationalinsights/Workspace",
    "workspaceName",
  ),
  "microsoft.operationalinsights/workspaces/dataexports": armType(
    "operationalinsights/DataExport",
    "dataExportName",
  ),
  "microsoft.recoveryservices/vaults": armType("recoveryservices/Vault", "vaultName"),
  "microsoft.resources/deployments": armType("resources/Deployment", "deploymentName"),
  "microsoft.resources/deploymentscripts": armType("resources/AzureCliScript", "scriptName"),
  "microsoft.resources/deploymentstacks": armType(
    "resources/DeploymentStackAtResourceGroup",
    "deploymentStackName",
  ),
  "microsoft.resources/resourcegroups": armType("resources/ResourceGroup", "resourceGroupName"),
  "microsoft.servicebus/namespaces": armType("servicebus/Namespace", "namespaceName"),
  "microsoft.sql/managedinstances": armType("sql/ManagedInstance", "managedInstanceName"),
  "microsoft.sql/servers": armType("sql/Server", "serverName"),
  "microsoft.sql/servers/databases": armType("sql/Database", "databaseName"),
  "microsoft.storage/storageaccounts": armType("storage/StorageAccount", "accountName"),
};

/** ARM namespaces that Pulumi calls otherwise. */
const modules: Readonly<Record<string, string>> = {
  documentdb: "cosmosdb",
  insights: "monitor",
};

const nameProperties: ReadonlyMap<string, string> = new Map(
  Object.values(armTypes).map(({ kind, nameProperty }) => [kind, nameProperty]),
);

/** Whether a type token is one of `azure-native`. */
export function isAzure(type: string): boolean {
  return type.startsWith("azure-native:");
}

/** `module/Class` of `azure-native:storage:StorageAccount`, or of `azure-native:storage/v20240101:StorageAccount`. */
export function azureKind(type: string): string {
  const [, path = "", className = ""] = type.split(":");
  return `${path.split("/")[0] ?? ""}/${className}`;
}

/** Type token of `module/Class`. */
export function azureToken(kind: string): string {
  return `azure-native:${kind.replace("/", ":")}`;
}

/** Kind of an ARM type; one the pack has no name for keeps ARM's: `app/managedenvironments`. */
export function kindOfArmType(type: string): string {
  const lower = type.toLowerCase();
  const known = Object.hasOwn(armTypes, lower) ? armTypes[lower] : undefined;
  if (known !== undefined) return known.kind;
  const [namespace = "", ...path] = lower.replace(/^microsoft\./, "").split("/");
  return `${modules[namespace] ?? namespace}/${path.join("/")}`;
}

/** The input of a kind that holds its name; `undefined` where the pack does not look it up by name. */
export function namePropertyOf(kind: string): string | undefined {
  return nameProperties.get(kind);
}

/** What an ARM id stands for, its outermost resource: the parent bounds where its children rest. */
export interface ArmId {
  readonly kind: string;
  readonly name: string;
  readonly resourceGroup: string | undefined;
}

/** Reads `/subscriptions/S/resourceGroups/G/providers/NAMESPACE/TYPE/NAME...`; `undefined` for any other text. */
export function parseArmId(id: string): ArmId | undefined {
  const parts = /\/providers\/([^/]+)\/([^/]+)\/([^/]+)(?:\/[^/]+\/[^/]+)*$/i.exec(id);
  if (parts === null) return undefined;
  const [, namespace = "", type = "", name = ""] = parts;
  const resourceGroup = /\/resourceGroups\/([^/]+)\//i.exec(id)?.[1];
  return { kind: kindOfArmType(`${namespace}/${type}`), name, resourceGroup };
}
