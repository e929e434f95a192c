import { type ArmType, inGroup } from "../arm.ts";
import { armId, matches, needed, oneOf } from "../rules.ts";

const environment = "Microsoft.App/managedEnvironments/{environmentName}";
const environmentName = matches(
  "environmentName",
  /^[a-z]([-a-z0-9]{0,58}[a-z0-9])?$/,
  "an environment's name: 1 to 60 lower-case letters, digits and hyphens, a letter first, no hyphen last",
);
const userAssigned = armId(
  "identity.userAssignedIdentities[]",
  "Microsoft.ManagedIdentity/userAssignedIdentities",
);

/** Container Apps. Source: the REST API's schemas and the name rules of Azure Resource Manager, read 2026-11-21. */
export const appTypes: Readonly<Record<string, ArmType>> = {
  "app/ManagedEnvironment": inGroup(environment, {
    // "After you create an environment, you can't change the network type" nor whether zones are used.
    replaceOn: ["vnetConfiguration", "zoneRedundant"],
    computed: {
      defaultDomain: "{hex:8}.{location}.azurecontainerapps.io",
      deploymentErrors: "",
      eventStreamEndpoint:
        "https://{location}.azurecontainerapps.dev/subscriptions/{subscription}/resourceGroups/{resourceGroupName}/managedEnvironments/{environmentName}/eventstream",
      privateEndpointConnections: [],
      privateLinkDefaultDomain: "privatelink.{location}.azurecontainerapps.io",
      staticIp: "10.0.0.62",
    },
    rules: [
      environmentName,
      armId(
        "vnetConfiguration.infrastructureSubnetId",
        "Microsoft.Network/virtualNetworks/subnets",
      ),
      oneOf("publicNetworkAccess", "Enabled", "Disabled"),
      oneOf("appLogsConfiguration.destination", "log-analytics", "azure-monitor", "none"),
      needed("workloadProfiles.name"),
      needed("workloadProfiles.workloadProfileType"),
      userAssigned,
    ],
  }),
  "app/Certificate": inGroup(`${environment}/certificates/{certificateName}`, {
    inside: {
      properties: {
        deploymentErrors: "",
        expirationDate: "2027-01-01T00:00:00Z",
        issueDate: "2026-01-01T00:00:00Z",
        issuer: "offline",
        provisioningState: "Succeeded",
        publicKeyHash: "{hex:40}",
        subjectName: "offline",
        thumbprint: "{hex:40}",
        valid: true,
      },
    },
    rules: [
      environmentName,
      matches(
        "properties.certificateKeyVaultProperties.keyVaultUrl",
        /^https:\/\/[a-z0-9-]+\.vault\.azure\.net\/secrets\/[-A-Za-z0-9]+(\/[0-9a-f]{32})?$/,
        "the address of a vault's secret: https://NAME.vault.azure.net/secrets/NAME",
      ),
    ],
  }),
  "app/ContainerApp": inGroup("Microsoft.App/containerApps/{containerAppName}", {
    replaceOn: ["environmentId"],
    computed: {
      customDomainVerificationId: "{upper:64}",
      deploymentErrors: "",
      eventStreamEndpoint:
        "https://{location}.azurecontainerapps.dev/subscriptions/{subscription}/resourceGroups/{resourceGroupName}/containerApps/{containerAppName}/eventstream",
      latestReadyRevisionName: "{containerAppName}--0000001",
      latestRevisionFqdn: "{containerAppName}--0000001.{location}.azurecontainerapps.io",
      latestRevisionName: "{containerAppName}--0000001",
      managedEnvironmentId: "{environmentId}",
      outboundIpAddresses: [],
      runningStatus: "Running",
    },
    rules: [
      matches(
        "containerAppName",
        /^[a-z](?!.*--)[-a-z0-9]{0,30}[a-z0-9]$/,
        "an app's name: 2 to 32 lower-case letters, digits and hyphens, a letter first, no hyphen last, no two in a row",
      ),
      armId("environmentId", "Microsoft.App/managedEnvironments"),
      oneOf("configuration.activeRevisionsMode", "Single", "Multiple", "Labels"),
      oneOf("configuration.ingress.transport", "auto", "http", "http2", "tcp"),
      oneOf("configuration.ingress.clientCertificateMode", "ignore", "accept", "require"),
      oneOf("configuration.ingress.ipSecurityRestrictions.action", "Allow", "Deny"),
      { rule: "cidr", at: "configuration.ingress.ipSecurityRestrictions.ipAddressRange" },
      oneOf("configuration.ingress.customDomains.bindingType", "Disabled", "SniEnabled", "Auto"),
      { rule: "range", at: "configuration.ingress.targetPort", min: 1, max: 65_535 },
      { rule: "range", at: "template.scale.minReplicas", min: 0, max: 1000 },
      { rule: "range", at: "template.scale.maxReplicas", min: 1, max: 1000 },
      { rule: "range", at: "template.terminationGracePeriodSeconds", min: 0, max: 600 },
      needed("template.containers.name"),
      needed("template.containers.image"),
      oneOf("template.containers.probes.type", "Liveness", "Readiness", "Startup"),
      userAssigned,
    ],
  }),
};
