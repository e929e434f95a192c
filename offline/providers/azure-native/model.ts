import { azureRegionName } from "../../../residency/azure/foundry.ts";
import type { ProviderModel } from "../provider-model.ts";
import { providerModel } from "../shared/model.ts";
import { type Properties, unknown } from "../struct.ts";
import { completeWith, createBeforeDelete } from "./complete.ts";
import { conventionalOutput, factOf } from "./facts.ts";
import { invokesWith } from "./invokes.ts";
import { Memory } from "./memory.ts";
import { refusals } from "./refusals.ts";
import { resourceTypes, schema } from "./resource-types.ts";
import { configRules } from "./rules.ts";
import { readSettings } from "./settings.ts";

const groupType = "azure-native:resources:ResourceGroup";
const stackType = "azure-native:resources:DeploymentStackAtResourceGroup";

/** Resources of a template are told apart by type and name, so that a preview shows which one changed. */
const aligned: ReadonlySet<string> = new Set([
  "template.resources",
  "properties.template.resources",
]);

/** The Azure provider as data and functions, without the wire; it remembers groups and taken names. */
export function azureNativeModel(): ProviderModel {
  const memory = new Memory();
  const base = providerModel({
    name: "azure-native",
    schema,
    types: resourceTypes,
    isNative: true,
    strangers: "the real provider would drop it without a word",
    invokes: invokesWith(memory),
    configRules,
    places: ["location"],
    settings: readSettings,
    complete: completeWith(memory),
    refusals,
    inherited: () => ({}),
    keeps: () => undefined,
    placeOf: (inputs, settings) => [settings.subscriptionId, inputs.location ?? null],
    derived: () => undefined,
    conventional: conventionalOutput,
    fact: factOf,
  });
  const remember = (type: string, urn: string, inputs: Properties, config: Properties): void => {
    memory.exists(type, urn, inputs);
    if (type === groupType) memory.groupExists(readSettings(config).subscriptionId, inputs);
  };
  return {
    ...base,
    check(target, olds, news, config) {
      // Who has inputs of an earlier run exists.
      if (Object.keys(olds).length > 0) remember(target.type, target.urn, olds, config);
      return base.check(target, olds, news, config);
    },
    compared: (target, what, config) => canonical(base.compared(target, what, config)),
    alignedOn: () => aligned,
    deletesFirst: (olds) => olds[createBeforeDelete] !== true,
    create(target, inputs, config) {
      memory.claim(target.type, target.urn, inputs);
      const created = base.create(target, inputs, config);
      remember(target.type, target.urn, inputs, config);
      return created;
    },
    update(target, change, config) {
      const outputs = base.update(target, change, config);
      if (target.type !== stackType) return outputs;
      // What a stack manages follows its template, and is told only when it is done.
      const resources = change.preview
        ? unknown
        : (base.create(target, change.news, config).outputs.resources ?? []);
      return { ...outputs, resources };
    },
    remove(target, state) {
      base.remove(target, state);
      memory.removed(target.type, target.urn, state);
    },
  };
}

/** `East US 2` is `eastus2`, and what the provider notes for itself is no change. */
function canonical(inputs: Properties): Properties {
  const { location } = inputs;
  const own = Object.entries(inputs).filter(([name]) => !name.startsWith("__"));
  return {
    ...Object.fromEntries(own),
    ...(typeof location === "string" && location !== unknown
      ? { location: azureRegionName(location) }
      : {}),
  };
}
