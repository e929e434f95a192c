/**
 * Resource types the stand-in models, as `module/Class` of `@pulumi/azure-native`, with the version of
 * the REST API each speaks. A type missing here is refused at Check with a message that names this folder.
 */
export const apiVersions = {
  "app/Certificate": "2025-02-02-preview",
  "app/ContainerApp": "2025-02-02-preview",
  "app/ManagedEnvironment": "2025-02-02-preview",
  "authorization/PolicyAssignment": "2025-01-01",
  "authorization/PolicyDefinition": "2025-01-01",
  "authorization/PolicySetDefinition": "2025-01-01",
  "authorization/RoleAssignment": "2022-04-01",
  "authorization/RoleDefinition": "2022-05-01-preview",
  "cognitiveservices/Account": "2025-06-01",
  "cognitiveservices/Deployment": "2025-06-01",
  "cognitiveservices/Project": "2025-06-01",
  "eventhub/EventHub": "2024-01-01",
  "eventhub/Namespace": "2024-01-01",
  "eventhub/NamespaceAuthorizationRule": "2024-01-01",
  "keyvault/Key": "2024-11-01",
  "keyvault/Vault": "2024-11-01",
  "managedidentity/FederatedIdentityCredential": "2023-01-31",
  "managedidentity/UserAssignedIdentity": "2023-01-31",
  "monitor/DiagnosticSetting": "2021-05-01-preview",
  "network/NetworkSecurityGroup": "2024-05-01",
  "network/PrivateDnsZoneGroup": "2024-05-01",
  "network/PrivateEndpoint": "2024-05-01",
  "network/Subnet": "2024-05-01",
  "network/VirtualNetwork": "2024-05-01",
  "operationalinsights/Workspace": "2023-09-01",
  "privatedns/PrivateRecordSet": "2024-06-01",
  "privatedns/PrivateZone": "2024-06-01",
  "privatedns/VirtualNetworkLink": "2024-06-01",
  "redisenterprise/AccessPolicyAssignment": "2025-07-01",
  "redisenterprise/Database": "2025-07-01",
  "redisenterprise/RedisEnterprise": "2025-07-01",
  "resources/Deployment": "2024-03-01",
  "resources/DeploymentStackAtResourceGroup": "2024-03-01",
  "resources/ResourceGroup": "2024-03-01",
  "securityinsights/SentinelOnboardingState": "2024-09-01",
  "storage/StorageAccount": "2024-01-01",
} as const;

/** `module/Class` of a type the stand-in models. */
export type ModelledType = keyof typeof apiVersions;

/** Every modelled type. */
export const modelledTypes = Object.keys(apiVersions) as readonly ModelledType[];

/** File of the class inside its module: `RoleAssignment` lives in `roleAssignment`. */
export function fileNameOf(className: string): string {
  return `${className.charAt(0).toLowerCase()}${className.slice(1)}`;
}

/** Pulumi type token, for example `azure-native:cognitiveservices:Account`. */
export function tokenOf(type: string): string {
  return `azure-native:${type.replace("/", ":")}`;
}
