import type { Failure } from "../failure.ts";
import type { Modelled } from "../shared/modelled.ts";
import { checkRules } from "../shared/rules.ts";
import { isList, isMap, type Properties, unknown, type Value } from "../struct.ts";
import { templateFailures } from "./arm-template.ts";
import { locationFailures } from "./locations.ts";
import { commonRules } from "./rules.ts";

/** What Azure refuses beyond the rules of a type. */
export function refusals(inputs: Properties, type: Modelled): Failure[] {
  return [
    ...checkRules(inputs, commonRules),
    ...locationFailures(inputs, type),
    ...(own[type.token]?.(inputs) ?? []),
  ];
}

const own: Readonly<Record<string, (inputs: Properties) => Failure[]>> = {
  "azure-native:resources:DeploymentStackAtResourceGroup": ({ template, parameters }) =>
    templateFailures(template, "template", parameters),
  "azure-native:resources:Deployment": ({ properties }) =>
    isMap(properties)
      ? templateFailures(properties.template, "properties.template", properties.parameters)
      : [],
  "azure-native:cognitiveservices:Deployment": claudeDeployment,
  "azure-native:authorization:PolicyDefinition": policyRule,
  "azure-native:monitor:DiagnosticSetting": diagnostics,
  "azure-native:app:ManagedEnvironment": internalEnvironment,
};

/** The real provider would send the deployment without the data Anthropic's offer needs. */
function claudeDeployment({ properties }: Properties): Failure[] {
  const model = isMap(properties) ? properties.model : undefined;
  return isMap(model) && model.format === "Anthropic"
    ? [
        {
          property: "properties.model.format",
          reason:
            "a Claude deployment needs modelProviderData, which this type does not have; put it into the template of a DeploymentStackAtResourceGroup",
        },
      ]
    : [];
}

/** Source: https://learn.microsoft.com/en-us/azure/governance/policy/concepts/definition-structure-policy-rule, read 2026-11-21. */
function policyRule({ policyRule: rule }: Properties): Failure[] {
  if (rule === unknown) return [];
  if (!isMap(rule))
    return [{ property: "policyRule", reason: "a policy needs a rule, as an object" }];
  const failures: Failure[] = [];
  if (!isMap(rule.if) && rule.if !== unknown)
    failures.push({ property: "policyRule.if", reason: "a policy's rule needs a condition" });
  const effect: Value | undefined = isMap(rule.then) ? rule.then.effect : rule.then;
  if (typeof effect !== "string" || effect === "")
    failures.push({
      property: "policyRule.then.effect",
      reason: "a policy's rule needs an effect",
    });
  return failures;
}

const destinations = [
  ...["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId"],
  "serviceBusRuleId",
];

/** Source: https://learn.microsoft.com/en-us/azure/azure-monitor/essentials/diagnostic-settings, read 2026-11-21. */
function diagnostics(inputs: Properties): Failure[] {
  const failures: Failure[] = [];
  if (destinations.every((name) => inputs[name] === undefined))
    failures.push({
      property: "workspaceId",
      reason:
        "a diagnostic setting needs a destination: a workspace, a storage account or an event hub",
    });
  const { logs, metrics } = inputs;
  if (logs === undefined && metrics === undefined)
    failures.push({ property: "logs", reason: "a diagnostic setting needs logs or metrics" });
  for (const [index, log] of (isList(logs) ? logs : []).entries())
    if (isMap(log) && (log.category === undefined) === (log.categoryGroup === undefined))
      failures.push({
        property: `logs[${index}]`,
        reason: "needs a category or a categoryGroup, and not both",
      });
  return failures;
}

/** Source: https://learn.microsoft.com/azure/container-apps/networking (an internal environment needs a network), read 2026-11-21. */
function internalEnvironment({ vnetConfiguration: network }: Properties): Failure[] {
  return isMap(network) && network.internal === true && network.infrastructureSubnetId === undefined
    ? [
        {
          property: "vnetConfiguration.infrastructureSubnetId",
          reason: "an internal environment needs a subnet to stand in",
        },
      ]
    : [];
}
