import { expect } from "vitest";

import { group, subscription } from "./ids.ts";
import type { Row } from "./row.ts";

const own = `/subscriptions/${subscription}`;
const role = "a97b65f3-24c7-4388-baec-2e87135dc908";
const assignment = "0f0f0f0f-2222-4333-8444-555555555555";
const policyDefinitionId = `${own}/providers/Microsoft.Authorization/policyDefinitions/claude`;

/** Roles and policies. */
export const accessRows: Readonly<Record<string, Row>> = {
  "authorization/RoleAssignment": [
    {
      scope: group,
      roleAssignmentName: assignment,
      principalId: "12121212-2222-4333-8444-555555555555",
      principalType: "Group",
      roleDefinitionId: `${own}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    },
    `${group}/providers/Microsoft.Authorization/roleAssignments/${assignment}`,
    { name: assignment, type: "Microsoft.Authorization/roleAssignments" },
  ],
  "authorization/RoleDefinition": [
    {
      scope: own,
      roleDefinitionId: role,
      roleName: "Claude in Foundry",
      assignableScopes: [group],
      permissions: [{ dataActions: ["Microsoft.CognitiveServices/accounts/providers/*"] }],
    },
    `${own}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    { name: role, createdOn: "2026-01-01T00:00:00Z" },
  ],
  "authorization/PolicyDefinition": [
    {
      policyDefinitionName: "claude",
      mode: "All",
      // Written as text: a linter takes an object with a `then` for a promise.
      policyRule: JSON.parse('{"if":{"field":"type","equals":"a/b"},"then":{"effect":"deny"}}'),
    },
    policyDefinitionId,
    { name: "claude" },
  ],
  "authorization/PolicySetDefinition": [
    { policySetDefinitionName: "claude", policyDefinitions: [{ policyDefinitionId }] },
    `${own}/providers/Microsoft.Authorization/policySetDefinitions/claude`,
    { name: "claude" },
  ],
  "authorization/PolicyAssignment": [
    {
      scope: group,
      policyAssignmentName: "claude",
      policyDefinitionId,
      identity: { type: "SystemAssigned" },
      location: "eastus2",
    },
    `${group}/providers/Microsoft.Authorization/policyAssignments/claude`,
    { identity: { principalId: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
  ],
};
