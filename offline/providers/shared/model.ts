import type { ProviderModel } from "../provider-model.ts";
import type { Properties, Value } from "../struct.ts";
import { checkInputs } from "./check.ts";
import { checkShape } from "./check-shape.ts";
import type { Cloud } from "./cloud.ts";
import { createdState, previewOutputs, updatedOutputs } from "./compute.ts";
import { parsedConfig } from "./config-text.ts";
import type { Modelled } from "./modelled.ts";
import { logicalName } from "./naming.ts";
import { checkRules } from "./rules.ts";

/** A provider as data and functions, without the wire. */
export function providerModel<Settings>(cloud: Cloud<Settings>): ProviderModel {
  const folder = `offline/providers/${cloud.name}`;
  const typeOf = (token: string): Modelled => {
    const type = cloud.types.get(token);
    if (type === undefined)
      throw new Error(
        `the offline ${cloud.name} stand-in does not model "${token}"; add it to ${folder}/type-tokens.ts and ${folder}/types/`,
      );
    return type;
  };
  return {
    name: cloud.name,
    version: cloud.schema.version,
    checkConfig: (inputs) => ({ inputs, failures: configFailures(cloud, inputs) }),
    check: ({ urn, type }, olds, news, config) =>
      checkInputs(cloud, {
        type: typeOf(type),
        urn,
        olds,
        news,
        settings: cloud.settings(config),
      }),
    compared: ({ type }, { inputs, from }, config) => {
      const { outputs } = typeOf(type).schema;
      const places = Object.keys(cloud.inherited(cloud.settings(config))).filter((name) =>
        outputs.has(name),
      );
      const values = from ?? cloud.inherited(cloud.settings(config));
      const added = places.flatMap((name): [string, Value][] => {
        const value = values[name];
        return inputs[name] === undefined && value !== undefined ? [[name, value]] : [];
      });
      return { ...inputs, ...Object.fromEntries(added) };
    },
    remove: ({ urn }, state) => {
      const reason = cloud.keeps(state);
      if (reason !== undefined) throw new Error(`${logicalName(urn)} cannot be deleted: ${reason}`);
    },
    replaceOn: (type) => new Set([...cloud.places, ...typeOf(type).replaceOn]),
    previewCreate: ({ urn, type }, inputs, config) =>
      previewOutputs(cloud, { type: typeOf(type), urn, inputs, settings: cloud.settings(config) }),
    create: ({ urn, type }, inputs, config) =>
      createdState(cloud, { type: typeOf(type), urn, inputs, settings: cloud.settings(config) }),
    update: ({ urn, type }, { olds, news, preview }, config) => {
      const wanted = {
        type: typeOf(type),
        urn,
        inputs: news,
        settings: cloud.settings(config),
      };
      return preview ? previewOutputs(cloud, wanted, olds) : updatedOutputs(cloud, wanted, olds);
    },
    invoke: (token, args, config) => {
      const answer = cloud.invokes.get(token);
      if (answer === undefined)
        throw new Error(
          `the offline ${cloud.name} stand-in does not answer "${token}"; add it to ${folder}/invokes.ts`,
        );
      return answer(args, cloud.settings(config));
    },
  };
}

// Resource options of the provider itself, which the engine leaves among its inputs.
const engineKeys = new Set(["version", "pluginDownloadURL", "__internal", "__defaults"]);

function configFailures<Settings>(
  { name, schema, configRules }: Cloud<Settings>,
  inputs: Properties,
): ReturnType<typeof checkShape> {
  const settings = Object.entries(inputs)
    .filter(([key]) => !engineKeys.has(key))
    // Text stays text whatever it looks like; everything else travels as JSON text.
    .map(([key, value]) => [
      key,
      schema.provider.get(key)?.kind.is === "string" ? value : (parsedConfig(value) ?? value),
    ]);
  const shape = {
    fields: schema.provider,
    types: schema.types,
    owner: `pulumi:providers:${name}`,
    at: "",
  };
  return [
    ...checkShape(Object.fromEntries(settings), shape),
    ...checkRules(Object.fromEntries(settings), configRules),
  ];
}
