import { type ArmType, armType, group, inGroup } from "../arm.ts";
import { armId, matches, needed, oneOf } from "../rules.ts";

const workspace = "Microsoft.OperationalInsights/workspaces/{workspaceName}";
const namespace = "Microsoft.EventHub/namespaces/{namespaceName}";

const eventHubName = (at: string) =>
  matches(
    at,
    /^[A-Za-z0-9]([-\w.]{0,254}[A-Za-z0-9])?$/,
    "a name: 1 to 256 letters, digits, periods, hyphens and underscores, a letter or digit first and last",
  );

/** Where logs and data go. Source: the REST API's schemas and the name rules of Azure Resource Manager. */
export const logTypes: Readonly<Record<string, ArmType>> = {
  "monitor/DiagnosticSetting": armType(
    "{resourceUri}",
    "Microsoft.Insights/diagnosticSettings/{name}",
    {
      rules: [
        matches(
          "name",
          /^[^*#<>%&:\\?+/]{1,260}$/,
          "a setting's name: 1 to 260 characters, none of *#<>%&:\\?+/",
        ),
        matches("resourceUri", /^\/subscriptions\/[^/]+/, "the id of a resource"),
        armId("workspaceId", "Microsoft.OperationalInsights/workspaces"),
        armId("storageAccountId", "Microsoft.Storage/storageAccounts"),
        armId("eventHubAuthorizationRuleId", "Microsoft.EventHub/namespaces/authorizationRules"),
        { rule: "requires", at: "eventHubName", needs: "eventHubAuthorizationRuleId" },
        oneOf("logAnalyticsDestinationType", "Dedicated", "AzureDiagnostics"),
      ],
    },
  ),
  "operationalinsights/Workspace": inGroup(workspace, {
    computed: { customerId: "{uuid}", privateLinkScopedResources: [] },
    rules: [
      matches(
        "workspaceName",
        /^[A-Za-z0-9][-A-Za-z0-9]{2,61}[A-Za-z0-9]$/,
        "a workspace's name: 4 to 63 letters, digits and hyphens, a letter or digit first and last",
      ),
      // An account before 2018 may keep logs for 7 days; everybody else from 30 on.
      { rule: "range", at: "retentionInDays", min: 30, max: 730 },
      oneOf("sku.name", "PerGB2018", "CapacityReservation", "LACluster", "Standalone", "PerNode"),
      oneOf("publicNetworkAccessForIngestion", "Enabled", "Disabled", "SecuredByPerimeter"),
      oneOf("publicNetworkAccessForQuery", "Enabled", "Disabled", "SecuredByPerimeter"),
    ],
  }),
  "securityinsights/SentinelOnboardingState": armType(
    `${group}/providers/${workspace}`,
    "Microsoft.SecurityInsights/onboardingStates/{sentinelOnboardingStateName}",
    { rules: [oneOf("sentinelOnboardingStateName", "default")] },
  ),
  "storage/StorageAccount": inGroup("Microsoft.Storage/storageAccounts/{accountName}", {
    replaceOn: ["isHnsEnabled"],
    computed: {
      creationTime: "2026-01-01T00:00:00Z",
      primaryLocation: "{location}",
      primaryEndpoints: {
        blob: "https://{accountName}.blob.core.windows.net/",
        dfs: "https://{accountName}.dfs.core.windows.net/",
        file: "https://{accountName}.file.core.windows.net/",
        queue: "https://{accountName}.queue.core.windows.net/",
        table: "https://{accountName}.table.core.windows.net/",
        web: "https://{accountName}.z1.web.core.windows.net/",
      },
      statusOfPrimary: "available",
    },
    rules: [
      matches(
        "accountName",
        /^[a-z0-9]{3,24}$/,
        "a storage account's name: 3 to 24 lower-case letters and digits",
      ),
      oneOf("kind", "Storage", "StorageV2", "BlobStorage", "FileStorage", "BlockBlobStorage"),
      matches("sku.name", /^(Standard|Premium)(V2)?_[A-Z]+$/, "a SKU, as Standard_ZRS"),
      oneOf("minimumTlsVersion", "TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"),
      oneOf("publicNetworkAccess", "Enabled", "Disabled", "SecuredByPerimeter"),
      oneOf("networkRuleSet.defaultAction", "Allow", "Deny"),
    ],
  }),
  "eventhub/Namespace": inGroup(namespace, {
    computed: {
      metricId: "{subscription}:{namespaceName}",
      serviceBusEndpoint: "https://{namespaceName}.servicebus.windows.net:443/",
      status: "Active",
    },
    rules: [
      matches(
        "namespaceName",
        /^[A-Za-z][-A-Za-z0-9]{4,48}[A-Za-z0-9]$/,
        "a namespace's name: 6 to 50 letters, digits and hyphens, a letter first, no hyphen last",
      ),
      needed("sku"),
      oneOf("sku.name", "Basic", "Standard", "Premium"),
      oneOf("minimumTlsVersion", "1.0", "1.1", "1.2"),
      oneOf("publicNetworkAccess", "Enabled", "Disabled", "SecuredByPerimeter"),
    ],
  }),
  "eventhub/EventHub": inGroup(`${namespace}/eventhubs/{eventHubName}`, {
    replaceOn: ["partitionCount"],
    rules: [
      eventHubName("eventHubName"),
      { rule: "range", at: "messageRetentionInDays", min: 1, max: 90 },
      { rule: "range", at: "partitionCount", min: 1, max: 1024 },
    ],
  }),
  "eventhub/NamespaceAuthorizationRule": inGroup(
    `${namespace}/authorizationRules/{authorizationRuleName}`,
    {
      rules: [
        eventHubName("authorizationRuleName"),
        { rule: "count", at: "rights", min: 1, max: 3 },
        oneOf("rights[]", "Manage", "Send", "Listen"),
      ],
    },
  ),
};
