import { type ArmType, armType } from "../arm.ts";
import { guid, matches, needed, oneOf, roleDefinition, scope } from "../rules.ts";

const subscription = "/subscriptions/{subscription}";
const authorization = "Microsoft.Authorization";

const policyName = (at: string, maxLength: number) =>
  matches(
    at,
    new RegExp(`^[^<>*%&:\\\\?.+/]{0,${maxLength - 1}}[^<>*%&:\\\\?.+/ ]$`),
    `a policy's name: 1 to ${maxLength} characters, none of <>*%&:\\?.+/ and no space last`,
  );

const policyId = (at: string) =>
  matches(
    at,
    /^(\/.+)?\/providers\/Microsoft\.Authorization\/policy(Set)?Definitions\/[^/]+$/i,
    "the id of a policy: /providers/Microsoft.Authorization/policyDefinitions/NAME, a subscription or group in front of an own one",
  );

/** Roles and policies. Source: the REST API's schemas and the name rules of Azure Resource Manager. */
export const accessTypes: Readonly<Record<string, ArmType>> = {
  "authorization/RoleAssignment": armType(
    "{scope}",
    `${authorization}/roleAssignments/{roleAssignmentName}`,
    {
      replaceOn: ["principalId"],
      rules: [
        scope("scope"),
        guid("principalId"),
        guid("roleAssignmentName"),
        roleDefinition("roleDefinitionId"),
        oneOf(
          "principalType",
          ...["User", "Group", "ServicePrincipal", "ForeignGroup", "Device", "AgentUser"],
          "AgentServicePrincipal",
        ),
        { rule: "requires", at: "condition", needs: "conditionVersion" },
        oneOf("conditionVersion", "2.0"),
      ],
    },
  ),
  "authorization/RoleDefinition": armType(
    "{scope}",
    `${authorization}/roleDefinitions/{roleDefinitionId}`,
    {
      rules: [
        scope("scope"),
        guid("roleDefinitionId"),
        needed("roleName"),
        needed("permissions"),
        needed("assignableScopes"),
        matches("roleName", /^.{1,128}$/, "a role's name: 1 to 128 characters"),
        scope("assignableScopes[]"),
        { rule: "count", at: "assignableScopes", min: 1, max: 2000 },
        { rule: "count", at: "permissions", min: 1, max: 1 },
      ],
    },
  ),
  "authorization/PolicyDefinition": armType(
    subscription,
    `${authorization}/policyDefinitions/{policyDefinitionName}`,
    {
      rules: [
        policyName("policyDefinitionName", 64),
        needed("policyRule"),
        matches("mode", /^(All|Indexed|Microsoft\.[\w.]+)$/, "a mode, as All or Indexed"),
        oneOf("policyType", "Custom"),
      ],
    },
  ),
  "authorization/PolicySetDefinition": armType(
    subscription,
    `${authorization}/policySetDefinitions/{policySetDefinitionName}`,
    {
      rules: [
        policyName("policySetDefinitionName", 64),
        { rule: "count", at: "policyDefinitions", min: 1, max: 1000 },
        policyId("policyDefinitions.policyDefinitionId"),
        oneOf("policyType", "Custom"),
      ],
    },
  ),
  "authorization/PolicyAssignment": armType(
    "{scope}",
    `${authorization}/policyAssignments/{policyAssignmentName}`,
    {
      computed: { instanceId: "{uuid}" },
      inside: { identity: { principalId: "{systemPrincipal}", tenantId: "{tenant}" } },
      rules: [
        scope("scope"),
        policyName("policyAssignmentName", 128),
        needed("policyDefinitionId"),
        policyId("policyDefinitionId"),
        oneOf("enforcementMode", "Default", "DoNotEnforce"),
        // Azure makes the identity in a region of its own.
        { rule: "requires", at: "identity", needs: "location" },
      ],
    },
  ),
};
