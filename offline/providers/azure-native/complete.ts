import type { Failure } from "../failure.ts";
import type { Asked } from "../shared/cloud.ts";
import { logicalName } from "../shared/naming.ts";
import { digits, uuidOf } from "../shared/template.ts";
import { unknown, type Value } from "../struct.ts";
import type { Memory } from "./memory.ts";
import { apiVersionOf, namingOf } from "./resource-types.ts";
import type { Settings } from "./settings.ts";

/** Where the provider leaves word that it made a name, so that a replacement may come before the deletion. */
export const createBeforeDelete = "__createBeforeDelete";

/** Types whose location Azure itself decides or does not ask for. */
const placeless = new Set([
  "azure-native:authorization:PolicyAssignment",
  "azure-native:resources:DeploymentStackAtResourceGroup",
]);

/**
 * Fills what the real provider fills in Check: location, name, API version.
 * Source: github.com/pulumi/pulumi-azure-native, provider/pkg/provider/provider.go (`applyDefaults`,
 * `getDefaultLocation`, `getDefaultName`), read 2026-11-21.
 */
export function completeWith(memory: Memory) {
  return (inputs: Record<string, Value>, asked: Asked<Settings>): Failure[] => {
    const failures = locate(inputs, asked, memory);
    nameIt(inputs, asked);
    inputs.azureApiVersion ??= apiVersionOf(asked.type.token);
    return failures;
  };
}

function locate(
  inputs: Record<string, Value>,
  { type, olds, settings }: Asked<Settings>,
  memory: Memory,
): Failure[] {
  const takesOne =
    type.schema.inputs.has("location") && type.token !== "azure-native:resources:Deployment";
  if (!takesOne || inputs.location !== undefined) return [];
  const location = olds.location ?? settings.location ?? locationOfGroup(inputs, settings, memory);
  if (location !== undefined) inputs.location = location;
  else if (!placeless.has(type.token))
    return [
      {
        property: "location",
        reason:
          "neither the resource nor its provider names a location, and its resource group is not known; set `location` on either",
      },
    ];
  return [];
}

function locationOfGroup(
  { resourceGroupName }: Readonly<Record<string, Value>>,
  { subscriptionId }: Settings,
  memory: Memory,
): Value | undefined {
  if (resourceGroupName === unknown) return unknown;
  return typeof resourceGroupName === "string"
    ? memory.locationOf(subscriptionId, resourceGroupName)
    : undefined;
}

function nameIt(
  inputs: Record<string, Value>,
  { type, urn, olds, settings }: Asked<Settings>,
): void {
  const { input, style } = namingOf(type.token);
  if (inputs[input] !== undefined) return;
  const old = olds[input];
  if (old !== undefined) {
    inputs[input] = old;
    if (olds[createBeforeDelete] === true) inputs[createBeforeDelete] = true;
    return;
  }
  const logical = logicalName(urn);
  // The real provider draws from a random seed; this one from what makes a replacement another resource.
  const identity = [...type.replaceOn, "location"].map((name) => [name, inputs[name] ?? null]);
  const digest = digits(JSON.stringify([urn, settings.subscriptionId, identity]), "name");
  if (style === "copy") inputs[input] = logical;
  else {
    inputs[input] = style === "uuid" ? uuidOf(digest) : `${logical}${digest.slice(0, 8)}`;
    inputs[createBeforeDelete] = true;
  }
}
