import { type ArmType, inGroup } from "../arm.ts";
import { guid, matches, oneOf } from "../rules.ts";

/** Source of the lengths: https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules, read 2026-11-21. */
const deploymentName = (at: string) =>
  matches(
    at,
    /^[-\w.()]{1,64}$/,
    "a name: 1 to 64 letters, digits, underscores, hyphens, periods and parentheses",
  );

/** Resource groups and what deploys templates into them. */
export const resourcesTypes: Readonly<Record<string, ArmType>> = {
  "resources/ResourceGroup": {
    id: "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}",
    armType: "Microsoft.Resources/resourceGroups",
    naming: { input: "resourceGroupName", style: "random" },
    autoName: "none",
    replaceOn: ["resourceGroupName"],
    computed: { properties: { provisioningState: "Succeeded" } },
  },
  "resources/Deployment": inGroup("Microsoft.Resources/deployments/{deploymentName}", {
    inside: { properties: { provisioningState: "Succeeded", outputs: {} } },
    rules: [deploymentName("deploymentName"), oneOf("properties.mode", "Incremental", "Complete")],
  }),
  "resources/DeploymentStackAtResourceGroup": inGroup(
    "Microsoft.Resources/deploymentStacks/{deploymentStackName}",
    {
      computed: {
        deploymentId:
          "{groupId}/providers/Microsoft.Resources/deployments/{deploymentStackName}-{hex:12}",
        correlationId: "{uuid}",
        duration: "PT1M",
        outputs: {},
      },
      rules: [
        deploymentName("deploymentStackName"),
        { rule: "exactlyOne", of: ["template", "templateLink"] },
        { rule: "atMostOne", of: ["parameters", "parametersLink"] },
        oneOf("actionOnUnmanage.resources", "delete", "detach"),
        oneOf("actionOnUnmanage.resourceGroups", "delete", "detach"),
        oneOf("actionOnUnmanage.managementGroups", "delete", "detach"),
        oneOf("denySettings.mode", "none", "denyDelete", "denyWriteAndDelete"),
        guid("denySettings.excludedPrincipals[]"),
        { rule: "count", at: "denySettings.excludedPrincipals", min: 0, max: 5 },
        { rule: "count", at: "denySettings.excludedActions", min: 0, max: 200 },
      ],
    },
  ),
};
