import { expect } from "vitest";

import { inGroup, resourceGroupName, subscription } from "./ids.ts";
import type { Row } from "./row.ts";

const account = inGroup("Microsoft.CognitiveServices/accounts/cowork");
const workspace = inGroup("Microsoft.OperationalInsights/workspaces/cowork-logs");
const namespace = inGroup("Microsoft.EventHub/namespaces/cowork-events");

/** Where logs and data go. */
export const logRows: Readonly<Record<string, Row>> = {
  "monitor/DiagnosticSetting": [
    {
      name: "audit",
      resourceUri: account,
      workspaceId: workspace,
      logs: [{ category: "Audit", enabled: true }],
    },
    `${account}/providers/Microsoft.Insights/diagnosticSettings/audit`,
    { type: "Microsoft.Insights/diagnosticSettings" },
  ],
  "operationalinsights/Workspace": [
    { resourceGroupName, workspaceName: "cowork-logs", retentionInDays: 365 },
    workspace,
    { customerId: expect.stringMatching(/^[0-9a-f-]{36}$/), provisioningState: "Succeeded" },
  ],
  "securityinsights/SentinelOnboardingState": [
    {
      resourceGroupName,
      workspaceName: "cowork-logs",
      sentinelOnboardingStateName: "default",
    },
    `${workspace}/providers/Microsoft.SecurityInsights/onboardingStates/default`,
    { name: "default" },
  ],
  "storage/StorageAccount": [
    {
      resourceGroupName,
      accountName: "coworklogs",
      kind: "StorageV2",
      sku: { name: "Standard_ZRS" },
    },
    inGroup("Microsoft.Storage/storageAccounts/coworklogs"),
    {
      primaryLocation: "eastus2",
      primaryEndpoints: { blob: "https://coworklogs.blob.core.windows.net/" },
    },
  ],
  "eventhub/Namespace": [
    { resourceGroupName, namespaceName: "cowork-events", sku: { name: "Standard" } },
    namespace,
    { metricId: `${subscription}:cowork-events`, status: "Active" },
  ],
  "eventhub/EventHub": [
    { resourceGroupName, namespaceName: "cowork-events", eventHubName: "audit" },
    `${namespace}/eventhubs/audit`,
    { name: "audit" },
  ],
  "eventhub/NamespaceAuthorizationRule": [
    {
      resourceGroupName,
      namespaceName: "cowork-events",
      authorizationRuleName: "diagnostics",
      rights: ["Listen", "Send", "Manage"],
    },
    `${namespace}/authorizationRules/diagnostics`,
    { name: "diagnostics" },
  ],
};
